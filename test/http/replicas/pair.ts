import { onTestFinished, vi } from 'vitest';
import { serveEmulator } from '../../../src/emulator/serve.js';
import { type Fleet, type FleetOptions, startFleet } from '../../support/fleet.js';
import { freePort, type Redis, startRedis } from '../../support/redis.js';
import { type HttpServer, startHttp } from '../support/start-http.js';
import { type RoundRobin, roundRobin } from './round-robin.js';

// Two servers and a store take their time to start on a machine that is busy with other stories.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** One of two servers, with a way of its own to the providers, so that it can be told what each of them sent. */
export interface Replica extends HttpServer {
  /** What this one sent to the providers, as `METHOD /path`. */
  sent: string[];
  /** From now on, answers to requests of this one that begin so are kept back. */
  holdBack: (beginning: string) => HeldBack;
}

export interface HeldBack {
  /** Resolves when a provider has carried out what was asked; its answer is kept back. */
  carriedOut: Promise<void>;
  release: () => void;
}

export interface Pair {
  a: Replica;
  b: Replica;
  proxy: RoundRobin;
  /** Of the proxy: each request goes to the other replica than the one before. */
  url: string;
  redis: Redis;
  fleet: Fleet;
}

export interface PairOptions {
  env?: Record<string, string>;
  fleet?: Omit<FleetOptions, 'end'>;
  /** When all of it ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

type End = NonNullable<PairOptions['end']>;

/** Two built servers over one fleet and one Redis, behind a proxy. */
export async function startPair({ env = {}, fleet: seed, end = onTestFinished }: PairOptions = {}): Promise<Pair> {
  const [redis, fleet, proxy] = await Promise.all([
    startRedis({ end }),
    startFleet({ ...seed, end }),
    roundRobin({ end }),
  ]);
  const shared = { PGFLEET_STORE: redis.url, PGFLEET_REPLICAS: '2', PGFLEET_PUBLIC_URL: proxy.url, ...env };
  const [a, b] = await Promise.all([startReplica(fleet, shared, end), startReplica(fleet, shared, end)]);
  for (const { url } of [a, b]) proxy.add(url);
  return { a, b, proxy, url: proxy.url, redis, fleet };
}

async function startReplica(fleet: Fleet, env: Record<string, string>, end: End): Promise<Replica> {
  const sent: string[] = [];
  const held = new Set<{ beginning: string; told: () => void; released: Promise<void> }>();
  const { origin, close } = await serveEmulator({
    ...fleet,
    async send(request, signal) {
      const line = `${request.method} ${new URL(request.url).pathname}`;
      sent.push(line);
      const answer = await fleet.send(request, signal);
      for (const { beginning, told, released } of held) {
        if (!line.startsWith(beginning)) continue;
        told();
        await released;
      }
      return answer;
    },
  });
  end(close);
  const port = await freePort();
  const server = await startHttp({ env, fleet: { environment: movedTo(origin, fleet) }, port, end });
  return {
    ...server,
    // The server itself names the address that it has for others.
    url: `http://127.0.0.1:${port}`,
    sent,
    holdBack(beginning) {
      const [carriedOut, told] = signal();
      const [released, release] = signal();
      const one = { beginning, told, released };
      held.add(one);
      void released.then(() => held.delete(one));
      return { carriedOut, release };
    },
  };
}

const movedTo = (origin: string, { environment }: Fleet): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace(/^http:\/\/127\.0\.0\.1:\d+/, origin)]),
  );

function signal(): [happened: Promise<void>, happen: () => void] {
  let happen = (): void => undefined;
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return [happened, happen];
}
