import { replyBefore } from '../../../call/builtin/guarded-read.js';
import { authorize } from '../../../call/guard/authorize.js';
import { about } from '../../../call/guard/read-rights.js';
import type { Decision } from '../../../call/policy/decision.js';
import { accountNameOf } from '../../account.js';
import type { FleetTool, FleetToolContext } from '../fleet-tool.js';
import { lookSubject } from './look-inside.js';

const looks = { warning: 'It looks inside PostgreSQL and changes nothing.', undo: 'There is nothing to undo.' };

/**
 * A tool that looks inside, about which a person is asked first where a rule of the policy wants it for one of its
 * instances. Rules that deny are heard when it looks.
 */
export const askingFirst = (tool: FleetTool): FleetTool => ({
  ...tool,
  async run(input, caller, context, confirmed) {
    if (!context.policy) return tool.run(input, caller, context, confirmed);
    const { instances } = await context.fleet.find(String(input['instance']));
    const judged = await Promise.all(
      instances.map(async (instance) => {
        const subject = lookSubject(tool.name, instance);
        const decision = await authorize(subject, { caller, instances: about(instance.name) }, context);
        return { instance, decision };
      }),
    );
    const [first] = judged;
    const decision = strictest(judged.flatMap((each) => each.decision ?? []));
    if (!first || !decision) return tool.run(input, caller, context, confirmed);
    const account = accountOf(accountNameOf(first.instance), context);
    const { name, title } = tool;
    const guarded = { name, title, risk: 'read' as const };
    const read = { tool: guarded, input, caller, confirmed, account, decision, instances, ordinary: looks };
    return (await replyBefore(read, context)) ?? tool.run(input, caller, context);
  },
});

/** One person's yes is for all instances of the call, so that the strictest rule counts. */
const strictest = (decisions: readonly Decision[]): Decision | undefined =>
  decisions.find(({ effect }) => effect === 'human') ?? decisions.find(({ effect }) => effect === 'ask');

function accountOf(name: string, { accounts }: Pick<FleetToolContext, 'accounts'>) {
  const account = accounts.all.find((each) => each.name === name);
  if (!account) throw new Error(`There is no account ${name}.`);
  return account;
}
