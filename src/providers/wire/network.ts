import { type HttpResponse, type Send, WireError } from './http.js';

export interface WireLimits {
  connectMilliseconds: number;
  /** Until the first byte of the answer. */
  headersMilliseconds: number;
  /** Between two parts of the answer's body. */
  bodyMilliseconds: number;
  /** A larger answer is not read to its end. */
  maxBytes: number;
}

export const wireLimits: WireLimits = {
  connectMilliseconds: 5_000,
  headersMilliseconds: 30_000,
  bodyMilliseconds: 30_000,
  maxBytes: 20 * 1024 * 1024,
};

/** The real network: pooled connections, a limit on everything, redirects not followed. */
export function overNetwork(limits: WireLimits = wireLimits): Send {
  let opened: Promise<Send> | undefined;
  return async (request, signal) => {
    // Its library is loaded with the first request: a server that is only listed starts faster.
    opened ??= open(limits);
    return (await opened)(request, signal);
  };
}

async function open(limits: WireLimits): Promise<Send> {
  const { Agent, errors, request } = await import('./undici.js');
  const dispatcher = new Agent({
    connect: { timeout: limits.connectMilliseconds },
    headersTimeout: limits.headersMilliseconds,
    bodyTimeout: limits.bodyMilliseconds,
    maxResponseSize: limits.maxBytes,
  });
  return async ({ url, method, headers, body }, signal): Promise<HttpResponse> => {
    try {
      const response = await request(url, { dispatcher, method: method as 'GET', headers, body: body ?? null, signal });
      return {
        status: response.statusCode,
        headers: flat(response.headers),
        body: await response.body.text(),
      };
    } catch (error) {
      throw toWireError(error, new URL(url).origin, { errors, signal });
    }
  };
}

const flat = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Codes of failures that happen before a single byte of the request is out. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

interface Failing {
  errors: typeof import('undici').errors;
  signal?: AbortSignal;
}

function toWireError(error: unknown, origin: string, { errors, signal }: Failing): WireError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause ? String(cause.code) : '';
  if (signal?.aborted)
    return new WireError('aborted', true, 'The call was cancelled while it was under way.', { cause });
  if (beforeSending.has(code))
    return new WireError('unreachable', false, `${origin} cannot be reached (${code}).`, { cause });
  if (cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError)
    return new WireError('timeout', true, `${origin} did not answer in time.`, { cause });
  if (cause instanceof errors.ResponseExceededMaxSizeError)
    return new WireError('too_large', true, `The answer of ${origin} is larger than is read.`, { cause });
  return new WireError('cut', true, `The connection to ${origin} broke before an answer came (${code || 'closed'}).`, {
    cause,
  });
}
