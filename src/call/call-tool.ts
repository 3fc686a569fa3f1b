import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { requiredFields } from '../define/index.js';
import { ProviderError } from '../providers/provider.js';
import { redact } from '../values/redact.js';
import { isRecord, type Values } from '../values/values.js';
import { isOutcomeUnknown, toFailure } from './answer/to-failure.js';
import { toResult } from './answer/to-result.js';
import { type CallContext, type ResolvedTool, readWith, resolveTool } from './call-context.js';
import type { Caller } from './caller.js';
import { RefusedError } from './errors.js';
import { exchange } from './exchange.js';
import { authorize } from './guard/authorize.js';
import type { Confirmation } from './guard/confirmation.js';
import type { OpenedConsent } from './guard/consent.js';
import { dangerOf, riskOf } from './guard/danger.js';
import { guard } from './guard/guard.js';
import { planOf, targetNames } from './guard/plan.js';
import { checkInput } from './input/check-input.js';
import { type CallRecord, openRecord } from './record.js';
import { checkReferences, givenSecrets, masked, resolveSecrets } from './secrets/secrets.js';

export interface Call {
  found: ResolvedTool;
  args: unknown;
  caller: Caller;
  /** The consent that came through `confirm_operation`. */
  token?: OpenedConsent;
  /** The approval that came through it. */
  approvalId?: string;
}

/** One tools/call, in order: check, authorize, ask, record, send, answer. Never throws. */
export async function callTool(call: Call, context: CallContext): Promise<CallToolResult | InputRequiredResult> {
  const { found, caller, token, approvalId } = call;
  const { tool } = found;
  const record = openRecord(call, context);
  const learned: Learned = { secrets: givenSecrets(tool, call.args), notes: [] };
  try {
    const input = checkInput(tool, call.args);
    record.know({ risk: riskOf(tool, input), arguments: masked(tool, input) });
    if (context.readOnly && tool.risk !== 'read') throw readOnly();
    await checkReferences(tool, input, context.secrets);
    const { mode, consents, approvalChannel } = context;
    const sources = await planSources(found, caller, context);
    const decision = await authorize(
      { tool: tool.name, risk: riskOf(tool, input), provider: found.toolset.provider },
      { caller, instances: () => targetNames(input, sources) },
      context,
    );
    const passed = await guard(
      { tool, danger: dangerOf(tool, input), input, caller, token, approvalId },
      {
        mode,
        decision,
        consents,
        approvalChannel,
        plan: (danger) => planOf(tool, danger, input, masked(tool, input), sources),
      },
    );
    if ('reply' in passed) return passed.reply;
    return await perform(call, input, passed, record, learned, context);
  } catch (error) {
    return await fail(call, error, record, learned, context);
  }
}

/** What was learned on the way and has to reach the answer even when the call fails. */
interface Learned {
  secrets: readonly string[];
  notes: readonly string[];
}

/** Burns the consent, puts the secrets in, writes the attempt down, sends, writes the outcome down, answers. */
async function perform(
  call: Call,
  input: Values,
  passed: Confirmation,
  record: CallRecord,
  learned: Learned,
  context: CallContext,
) {
  const { found, caller } = call;
  const { tool } = found;
  const connection = await context.connection(found.toolset.provider);
  if (passed.consent) await context.consents.burn(passed.consent);
  const resolved = await resolveSecrets(tool, input, context.secrets, context.now());
  learned.secrets = resolved.secrets;
  learned.notes = resolved.notes;
  if (caller.signal?.aborted) throw new RefusedError('declined', 'The call was cancelled before anything was sent.');
  await record.attempt(passed);
  const answer = await exchange(tool, resolved.input, connection, caller);
  const { provider } = connection;
  const id = tool.async ? provider.jobs.idOf({ tool: tool.name, input, answer }) : undefined;
  const clean = redact([...learned.secrets, ...provider.secrets()]);
  const job = id !== undefined && handle.test(id) ? clean.text(`${provider.name}:${id}`) : undefined;
  const unrecorded = await record.outcome('succeeded', { job });
  if (tool.risk !== 'read') learned.notes = [...learned.notes, carriedOut];
  const notes = [...resolved.notes, ...unrecorded];
  return toResult({
    tool,
    answer,
    product: provider.product,
    job,
    notes,
    language: context.language,
    redact: clean,
  });
}

/** Reaches the person only when the answer itself cannot be put into words any more. */
const carriedOut = 'The provider has carried the call out; only its answer could not be shown.';

/** A handle stands outside the fence around what the provider says, so it has no room for sentences. */
const handle = /^[\w.~@/:+=-]{1,300}$/;

async function fail({ found, args }: Call, error: unknown, record: CallRecord, learned: Learned, context: CallContext) {
  const { tool, toolset, targets, lister } = found;
  const { provider } = await context.connection(toolset.provider);
  const clean = redact([...learned.secrets, ...provider.secrets()]);
  const code = error instanceof ProviderError ? clean.text(error.code) : undefined;
  const unrecorded = await record.failure(error, isOutcomeUnknown(tool, error), code);
  const known =
    error instanceof Error && ['InputError', 'RefusedError', 'ProviderError', 'WireError'].includes(error.name);
  if (!known) context.log(clean.text(`${tool.name}: ${error instanceof Error ? error.stack : String(error)}`));
  const notes = [...learned.notes, ...unrecorded];
  return toFailure({
    tool,
    error,
    args: isRecord(args) ? args : {},
    product: provider.product,
    targets,
    lister,
    redact: clean,
    notes,
  });
}

async function planSources({ toolset, targets }: ResolvedTool, caller: Caller, context: CallContext) {
  const { provider } = await context.connection(toolset.provider);
  return {
    product: provider.product,
    targets,
    read: async (name: string, input: Values) => readWith(name, input, context, caller),
    needs: async (name: string) => requiredFields(notUndefined(await resolveTool(name, context)).tool.input),
  };
}

const readOnly = () => new RefusedError('denied', 'This server is read-only (PGFLEET_READ_ONLY). Nothing was sent.');

function notUndefined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A declared fact is missing.');
  return value;
}
