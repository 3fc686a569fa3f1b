/** Thrown when the arguments of a call are not what its tool takes. Nothing was sent. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    /** One sentence a fault, each naming its field. */
    readonly faults: readonly string[],
  ) {
    super(faults.join(' '));
  }
}

/** Thrown when a call is not allowed or not confirmed. Nothing was sent. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    /** What the audit record says of it. */
    readonly outcome: 'denied' | 'declined' | 'invalid consent' | 'not found' | 'unreadable target',
    message: string,
  ) {
    super(message);
  }
}
