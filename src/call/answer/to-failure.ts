import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Target, Tool } from '../../define/index.js';
import { ProviderError } from '../../providers/provider.js';
import { WireError } from '../../providers/wire/http.js';
import type { Redact } from '../../values/redact.js';
import { quoteWords, sanitizeWords } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { InputError, RefusedError } from '../errors.js';

export interface Failure {
  tool: Tool;
  error: unknown;
  args: Values;
  product: string;
  /** The account that the call went to, where there was a choice. */
  account?: string;
  /** What the call is about. */
  targets: readonly Target[];
  /** The tool that lists things of the same group. */
  lister: string;
  redact: Redact;
  /** Notes to add to the failure, such as where a generated password is. */
  notes?: readonly string[];
}

/** Turns every kind of failure of a call into one message that a person or a model can act on. */
export function toFailure(failure: Failure): CallToolResult {
  const text = [`${failure.tool.name} failed. ${message(failure)}`, ...(failure.notes ?? [])].join('\n');
  const shown = failure.redact.text(text);
  const { outcome, facts } = failure.error instanceof RefusedError ? failure.error : {};
  return {
    ...refusal(failure.error),
    ...(isOutcomeUnknown(failure.tool, failure.error) && unknownOutcome),
    isError: true,
    content: [{ type: 'text', text: shown }],
    ...(outcome === 'impossible' && { structuredContent: { status: 'impossible', note: shown } }),
    ...(facts && { structuredContent: failure.redact.value(facts) }),
  };
}

/** A mark for programs, which no model sees. It says that nothing was sent, because the call was refused here. */
export const refusal = (error: unknown): Pick<CallToolResult, '_meta'> =>
  error instanceof RefusedError || error instanceof InputError ? { _meta: { [refusedKey]: true } } : {};

export const refusedKey = 'pgfleet/refused';

/** The mark of a call that may have changed something although it failed, so that no program just repeats it. */
export const unknownOutcomeKey = 'pgfleet/unknownOutcome';
export const unknownOutcome: Pick<CallToolResult, '_meta'> = { _meta: { [unknownOutcomeKey]: true } };

/** Whether a change may have been made although the call failed. */
export function isOutcomeUnknown(tool: Tool, error: unknown): boolean {
  if (tool.risk === 'read') return false;
  return (error instanceof WireError && error.sent) || (error instanceof ProviderError && error.mayHaveActed);
}

function message(failure: Failure): string {
  const { tool, error, args, product, account, targets, lister } = failure;
  if (error instanceof InputError) return `Nothing was sent. ${error.faults.join(' ')}`;
  if (error instanceof RefusedError) return error.message;
  if (isOutcomeUnknown(tool, error)) {
    const reason = error instanceof ProviderError ? said(error, product) : error instanceof Error ? error.message : '';
    const unknown = 'Whether the change was made is not known, and it was not sent again.';
    return `${reason} ${unknown} ${findOut(args, { account, targets, lister })}`;
  }
  if (error instanceof WireError) return `${error.message} Nothing was changed. ${wireAdvice(error)}`;
  if (error instanceof ProviderError) return `${said(error, product)} ${nextStep(error, failure)}`.trim();
  return 'This is a fault of pgfleet itself, not of the call or the provider. Its log on stderr has the details.';
}

function nextStep(error: ProviderError, { tool, args, account, targets, lister }: Failure): string {
  const target = targets.findLast(({ argument }) => isNamedIn(error.message, args[argument])) ?? targets.at(-1);
  if (error.status === 409 && error.kind === 'refused') return target ? stateOf(target, args, account) : '';
  return advice(tool, error, { tool: target?.listedBy ?? target?.read ?? lister, account });
}

const isNamedIn = (message: string, id: unknown): boolean =>
  typeof id === 'string' && id !== '' && message.includes(id);

/** The provider's own code and words. What is more than a word is quoted. */
const said = ({ code, message }: ProviderError, product: string): string =>
  `${product} answered ${quoteWords(code)}: "${sanitizeWords(message, 500).replace(/\.$/, '')}".`;

function wireAdvice({ failure, sent }: WireError): string {
  if (failure === 'unreachable' || (failure === 'timeout' && !sent))
    return 'Check the base URL in the configuration, and the network from here.';
  if (failure === 'too_large') return 'Ask for less at once.';
  return failure === 'aborted' ? '' : 'It may work in a moment.';
}

/** The tool that shows what exists, and the account to ask. */
interface Shower {
  tool: string;
  account?: string;
}

function advice(tool: Tool, { kind, retryAfterSeconds }: ProviderError, shower: Shower): string {
  switch (kind) {
    case 'unauthenticated':
      return 'The credentials were not accepted: check the keys that pgfleet was started with.';
    case 'forbidden':
      return tool.permission
        ? `The account lacks the permission ${[tool.permission].flat().join(' or ')}.`
        : 'The account may not do this; its administrator can permit it.';
    case 'not_found':
      return shower.tool === tool.name
        ? 'Check the id.'
        : `${written(shower.tool, { account: shower.account })} shows what exists.`;
    case 'no_such_path':
      return 'Nothing was done. The path is not known there: check the base URL in the configuration.';
    case 'gateway':
      return 'This is a gateway on the way, not the service. Check the base URL in the configuration, and the network.';
    case 'busy':
      return `Another change is under way there, and nothing was done. ${again(retryAfterSeconds ?? busySeconds)}`;
    case 'too_fast':
      return `Too many requests. Try again in ${retryAfterSeconds ?? 'some'} seconds.`;
    case 'unavailable':
      return `The service is not available just now; nothing was changed. ${again(retryAfterSeconds)}`;
    default:
      return '';
  }
}

/** Most changes that are in the way have ended after this time. */
const busySeconds = 15;

const again = (seconds: number | undefined): string =>
  seconds === undefined ? '' : `Try again in about ${seconds} seconds.`;

/** Names the call that shows whether a change was made. */
function findOut(args: Values, { account, targets, lister }: Pick<Failure, 'account' | 'targets' | 'lister'>): string {
  const target = targets.at(-1);
  const read = target ? reading(target, args, account) : written(lister, { account });
  return `${read} shows whether it was; check it before you try again.`;
}

/** A conflict is mostly one with the state of the target. */
const stateOf = (target: Target, args: Values, account: string | undefined): string =>
  args[target.argument] !== undefined ? `${reading(target, args, account)} shows how it is now.` : '';

/** The call that shows the target. */
const reading = ({ read, argument, at }: Target, args: Values, account: string | undefined): string =>
  written(read, { account, ...(at === undefined && { [argument]: args[argument] }) });

/** A call as it is made: the tool, and its arguments where there are any. */
function written(tool: string, args: Values): string {
  const text = JSON.stringify(args);
  return text === '{}' ? tool : `${tool} ${text}`;
}
