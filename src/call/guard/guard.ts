import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { ConfirmMode, Tool } from '../../define/index.js';
import type { Decision } from '../../policy/decision.js';
import { RefusedError } from '../errors.js';
import { confirmationRequired, isAnswered, question, requireNoRefusal, requireYes } from './ask.js';
import type { Asking, Pass } from './asking.js';
import { byPerson, type Desk } from './by-person.js';
import type { Consents, OpenedConsent } from './consent.js';
import { hashOf, type Peril, type Plan } from './plan.js';

export interface GuardDoors {
  mode: ConfirmMode;
  /** What the policy says of this call, where one of its rules fits. */
  decision?: Decision;
  consents: Consents;
  /** Absent where nobody can approve outside the conversation. */
  desk?: Desk;
  plan(danger: Peril): Promise<Plan>;
}

/**
 * Lets a call pass, or gives the reply that stands in its place: the question. Throws a `RefusedError` for every no.
 */
export async function guard(
  asking: Asking,
  doors: GuardDoors,
): Promise<Pass | { reply: CallToolResult | InputRequiredResult }> {
  const { tool, input, caller, token, approvalId } = asking;
  const { decision } = doors;
  const danger = asking.danger ?? wantedBy(decision, tool);
  if (!danger) return { approval: 'not needed' };
  const mode = modeOf(doors);
  if (mode === 'off') return { approval: decision?.effect ? 'allowed by policy' : 'switched off' };
  if (mode === 'deny') throw denied(tool, danger, 'This server refuses such calls (PGFLEET_CONFIRM=deny).');
  if (mode === 'human' || approvalId !== undefined) {
    if (!doors.desk) throw denied(tool, danger, noDesk);
    const { fourEyes = false, reason } = decision ?? {};
    return byPerson(asking, { desk: doors.desk, plan: () => doors.plan(danger), fourEyes, reason });
  }

  const consent = token ?? (await openAnswer(asking, doors.consents));
  if (consent && !token) await unlessNo(() => requireNoRefusal(caller), consent, doors.consents);
  const plan = await doors.plan(danger);
  if (consent && (token || isAnswered(caller))) {
    const { arguments: args } = consent;
    if (consent.tool !== tool.name || hashOf(args) !== hashOf(input)) throw otherCall();
    if (consent.plan !== plan.hash) return { reply: await ask(plan, asking, mode, doors.consents, changed) };
    if (!token) await unlessNo(() => requireYes(caller, plan), consent, doors.consents);
    return { approval: token ? 'token' : 'form', plan, consent };
  }
  return { reply: await ask(plan, asking, mode, doors.consents, '') };
}

/** A no uses the question up: nobody can answer it again, with a yes. */
async function unlessNo(check: () => void, consent: OpenedConsent, consents: Consents): Promise<void> {
  try {
    check();
  } catch (error) {
    await consents.burn(consent);
    throw error;
  }
}

const changed = 'Something has changed since the question was asked, so the answer does not count. As it is now:\n';

async function ask(
  plan: Plan,
  { tool, input, caller }: Asking,
  mode: ConfirmMode,
  consents: Consents,
  preface: string,
) {
  const channel = mode === 'auto' && caller.canBeAsked ? 'form' : 'token';
  const { token, expires } = await consents.seal({
    tool: tool.name,
    arguments: input,
    plan: plan.hash,
    caller: caller.id,
    channel,
  });
  return channel === 'form' ? question(plan, token, preface) : confirmationRequired(plan, token, expires, preface);
}

/** The consent that an answer to a form refers to. An answer without its question counts for nothing. */
async function openAnswer({ caller }: Asking, consents: Consents): Promise<OpenedConsent | undefined> {
  if (caller.answer.state !== undefined) return consents.open(caller.answer.state, caller.id, 'form');
  if (!isAnswered(caller)) return undefined;
  const reason = 'A confirmation came without the question that it answers.';
  throw new RefusedError('invalid consent', `${reason} Nothing was sent. Call the tool again to be asked.`);
}

const otherCall = (): RefusedError =>
  new RefusedError('invalid consent', 'The confirmation was made for another call. Nothing was sent.');

/** The policy's word, where it has one; else the server's own mode. */
function modeOf({ mode, decision }: GuardDoors): ConfirmMode {
  if (decision?.effect === 'allow') return 'off';
  if (decision?.effect === 'human') return 'human';
  if (decision?.effect === 'ask') return mode === 'token' ? 'token' : 'auto';
  return mode;
}

/** A policy may want a person asked for what is not guarded by itself. */
function wantedBy(decision: Decision | undefined, { risk, title }: Tool): Peril | undefined {
  if (decision?.effect !== 'ask' && decision?.effect !== 'human') return undefined;
  return { risk, warning: `${title}. The policy of this server wants a person asked.`, undo: 'not told' };
}

const noDesk =
  'PGFLEET_CONFIRM=human wants an approval outside the conversation, and this server has no approval page: ' +
  'serve it with "pgfleet http", or choose auto or token.';

const denied = (tool: Tool, { risk }: Peril, why: string): RefusedError =>
  new RefusedError('denied', `${tool.name} is ${risk} with these arguments. Nothing was sent. ${why}`);
