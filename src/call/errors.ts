import type { Values } from '../values/values.js';

/** Thrown when the arguments of a call do not match its tool. Nothing was sent. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** One sentence for each fault that names its field. Number and length are limited to what a person would read. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const more = faults.length > mostFaults ? [`And ${faults.length - mostFaults} more like these.`] : [];
    const told = [...faults.slice(0, mostFaults).map(short), ...more];
    super(told.join(' '));
    this.faults = told;
  }
}

const mostFaults = 20;
const longestFault = 400;

const short = (fault: string): string => (fault.length > longestFault ? `${fault.slice(0, longestFault)}…` : fault);

/** Thrown when nothing that the caller may read bears a name. */
export class UnknownNameError extends InputError {}

/** Thrown when the list that would tell what bears a name cannot be read. */
export class UnreadNamesError extends InputError {}

/** Thrown when a call is not allowed or not confirmed. Nothing was sent. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    /** What the audit record says about it. */
    readonly outcome: RefusedOutcome,
    message: string,
    /** What programs are told beside the message. */
    readonly facts?: Values,
  ) {
    super(message);
  }
}

export type RefusedOutcome =
  | 'denied'
  | 'declined'
  | 'late answer'
  | 'invalid consent'
  | 'not found'
  | 'unreadable target'
  | 'impossible';

/** Thrown when the caller lacks scopes for what this call does. A transport with sign-in can ask for more. */
export class InsufficientScopeError extends RefusedError {
  constructor(
    readonly scopes: readonly string[],
    message: string,
  ) {
    super('denied', message);
  }
}

/** Thrown when what was asked may have been done, though no answer came. Its message says how to find out. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError';
}
