/** A request exactly as it is sent: signed, encoded, with its body as text. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Whether it may safely be sent again when no answer came. That is so for reads and for requests for a token. */
  repeatable: boolean;
  /** When it is given up, in epoch milliseconds. It is never sent itself. */
  until?: number;
  /** The trace that it is a part of. It is never sent itself. */
  traceContext?: TraceContext;
}

/** The trace that a request belongs to. Only the tracing code reads it, and other code passes it on unchanged. */
export interface TraceContext {
  /** The id that the caller's trace, the requests to providers, the audit record and the log have in common. */
  readonly traceId: string;
  readonly context: unknown;
}

/** An HTTP response. Its header names are in lower case. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Sends a request: with undici to a provider, or to the emulator in memory. It only rejects with a `WireError`. */
export type Send = (request: HttpRequest, signal?: AbortSignal) => Promise<HttpResponse>;

export type WireFailure = 'unreachable' | 'timeout' | 'cut' | 'too_large' | 'aborted';

/**
 * Thrown when no complete answer came back. `sent` says whether the request may have reached the other side. False
 * means that it certainly did nothing.
 */
export class WireError extends Error {
  override readonly name = 'WireError';

  constructor(
    readonly failure: WireFailure,
    readonly sent: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
