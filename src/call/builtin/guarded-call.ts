import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { Danger, Scope, Tool } from '../../define/index.js';
import type { Account } from '../../providers/account.js';
import type { Values } from '../../values/values.js';
import type { CallContext, Confirmed } from '../call-context.js';
import type { Caller } from '../caller.js';
import { withoutEffect } from '../effect/effect-of.js';
import type { TouchedInstance } from '../effect/touched.js';
import { InsufficientScopeError, RefusedError, UnknownOutcomeError } from '../errors.js';
import { authorize } from '../guard/authorize.js';
import type { Confirmation, GuardedTool } from '../guard/confirmation.js';
import { guard } from '../guard/guard.js';
import { hashOf, type Plan, standing } from '../guard/plan.js';
import type { Shown } from '../guard/plan-reads.js';
import { about } from '../guard/read-rights.js';
import type { Decision } from '../policy/decision.js';
import { openRecord } from '../record.js';

/** A call of pgfleet itself that a person has to agree to. */
export interface GuardedCall {
  tool: GuardedTool & Pick<Tool, 'input'>;
  scope: Scope;
  input: Values;
  caller: Caller;
  confirmed?: Confirmed;
  account: Account;
  /** What it does whatever is found, for scopes and policy. */
  danger: Danger;
  instance: TouchedInstance & { name: string };
  /** Looks at the present state. Throws a `RefusedError` for what cannot work. */
  look: () => Promise<GuardedPlan>;
  /** Does it, once. Throws an `UnknownOutcomeError` where nobody knows whether it was done. */
  act: (confirmation: Confirmation) => Promise<CallToolResult>;
}

/** What a person is shown of it, and decides on. */
export interface GuardedPlan {
  /** What happens to what is there now, and the way back. */
  warning: string;
  undo: string;
  shown: readonly Shown[];
  unknown: readonly string[];
  /** What is to be typed before something is lost, and what the person calls it. */
  name: string;
  label: string;
  /** Other instances that it concerns. */
  touches?: readonly TouchedInstance[];
  /** What the policy says of the operations that it is made of. The strictest of all counts. */
  decisions?: readonly (Decision | undefined)[];
}

/**
 * The corridor of a call that no operation of a provider carries out: authorize, look, ask, burn, record, act. The
 * order is that of every call, so what cannot work is told to nobody who may not do it.
 */
export async function guardedCall(
  call: GuardedCall,
  context: CallContext,
): Promise<CallToolResult | InputRequiredResult> {
  const { tool, input, caller, confirmed, account, instance, danger, scope } = call;
  const record = openRecord({ resolved: { tool, toolset: { provider: account.name }, targets: [] }, caller }, context);
  record.checked(input);
  record.judged({ ...withoutEffect, dangers: [danger], touched: { instances: [instance] } });
  try {
    if (caller.answer.isLate) throw refused('late answer', 'The form was accepted when its call had ended.');
    if (context.readOnly) throw refused('denied', 'This server is read-only (PGFLEET_READ_ONLY).');
    if (account.readOnly) throw refused('denied', `The account ${account.name} is read-only.`);
    const decision = await authorize(
      { tool: tool.name, risk: tool.risk, dangers: [danger], scope, provider: account.provider, account: account.name },
      { caller, instances: about(instance.name) },
      context,
    );
    const { title } = await context.accounts.connection(account.name);
    const seen = await call.look();
    const plan = planOf(call, title, seen);
    const confirmation = await guard(
      { tool, account: account.name, dangers: [danger], input, caller, approvalId: caller.approvalId, ...confirmed },
      {
        ...context,
        mode: account.confirm ?? context.mode,
        decision: strictest([decision, ...(seen.decisions ?? [])]),
        plan: async () => plan,
      },
    );
    if ('reply' in confirmation) return confirmation.reply;
    if (confirmation.consent) await context.consents.burn(confirmation.consent);
    if (caller.signal?.aborted) throw refused('declined', 'The call was cancelled before anything was done.');
    await record.attempt(confirmation);
    const result = await call.act(confirmation);
    await record.outcome('succeeded');
    return result;
  } catch (error) {
    if (error instanceof InsufficientScopeError) caller.lacking?.(error.scopes);
    await record.failure(error, error instanceof UnknownOutcomeError);
    throw error;
  }
}

/** A rule that lets one part pass unasked lets the whole pass only where each part passes. */
function strictest(decisions: readonly (Decision | undefined)[]): Decision | undefined {
  const of = (effect: Decision['effect']) => decisions.find((each) => each?.effect === effect);
  const worst = of('human') ?? of('ask');
  const isAllowed = decisions.every((each) => each?.effect === 'allow');
  const decision = worst ?? (isAllowed ? decisions[0] : undefined);
  return decision && { ...decision, fourEyes: decisions.some((each) => each?.fourEyes) };
}

const refused = (outcome: 'late answer' | 'denied' | 'declined', why: string): RefusedError =>
  new RefusedError(outcome, `${why} Nothing was sent.`);

function planOf({ tool, input, account, instance, danger }: GuardedCall, provider: string, seen: GuardedPlan): Plan {
  const { warning, undo, shown, unknown, name, label, touches = [] } = seen;
  const plan = {
    tool: tool.name,
    title: tool.title,
    account: account.name,
    provider,
    risk: danger.risk,
    dangers: [{ ...danger, warning, undo }],
    warning,
    undo,
    changes: [],
    touches: [...new Map([...touches, instance].map((each) => [each.reference, each])).values()],
    isTouchedUnknown: false,
    unknown,
    arguments: input,
    shown,
    name,
    label,
  };
  return { ...plan, hash: hashOf({ ...plan, shown: shown.map(standing) }) };
}
