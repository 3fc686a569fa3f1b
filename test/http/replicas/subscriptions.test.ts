import type { Client } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/store/index.js';
import { handClock } from '../../support/clock.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpPeer, httpPeers } from '../support/connect-http.js';
import type { HttpServer } from '../support/start-http.js';
import { type Pair, type Replica, startPair } from './pair.js';

/** A look at the fleet begins every 4 to 6 seconds. */
const env = { PGFLEET_POLL_SECONDS: '5' };
const pauseMilliseconds = 6_000;

const looks = ({ sent }: Pick<Replica, 'sent'>) => sent.filter((line) => line === 'GET /v1.0/db-instances').length;

type Subscribed = Awaited<ReturnType<typeof subscribe>>;

const clock = handClock();
const options = { env, fleet: { providers: ['nhn' as const] }, clock };

/** An instance of the fleet of two replicas, and what happens to it. */
async function instanceOf<First extends HttpServer>(pair: Pair<First>) {
  const { call } = await connectHttp({ url: pair.a.url });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const uri = `pgfleet://nhn/instances/${dbInstanceId}`;
  const store = await openStore({ url: pair.redis.url, now: () => Date.now(), log: () => undefined });
  onTestFinished(() => store.close());
  return {
    subscribe: (at: { url: string }, peer: HttpPeer) => subscribe(at.url, peer, uri),
    begin: () => call('nhn_start_db_instance', { dbInstanceId }),
    /** Waits for a look after the one at hand, which has something to compare with then. */
    twoLooks: async (at: Pick<Replica, 'sent'>) => soon(() => looks(at)).toBeGreaterThanOrEqual(looks(at) + 2),
    /** Waits until so many replicas have told that somebody there listens. */
    listening: (count: number) => soon(async () => (await store.list('interest')).size).toBe(count),
    /** Waits until all of them have been told of the instance, at least once, since the work began. */
    told: async (all: readonly Subscribed[], work: () => unknown) => {
      const counts = all.map(
        ({ told }) =>
          () =>
            told.filter((each) => each === uri).length,
      );
      const before = counts.map((count) => count());
      await work();
      for (const [index, count] of counts.entries()) await soon(count).toBeGreaterThan(before[index] ?? 0);
    },
  };
}

/** What becomes of it while the clock is turned. */
const soon = (count: () => number | Promise<number>) =>
  expect.poll(async () => {
    await clock.turn(pauseMilliseconds);
    return count();
  });

async function subscribe(url: string, peer: HttpPeer, uri: string) {
  const connection = await connectHttp({ url, peer });
  const { client } = connection;
  if (peer === '2026') await (client as Client).listen({ resourceSubscriptions: [uri] });
  else await client.subscribeResource({ uri });
  return connection;
}

test('subscriptions reach clients of each kind by way of the proxy', async () => {
  const pair = await startPair(options);
  const { subscribe: to, begin, twoLooks, told } = await instanceOf(pair);
  const all = await Promise.all(httpPeers.map((peer) => to(pair.proxy, peer)));
  await twoLooks(pair.fleet);
  await told(all, begin);
});

test('one replica looks, and those who have subscribed at the other hear of it', async () => {
  const pair = await startPair(options);
  const { a, b } = pair;
  const { subscribe: to, begin, twoLooks, listening, told } = await instanceOf(pair);
  const atA = [await to(a, '2026'), await to(a, '2025')];
  await twoLooks(a);
  const atB = [await to(b, '2026'), await to(b, '2025'), await to(b, 'former SDK over SSE')];
  await listening(2);
  await told([...atA, ...atB], begin);
  // Whoever looks does so at once: the other would have been seen long before the look that found the change.
  expect(b.sent.filter((line) => line.startsWith('GET '))).toEqual([]);
});

test('when the replica that looks is killed, the other one looks', async () => {
  const pair = await startPair({ ...options, process: true });
  const { a, b } = pair;
  const { subscribe: to, begin, twoLooks, listening, told } = await instanceOf(pair);
  await begin();
  await to(a, '2026');
  await expect.poll(() => looks(a)).toBeGreaterThan(1);
  const atB = [await to(b, '2026'), await to(b, '2025'), await to(b, 'former SDK over SSE')];
  await listening(2);
  expect(looks(b)).toBe(0);
  // Something may have been missed in between, so everybody is told to read again.
  await told(atB, a.kill);
  await twoLooks(b);
  await told(atB, () => pair.fleet.world.advance(3_600_000));
});

test('looking moves to the other replica when the last at one leaves, and then nobody looks', async () => {
  const pair = await startPair(options);
  const { a, b } = pair;
  const { subscribe: to, twoLooks, listening, told } = await instanceOf(pair);
  const first = await to(a, '2026');
  await twoLooks(a);
  const second = await to(b, '2025');
  await listening(2);
  await told([second], first.close);
  await soon(() => looks(b)).toBeGreaterThan(0);
  await second.close();
  await listening(0);
});
