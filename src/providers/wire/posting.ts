import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { covers, isPublicAddress } from '../../values/address-range.js';
import { WireError } from './http.js';
import { isLoopback } from './proxies.js';

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

/**
 * Each posting resolves its host once, checks every address, and connects to these addresses alone. So a name cannot
 * lead into the network of this machine, not even by another answer to a second question.
 */
export function openPosting(resolve: Resolve = resolveBySystem): Post {
  return async ({ url, headers, body, allowed, signal }) => {
    const addresses = await allowedAddresses({ url, allowed }, resolve);
    const { Agent, request } = await import('./undici.js');
    const agent = new Agent({
      connect: { timeout: connectMilliseconds, lookup: answering(addresses) },
      headersTimeout: answerMilliseconds,
      bodyTimeout: answerMilliseconds,
    });
    try {
      const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body, signal });
      // What is not read would end with an error that nobody waits for.
      answer.body.on('error', () => undefined).destroy();
      return answer.statusCode;
    } catch (error) {
      throw failed(error, signal);
    } finally {
      await agent.destroy();
    }
  };
}

/** A way to look whether a posting would arrive. Rejects as `Post` does. */
export type Connect = (place: Pick<Posting, 'url' | 'allowed'>) => Promise<void>;

/** Connects as for a posting, by TLS where it is spoken, and ends the connection without sending a request. */
export function openReaching(resolve: Resolve = resolveBySystem): Connect {
  return async ({ url, allowed }) => {
    const addresses = await allowedAddresses({ url, allowed }, resolve);
    const { buildConnector } = await import('./undici.js');
    const connect = buildConnector({ timeout: connectMilliseconds, lookup: answering(addresses) });
    const { protocol, hostname, host } = url;
    const port = url.port || (protocol === 'https:' ? '443' : '80');
    return new Promise((done, fail) =>
      connect({ protocol, hostname, host, port }, (error, socket) => {
        socket?.destroy();
        if (error) fail(failed(error, undefined));
        else done();
      }),
    );
  };
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
  const isHere = isLoopback(address.includes(':') ? `[${address}]` : address);
  if (protocol !== 'https:' && !isHere)
    throw new WireError('unreachable', false, 'only this machine is reached without TLS');
  if (isPublicAddress(address) || allowed.some((range) => covers(range, address))) return;
  throw new WireError('unreachable', false, 'its host has an address that is not public, and that is not allowed');
}

const answering =
  (addresses: readonly { address: string; family: number }[]): LookupFunction =>
  (_host, { all }, callback) => {
    const [first = { address: '', family: 0 }] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };

function failed(error: unknown, signal: AbortSignal | undefined): WireError {
  if (signal?.aborted) return new WireError('aborted', true, 'the posting was called off', { cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'closed';
  const isLate = code === 'UND_ERR_HEADERS_TIMEOUT';
  return new WireError(isLate ? 'timeout' : 'unreachable', true, `it cannot be reached (${code})`, { cause: error });
}
