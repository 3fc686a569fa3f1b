/** Why nothing can be seen inside a database. */
export type LookFault =
  | 'unreachable'
  | 'no TLS'
  | 'unverified'
  | 'login refused'
  | 'no such database'
  | 'busy'
  | 'starting'
  | 'powerful role'
  | 'other instance'
  | 'ambiguous'
  | 'time over'
  | 'lost'
  | 'refused query';

/** Thrown when a look cannot be made, or cannot go on. Its message is a whole sentence that says what to do next. */
export class LookError extends Error {
  override readonly name = 'LookError';

  constructor(
    readonly fault: LookFault,
    message: string,
    options?: { cause?: unknown /** The SQLSTATE. */; code?: string },
  ) {
    super(message, options);
    this.code = options?.code;
  }

  readonly code: string | undefined;

  /** Whether nothing more can be asked on this connection. */
  get isFinal(): boolean {
    return this.fault !== 'refused query';
  }
}
