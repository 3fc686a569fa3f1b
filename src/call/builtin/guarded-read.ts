import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { Account } from '../../providers/account.js';
import type { Values } from '../../values/values.js';
import type { CallContext, Confirmed } from '../call-context.js';
import type { Caller } from '../caller.js';
import type { TouchedInstance } from '../effect/touched.js';
import { RefusedError } from '../errors.js';
import type { GuardedTool } from '../guard/confirmation.js';
import { guard, ordinaryDanger } from '../guard/guard.js';
import { hashOf, type Plan, type PlanDanger } from '../guard/plan.js';
import type { Decision } from '../policy/decision.js';

/** A read of pgfleet itself, about which a rule of the policy wants a person asked. */
export interface GuardedRead {
  tool: GuardedTool;
  input: Values;
  caller: Caller;
  confirmed?: Confirmed;
  account: Account;
  decision: Decision;
  instances: readonly (TouchedInstance & { name: string })[];
  /** What it does, and what is to be undone after it. */
  ordinary: Pick<PlanDanger, 'warning' | 'undo'>;
}

/**
 * Asks as about a read of a provider. Undefined once a person agreed; else what is answered in place of the read.
 * Throws a `RefusedError` for every refusal.
 */
export async function replyBefore(
  read: GuardedRead,
  context: CallContext,
): Promise<CallToolResult | InputRequiredResult | undefined> {
  const { tool, input, caller, confirmed, account, decision, ordinary } = read;
  if (caller.answer.isLate)
    throw new RefusedError('late answer', 'The form was accepted when its call had ended. Nothing was sent.');
  const { title } = await context.accounts.connection(account.name);
  const confirmation = await guard(
    { tool, account: account.name, dangers: [], ordinary, input, caller, ...confirmed },
    {
      ...context,
      mode: account.confirm ?? context.mode,
      decision,
      plan: async ([danger = ordinaryDanger(tool, ordinary)]) => planOf(read, title, danger),
    },
  );
  if ('reply' in confirmation) return confirmation.reply;
  if (confirmation.consent) await context.consents.burn(confirmation.consent);
  return undefined;
}

function planOf({ tool, account, input, instances }: GuardedRead, provider: string, danger: PlanDanger): Plan {
  const plan = {
    tool: tool.name,
    title: tool.title,
    account: account.name,
    provider,
    risk: danger.risk,
    dangers: [danger],
    warning: danger.warning,
    undo: danger.undo,
    changes: [],
    touches: instances,
    isTouchedUnknown: false,
    unknown: [],
    arguments: input,
    shown: [],
    name: instances.map(({ name }) => name).join(', '),
    label: 'database',
  };
  return { ...plan, hash: hashOf(plan) };
}
