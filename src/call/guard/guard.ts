import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { ConfirmMode, Danger, Tool } from '../../define/index.js';
import type { Values } from '../../providers/provider.js';
import type { Caller } from '../caller.js';
import { RefusedError } from '../errors.js';
import { confirmationRequired, isAnswered, question, requireNoRefusal, requireYes } from './ask.js';
import type { Consents, OpenedConsent } from './consent.js';
import { hashOf, type Plan } from './plan.js';

export type Approval = 'not needed' | 'form' | 'token' | 'switched off';

export interface Pass {
  approval: Approval;
  plan?: Plan;
  /** To be burnt before anything is sent. */
  consent?: OpenedConsent;
}

export interface Asking {
  tool: Tool;
  /** Undefined when nobody has to be asked. */
  danger: Danger | undefined;
  input: Values;
  caller: Caller;
  /** Came through `confirm_operation`. */
  token?: OpenedConsent;
}

export interface GuardDoors {
  mode: ConfirmMode;
  consents: Consents;
  plan(tool: Tool, danger: Danger, input: Values): Promise<Plan>;
}

/**
 * Lets a call pass, or gives the reply that stands in its place: the question. Throws a `RefusedError` for every no.
 */
export async function guard(
  asking: Asking,
  doors: GuardDoors,
): Promise<Pass | { reply: CallToolResult | InputRequiredResult }> {
  const { tool, danger, input, caller, token } = asking;
  if (!danger) return { approval: 'not needed' };
  if (doors.mode === 'off') return { approval: 'switched off' };
  refuseByMode(tool, danger, doors.mode);

  const consent = token ?? (await openAnswer(asking, doors.consents));
  if (consent && !token) await unlessNo(() => requireNoRefusal(caller), consent, doors.consents);
  const plan = await doors.plan(tool, danger, input);
  if (consent && (token || isAnswered(caller))) {
    const { arguments: args } = consent;
    if (consent.tool !== tool.name || hashOf(args) !== hashOf(input)) throw otherCall();
    if (consent.plan !== plan.hash) return { reply: await ask(plan, asking, doors, changed) };
    if (!token) await unlessNo(() => requireYes(caller, plan), consent, doors.consents);
    return { approval: token ? 'token' : 'form', plan, consent };
  }
  return { reply: await ask(plan, asking, doors, '') };
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

async function ask(plan: Plan, { tool, input, caller }: Asking, { mode, consents }: GuardDoors, preface: string) {
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

function refuseByMode(tool: Tool, { risk }: Danger, mode: ConfirmMode): void {
  const what = `${tool.name} is ${risk} with these arguments. Nothing was sent.`;
  if (mode === 'deny') {
    throw new RefusedError('denied', `${what} This server refuses such calls (PGFLEET_CONFIRM=deny).`);
  }
  if (mode === 'human') {
    const how = 'which this version cannot take yet: use auto or token, or change it at the provider’s console.';
    throw new RefusedError(
      'denied',
      `${what} PGFLEET_CONFIRM=human wants an approval outside the conversation, ${how}`,
    );
  }
}
