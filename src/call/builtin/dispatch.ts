import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { ProviderError } from '../../providers/provider.js';
import { WireError } from '../../providers/wire/http.js';
import { redact } from '../../values/redact.js';
import { quoteWords, sanitizeWords } from '../../values/sanitize-text.js';
import { refusal, unknownOutcome } from '../answer/to-failure.js';
import { type CallContext, type Confirmed, resolveTool } from '../call-context.js';
import { callTool } from '../call-tool.js';
import type { Caller } from '../caller.js';
import { InputError, RefusedError, UnknownOutcomeError } from '../errors.js';
import { authorize } from '../guard/authorize.js';
import { checkInput } from '../input/check-input.js';
import { intendedArguments } from '../input/intended-arguments.js';
import type { BuiltinTool } from './builtin-tool.js';
import type { OpenedCall } from './run-operation.js';

/** A call as it comes in, before its tool is known. */
export interface IncomingCall extends OpenedCall {
  caller: Caller;
}

/** Passes a call to its tool. Returns undefined when there is no tool of that name. */
export async function dispatch<Context extends CallContext>(
  { name, args, caller, through, selector }: IncomingCall,
  builtinTools: readonly BuiltinTool<Context>[],
  context: Context,
): Promise<CallToolResult | InputRequiredResult | undefined> {
  const builtin = builtinTools.find((tool) => tool.name === name);
  if (builtin) {
    const confirmed: CallContext['confirmed'] = (call) => {
      const guarded = builtinTools.find((tool) => tool.name === call.tool);
      return guarded && runBuiltin(guarded, call.args, call.caller, context, call.by);
    };
    return runBuiltin(builtin, args, caller, { ...context, confirmed });
  }
  const resolved = await resolveTool(name, context.accounts);
  return resolved && callTool({ resolved, args, caller, through, selector }, context);
}

async function runBuiltin<Context extends CallContext>(
  builtin: BuiltinTool<Context>,
  args: unknown,
  caller: Caller,
  context: Context,
  by?: Confirmed,
) {
  try {
    const risk = builtin.readOnly ? 'read' : 'write';
    const input = checkInput(builtin, intendedArguments({ ...builtin, risk }, args));
    // When a built-in tool does more than read, that goes through the corridor and is authorized there.
    const { name: tool, scope } = builtin;
    const subject = { tool, risk: 'read' as const, scope, provider: 'pgfleet' };
    const instances = async () => ({ names: (await builtin.about?.(input, context)) ?? [], isUnknown: false });
    await authorize(subject, { caller, instances }, context);
    return await builtin.run(input, caller, context, by);
  } catch (error) {
    const connections = await Promise.all(context.accounts.all.map(({ name }) => context.accounts.connection(name)));
    const clean = redact(connections.flatMap(({ provider }) => provider.secrets()));
    const text = clean.text(`${builtin.name} failed. ${reasonOf(error, context)}`);
    const unknown = error instanceof UnknownOutcomeError ? unknownOutcome : {};
    return { ...refusal(error), ...unknown, isError: true, content: [{ type: 'text' as const, text }] };
  }
}

function reasonOf(error: unknown, context: CallContext): string {
  if (error instanceof InputError) return `Nothing was sent. ${error.message}`;
  if (error instanceof RefusedError || error instanceof WireError || error instanceof UnknownOutcomeError)
    return error.message;
  if (error instanceof ProviderError)
    return `The provider answered ${quoteWords(error.code)}: "${sanitizeWords(error.message, 500)}"`;
  context.log(String(error instanceof Error ? error.stack : error));
  return 'This is a fault of pgfleet itself; its log on stderr has the details.';
}
