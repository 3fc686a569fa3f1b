import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { type HttpResponse, type Send, WireError } from './http.js';
import { isLoopback, noProxies, type Proxies, proxyFor, proxyRefusal, shownProxy } from './proxies.js';

export interface WireLimits {
  connectMilliseconds: number;
  /** The time until the first byte of the answer. */
  headersMilliseconds: number;
  /** The time between two parts of the answer's body. */
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

export interface NetworkOptions {
  limits?: WireLimits;
  proxies?: Proxies;
}

/** The way to other machines. */
export interface Network {
  /** Sends with pooled connections and limits on everything. Redirects are not followed. */
  send: Send;
  /** The same way for libraries that take a `fetch`. */
  fetch: typeof globalThis.fetch;
}

export function openNetwork(options: NetworkOptions = {}): Network {
  let opened: Promise<Network> | undefined;
  // The library is loaded with the first request, so that a server starts faster when it is only listed.
  const network = () => (opened ??= open(options));
  return {
    send: async (request, signal) => (await network()).send(request, signal),
    fetch: async (input, init) => (await network()).fetch(input, init),
  };
}

async function open({ limits = wireLimits, proxies = noProxies }: NetworkOptions): Promise<Network> {
  const { Agent, EnvHttpProxyAgent, errors, fetch, Pool, request } = await import('./undici.js');
  const agentOptions = {
    connect: { timeout: limits.connectMilliseconds },
    headersTimeout: limits.headersMilliseconds,
    bodyTimeout: limits.bodyMilliseconds,
    maxResponseSize: limits.maxBytes,
  };
  const direct = new Agent(agentOptions);
  const proxied = new EnvHttpProxyAgent({
    ...agentOptions,
    // Empty texts keep the library from reading the environment of the process by itself.
    httpProxy: proxies.http?.url ?? '',
    httpsProxy: proxies.https?.url ?? '',
    noProxy: proxies.exceptions,
    proxyTls: { timeout: limits.connectMilliseconds },
    // Many proxies open tunnels to the ports of https only.
    proxyTunnel: false,
    // Without it, the limits are lost on the way to a proxy.
    factory: (origin: string | URL, more: object) => new Pool(origin, { ...agentOptions, ...more }),
  });
  const wayTo = (url: string) => (isLoopback(new URL(url).hostname) ? direct : proxied);
  return {
    async send({ url, method, headers, body }, signal): Promise<HttpResponse> {
      try {
        const dispatcher = wayTo(url);
        const options = { dispatcher, method: method as 'GET', headers, body: body ?? null, signal };
        const response = await request(url, options);
        return {
          status: response.statusCode,
          headers: flat(response.headers),
          body: await readText(response.body, response.headers['content-encoding'], limits.maxBytes),
        };
      } catch (error) {
        throw toWireError(error, new URL(url), { errors, proxies, signal });
      }
    },
    // The types of the library and of the platform differ in details that no caller uses.
    fetch: ((input: string | URL, init: object) =>
      fetch(input, { ...init, dispatcher: wayTo(String(input)) })) as unknown as typeof globalThis.fetch,
  };
}

interface Body {
  arrayBuffer: () => Promise<ArrayBuffer>;
}

/** Nothing is asked to be compressed, but gateways do it all the same. The limit is one of what comes out. */
async function readText(body: Body, encodings: string | string[] = '', maxBytes: number): Promise<string> {
  let bytes = new Uint8Array(await body.arrayBuffer());
  const names = String(encodings).toLowerCase().split(',');
  for (const name of names.toReversed()) {
    const decode = decoders.get(name.trim());
    if (decode && bytes.length > 0) bytes = new Uint8Array(await decode(bytes, { maxOutputLength: maxBytes }));
  }
  return new TextDecoder().decode(bytes);
}

type Decode = (bytes: Uint8Array, limit: { maxOutputLength: number }) => Promise<Uint8Array>;

const wrapped: Decode = promisify(inflate);
const bare: Decode = promisify(inflateRaw);

/** What is called deflate has the frame of zlib by the standard, but some servers leave it out. */
const deflated: Decode = (bytes, limit) => (hasFrame(bytes) ? wrapped : bare)(bytes, limit);

/** RFC 1950: the method is 8, and the first two bytes are a multiple of 31. */
const hasFrame = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;

const decoders = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', deflated],
  ['br', promisify(brotliDecompress)],
]);

const flat = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const connectTimeout = 'UND_ERR_CONNECT_TIMEOUT';

/** The codes of failures that happen before any byte of the request is sent. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  connectTimeout,
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

interface Failing {
  errors: typeof import('undici').errors;
  proxies: Proxies;
  signal?: AbortSignal;
}

function toWireError(error: unknown, url: URL, { errors, proxies, signal }: Failing): WireError {
  const { origin } = url;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause ? String(cause.code) : '';
  if (signal?.aborted)
    return new WireError('aborted', true, 'The call was cancelled while it was under way.', { cause });
  const refusal = proxyRefusal(cause);
  if (refusal !== undefined) {
    const message = `${origin} cannot be reached: the proxy ${refusal}. ${wayOut(url, proxies)}`.trim();
    return new WireError('unreachable', false, message, { cause });
  }
  if (beforeSending.has(code)) {
    const message = `${origin} cannot be reached (${code}). ${wayOut(url, proxies)}`.trim();
    return new WireError(code === connectTimeout ? 'timeout' : 'unreachable', false, message, { cause });
  }
  if (cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError)
    return new WireError('timeout', true, `${origin} did not answer in time.`, { cause });
  if (cause instanceof errors.ResponseExceededMaxSizeError || code === 'ERR_BUFFER_TOO_LARGE')
    return new WireError('too_large', true, `The answer of ${origin} is larger than is read.`, { cause });
  return new WireError('cut', true, `The connection to ${origin} broke before an answer came (${code || 'closed'}).`, {
    cause,
  });
}

/** Names the proxy that was taken, or the variable that would name one. */
function wayOut(url: URL, proxies: Proxies): string {
  if (isLoopback(url.hostname)) return '';
  const proxy = proxyFor(url, proxies);
  if (proxy) return `The proxy for it is ${shownProxy(proxy)}, unless NO_PROXY names the host.`;
  return 'Where a proxy leads out of this network, HTTPS_PROXY has to name it.';
}
