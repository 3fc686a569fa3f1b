/** A request exactly as it goes over the wire: signed, encoded, the body as text. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** True only for what may safely be sent again when no answer came: reads, and requests for a token. */
  repeatable: boolean;
  /** What it is a part of; never goes over the wire. */
  traceContext?: TraceContext;
}

/** Where a request belongs, for whoever traces it: handed along as it is, since nobody else looks inside. */
export interface TraceContext {
  /** The one id in the caller's trace, the requests to providers, the audit record and the log. */
  readonly traceId: string;
  readonly context: unknown;
}

/** Header names are lower case. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The way out: undici against a provider, or the emulator in memory. Rejects with a `WireError` only. */
export type Send = (request: HttpRequest, signal?: AbortSignal) => Promise<HttpResponse>;

export type WireFailure = 'unreachable' | 'timeout' | 'cut' | 'too_large' | 'aborted';

/**
 * Thrown when no whole answer came back. `sent` says whether the request may have reached the other side:
 * false means that it did nothing for certain.
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
