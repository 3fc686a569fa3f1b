import type { Client } from '@modelcontextprotocol/client';
import { describe, type ExpectStatic, test } from 'vitest';
import { openStore } from '../../../src/store/index.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, type HttpPeer, httpPeers } from '../support/connect-http.js';
import { type PairOptions, type Replica, startPair } from './pair.js';

/** The least that is allowed: a look at the fleet begins every 4 to 6 seconds. */
const env = { PGFLEET_POLL_SECONDS: '5' };
const patience = { timeout: 90_000 };

const looks = ({ sent }: Pick<Replica, 'sent'>) => sent.filter((line) => line === 'GET /v1.0/db-instances').length;

type Subscribed = Awaited<ReturnType<typeof subscribe>>;

interface Test {
  expect: ExpectStatic;
  onTestFinished: NonNullable<PairOptions['end']>;
}

/** Two replicas, an instance, and what happens to it. */
async function start({ expect, onTestFinished: end }: Test) {
  const pair = await startPair({ env, fleet: { providers: ['nhn'] }, end });
  const { call } = await connectHttp({ url: pair.a.url, end });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const uri = `pgfleet://nhn/instances/${dbInstanceId}`;
  const store = await openStore({ url: pair.redis.url, now: () => Date.now(), log: () => undefined });
  end(() => store.close());
  const soon = (count: () => number | Promise<number>) => expect.poll(count, patience);
  return {
    ...pair,
    soon,
    subscribe: (at: { url: string }, peer: HttpPeer) => subscribe(at.url, { peer, uri, end }),
    begin: () => call('nhn_start_db_instance', { dbInstanceId }),
    finish: () => pair.fleet.world.advance(3_600_000),
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

async function subscribe(
  url: string,
  { peer, uri, end }: { peer: HttpPeer; uri: string; end: Test['onTestFinished'] },
) {
  const connection = await connectHttp({ url, peer, end });
  const { client } = connection;
  if (peer === '2026') await (client as Client).listen({ resourceSubscriptions: [uri] });
  else await client.subscribeResource({ uri });
  return connection;
}

describe.concurrent('subscriptions at two replicas', patience, () => {
  test('reach clients of each kind by way of the proxy', async (context) => {
    const { proxy, fleet, subscribe: to, begin, twoLooks, told } = await start(context);
    const all = await Promise.all(httpPeers.map((peer) => to(proxy, peer)));
    await twoLooks(fleet);
    await told(all, begin);
  });

  test('have one replica look, and those at the other hear; when it is killed the other looks', async (context) => {
    const { a, b, subscribe: to, begin, finish, twoLooks, listening, told } = await start(context);
    const { expect } = context;
    const atA = [await to(a, '2026'), await to(a, '2025')];
    await twoLooks(a);
    const atB = [await to(b, '2026'), await to(b, '2025'), await to(b, 'former SDK over SSE')];
    await listening(2);
    await told([...atA, ...atB], begin);
    // Whoever looks does so at once: the other would have been seen long before the look that found the change.
    expect(b.sent.filter((line) => line.startsWith('GET '))).toEqual([]);

    // Something may have been missed in between, so everybody is told to read again.
    await told(atB, a.kill);
    await twoLooks(b);
    await told(atB, finish);
  });

  test('move to the other replica when the last at one leaves, and then nobody looks', async (context) => {
    const { a, b, subscribe: to, twoLooks, listening, told, soon } = await start(context);
    const first = await to(a, '2026');
    await twoLooks(a);
    const second = await to(b, '2025');
    await listening(2);
    await told([second], first.close);
    await soon(() => looks(b)).toBeGreaterThan(0);
    await second.close();
    await listening(0);
  });
});
