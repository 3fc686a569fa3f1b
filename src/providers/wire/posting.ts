import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { covers, isLoopbackRange, isPublicAddress } from '../../values/address-range.js';
import { WireError } from './http.js';
import { type NamedProxy, noProxies, type Proxies, proxyFor, proxyRefusal, shownProxy } from './proxies.js';

/** A text for a place that an operator has named, which is trusted with nothing more. */
export interface Posting {
  url: URL;
  headers: Record<string, string>;
  body: string;
  /** Ranges of addresses that may be reached although they are not of the internet. */
  allowed: readonly string[];
  signal?: AbortSignal;
}

/**
 * Posts a text and resolves to the status. The rest of the answer is not read, and nothing is followed. Rejects with a
 * `WireError`, which does not tell the address of the place.
 */
export type Post = (posting: Posting) => Promise<number>;

/** Resolves the name of a host to all of its addresses. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const connectMilliseconds = 5_000;
const answerMilliseconds = 10_000;

export const resolveBySystem: Resolve = (host) => lookup(host, { all: true });

export interface PostingOptions {
  resolve?: Resolve;
  proxies?: Proxies;
}

/**
 * Each posting resolves its host once, checks every address, and connects to these addresses alone. So a name cannot
 * lead into the network of this machine, not even by another answer to a second question. A proxy is asked for a tunnel
 * to the checked address and never told the name, which it would resolve by itself.
 */
export function openPosting(options: PostingOptions = {}): Post {
  return (posting) => send('POST', posting, options);
}

async function send(
  method: 'POST' | 'HEAD',
  { url, headers, body, allowed, signal }: Omit<Posting, 'body'> & Partial<Posting>,
  { resolve = resolveBySystem, proxies = noProxies }: PostingOptions,
): Promise<number> {
  const addresses = await allowedAddresses({ url, allowed }, resolve);
  // Without TLS there is only this machine, which no proxy leads to.
  const proxy = addresses.some(({ address }) => isLoopbackRange(address)) ? undefined : proxyFor(url, proxies);
  const { EnvHttpProxyAgent, Pool, request } = await import('./undici.js');
  const [{ address, family } = { address: '', family: 0 }] = addresses;
  const checked = `${family === 6 ? `[${address}]` : address}:${url.port || 443}`;
  const agent = new EnvHttpProxyAgent({
    connect: { timeout: connectMilliseconds, lookup: answering(addresses) },
    headersTimeout: answerMilliseconds,
    bodyTimeout: answerMilliseconds,
    // Empty texts keep the library from reading the environment of the process by itself.
    httpProxy: '',
    httpsProxy: proxy?.url ?? '',
    noProxy: proxies.exceptions,
    clientFactory: (origin, options) => new Pool(origin, options).compose(leadingTo(checked)),
  });
  try {
    const answer = await request(url, { dispatcher: agent, method, headers, body, signal });
    // What is not read would end with an error that nobody waits for.
    answer.body.on('error', () => undefined).destroy();
    return answer.statusCode;
  } catch (error) {
    throw failed(error, signal, proxy);
  } finally {
    await agent.destroy();
  }
}

/**
 * Asks a place by the same way whether it is there. Whatever it answers, nothing is posted. Rejects as a posting would.
 */
export async function reachPlace(place: Pick<Posting, 'url' | 'allowed'>, options: PostingOptions = {}): Promise<void> {
  await send('HEAD', { ...place, headers: {} }, options);
}

async function allowedAddresses({ url, allowed }: Pick<Posting, 'url' | 'allowed'>, resolve: Resolve) {
  const addresses = await addressesOf(url, resolve);
  for (const { address } of addresses) requireAllowed(address, url, allowed);
  return addresses;
}

async function addressesOf({ hostname }: URL, resolve: Resolve): ReturnType<Resolve> {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  if (family > 0) return [{ address: bare, family }];
  try {
    return await resolve(bare);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    throw new WireError('unreachable', false, `its host cannot be resolved (${code})`, { cause: error });
  }
}

function requireAllowed(address: string, { protocol }: URL, allowed: readonly string[]): void {
  if (protocol !== 'https:' && !isLoopbackRange(address))
    throw new WireError('unreachable', false, 'only this machine is reached without TLS');
  if (isPublicAddress(address) || allowed.some((range) => covers(range, address))) return;
  throw new WireError('unreachable', false, 'its host has an address that is not public, and that is not allowed');
}

/** Asks a proxy for a tunnel to this address, whatever name the request is for. */
const leadingTo =
  (address: string): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (tunnel, handler) =>
    dispatch({ ...tunnel, path: address, headers: Object.assign({}, tunnel.headers, { host: address }) }, handler);

const answering =
  (addresses: readonly { address: string; family: number }[]): LookupFunction =>
  (_host, { all }, callback) => {
    const [first = { address: '', family: 0 }] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };

function failed(error: unknown, signal: AbortSignal | undefined, proxy: NamedProxy | undefined): WireError {
  if (signal?.aborted) return new WireError('aborted', true, 'the posting was called off', { cause: error });
  const refusal = error instanceof Error ? proxyRefusal(error) : undefined;
  const by = proxy ? ` by ${shownProxy(proxy)}, unless NO_PROXY names its host` : '';
  if (refusal !== undefined)
    return new WireError('unreachable', false, `it cannot be reached${by}: the proxy ${refusal}`, { cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'closed';
  const isLate = code === 'UND_ERR_HEADERS_TIMEOUT';
  return new WireError(isLate ? 'timeout' : 'unreachable', true, `it cannot be reached${by} (${code})`, {
    cause: error,
  });
}
