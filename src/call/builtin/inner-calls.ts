import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import type { Values } from '../../values/values.js';
import { type CallContext, resolveTool } from '../call-context.js';
import { type Call, callTool } from '../call-tool.js';
import type { Caller } from '../caller.js';
import { accountArgument, accountsOf } from '../choose-account.js';
import { RefusedError } from '../errors.js';
import type { Confirmation } from '../guard/confirmation.js';
import { ordinaryDanger } from '../guard/guard.js';
import type { Plan } from '../guard/plan.js';
import type { Decision } from '../policy/decision.js';

/** An operation of a provider that a tool of pgfleet makes use of. */
export interface InnerCall {
  operation: string;
  arguments: Values;
}

/** What an inner call would do, as its own walk found it: nothing of it was sent. */
export interface PlannedInnerCall extends InnerCall {
  plan: Plan;
  decision?: Decision;
}

interface Around {
  /** The tool that makes the call. Rules about either are about the call. */
  through: string;
  account: string;
  caller: Caller;
}

/**
 * Walks an operation up to its guard, as if it were called alone: scopes, policy, and what cannot work. Undefined when
 * it would change nothing. Throws a `RefusedError` with what refused it.
 */
export async function planInnerCall(
  inner: InnerCall,
  around: Around,
  context: CallContext,
): Promise<PlannedInnerCall | undefined> {
  let planned: PlannedInnerCall | undefined;
  const result = await walk(inner, around, context, {
    guard: async ({ tool, dangers, ordinary }, judged) => {
      const shown = await judged.plan(dangers.length > 0 ? dangers : [ordinaryDanger(tool, ordinary)]);
      planned = { ...inner, plan: shown, decision: judged.decision };
      return { reply: notSent };
    },
  });
  if (planned) return planned;
  if (isFailure(result)) throw new RefusedError('impossible', `${inner.operation}: ${wordsOfResult(result)}`);
  return undefined;
}

const notSent: CallToolResult = { content: [] };

export interface InnerResult {
  result: CallToolResult;
  /** Where a password is that was made for the call. */
  passwordFile?: string;
}

/**
 * Carries out an operation that a person agreed to as a part of a larger call. It walks by itself: a rule that wants
 * more than that agreement refuses it, and so does a plan that is another by now, where one was shown.
 */
export async function runInnerCall(
  inner: InnerCall & { shown?: string },
  { confirmation, ...around }: Around & { confirmation: Confirmation },
  context: CallContext,
): Promise<InnerResult> {
  let passwordFile: string | undefined;
  const result = await walk(inner, around, context, {
    kept: (file) => {
      passwordFile = file;
    },
    guard: async ({ tool, dangers, ordinary }, judged) => {
      if (judged.decision?.effect === 'human' && confirmation.approval !== 'person')
        throw new RefusedError('denied', `A rule wants ${inner.operation} approved by a person. Nothing was sent.`);
      const shown = await judged.plan(dangers.length > 0 ? dangers : [ordinaryDanger(tool, ordinary)]);
      if (inner.shown !== undefined && inner.shown !== shown.hash)
        throw new RefusedError('invalid consent', 'Something has changed since the plan was shown. Nothing was sent.');
      const { approval, approvalId, approver } = confirmation;
      return { approval, approvalId, approver, plan: shown };
    },
  });
  return { result: result as CallToolResult, passwordFile };
}

async function walk(
  { operation, arguments: args }: InnerCall,
  { through, account, caller }: Around,
  context: CallContext,
  parts: Pick<Call, 'guard' | 'kept'>,
): Promise<CallToolResult | InputRequiredResult> {
  const resolved = await resolveTool(operation, context.accounts);
  if (!resolved) throw new Error(`There is no operation ${operation}.`);
  const isOneOf = accountsOf(resolved, context).length > 1;
  const named = isOneOf ? { ...args, [accountArgument]: account } : args;
  return callTool({ resolved, args: named, caller, through, ...parts }, context);
}

export const isFailure = (result: CallToolResult | InputRequiredResult): boolean =>
  'isError' in result && result.isError === true;

/** The words of a result. */
export const wordsOfResult = (result: CallToolResult | InputRequiredResult): string =>
  'content' in result && Array.isArray(result.content)
    ? result.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(' ')
    : '';
