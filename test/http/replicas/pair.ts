import { onTestFinished } from 'vitest';
import { systemClock, systemRandom } from '../../../src/cli/system.js';
import type { Clock } from '../../../src/values/clock.js';
import { type Fleet, type FleetOptions, startFleet } from '../../support/fleet.js';
import { freePort, type Redis, startRedis } from '../../support/services/redis.js';
import { type HttpProcess, type HttpServer, startHttp } from '../support/start-http.js';
import { type Way, wayTo } from '../support/way-to-fleet.js';
import { type RoundRobin, roundRobin } from './round-robin.js';

/** One of two servers, with a way of its own to the providers, so that it can be told what each of them sent. */
export type Replica<Server extends HttpServer = HttpServer> = Server & Pick<Way, 'sent' | 'holdBack'>;

export interface Pair<First extends HttpServer = HttpServer> {
  a: Replica<First>;
  b: Replica;
  proxy: RoundRobin;
  /** Of the proxy: each request goes to the other replica than the one before, and the first to `a`. */
  url: string;
  redis: Redis;
  fleet: Fleet;
}

export interface PairOptions {
  env?: Record<string, string>;
  fleet?: Omit<FleetOptions, 'end'>;
  /** The first replica is a process of its own, which can be killed. */
  process?: boolean;
  /** Of those in this process; left out, that of the machine: calls wait until somebody decides. */
  clock?: Clock;
  /** When all of it ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

/** Two servers over one fleet and one Redis, behind a proxy. */
export function startPair(options: PairOptions & { process: true }): Promise<Pair<HttpProcess>>;
export function startPair(options?: PairOptions): Promise<Pair>;
export async function startPair(options: PairOptions = {}): Promise<Pair> {
  const { env = {}, fleet: seed, process, clock = systemClock, end = onTestFinished } = options;
  const [redis, fleet, proxy] = await Promise.all([
    startRedis({ end }),
    startFleet({ ...seed, end }),
    roundRobin({ end }),
  ]);
  const own = { PGFLEET_REPLICAS: '2', PGFLEET_KEY: Buffer.from(systemRandom.bytes(32)).toString('base64'), ...env };
  const shared = { PGFLEET_STORE: redis.url, PGFLEET_PUBLIC_URL: proxy.url, ...own };
  const start = async (isProcess: boolean): Promise<Replica> => {
    const { environment, sent, holdBack } = await wayTo(fleet, end);
    const options = { env: shared, fleet: { environment }, process: isProcess, clock, end };
    const { port, server } = await onFreePort((each) => startHttp({ ...options, port: each }));
    // The server itself names the address that it has for others.
    return { ...server, url: `http://127.0.0.1:${port}`, sent, holdBack };
  };
  const [a, b] = await Promise.all([start(process === true), start(false)]);
  for (const { url } of [a, b]) proxy.add(url);
  return { a, b, proxy, url: proxy.url, redis, fleet };
}

/** Another program may take a port between its being found free and its being listened on; then there are others. */
async function onFreePort(
  start: (port: number) => Promise<HttpServer>,
  triesLeft = 5,
): Promise<{ port: number; server: HttpServer }> {
  const port = await freePort();
  try {
    return { port, server: await start(port) };
  } catch (error) {
    if (triesLeft === 0 || !String(error).includes('cannot be listened on')) throw error;
    return onFreePort(start, triesLeft - 1);
  }
}
