import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/store/index.js';
import { instanceNamed } from '../../support/nhn.js';
import type { Redis } from '../../support/redis.js';
import { connectHttp, type HttpConnection, type HttpPeer, httpPeers } from '../support/connect-http.js';
import { type Pair, type Replica, startPair } from './pair.js';

/** The least that can be set. */
const env = { PGFLEET_POLL_SECONDS: '5' };
const patiently = { timeout: 45_000, interval: 200 };
const looks = ({ sent }: Replica) => sent.filter((line) => line === 'GET /v1.0/db-instances').length;

async function subscribe(url: string, peer: HttpPeer, uri: string): Promise<HttpConnection> {
  const connection = await connectHttp({ url, peer });
  const { client } = connection;
  if (peer === '2026') await (client as Client).listen({ resourceSubscriptions: [uri] });
  else await client.subscribeResource({ uri });
  return connection;
}

/** The names under which replicas want to hear of changes; what they want is told before somebody can miss it. */
async function listening({ url }: Redis): Promise<() => Promise<number>> {
  const store = await openStore({ url, now: () => Date.now(), log: () => undefined });
  onTestFinished(() => store.close());
  return async () => (await store.list('interest')).size;
}

/** An instance, its address, and something that happens to it. */
async function staging({ a, fleet }: Pair) {
  const { call } = await connectHttp({ url: a.url });
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  return {
    uri: `pgfleet://nhn/instances/${dbInstanceId}`,
    start: () => call('nhn_start_db_instance', { dbInstanceId }),
    endOfStart: () => fleet.world.advance(3_600_000),
  };
}

test.each(httpPeers)(
  'a client of the kind %s that subscribes by way of the proxy hears of a change',
  async (peer) => {
    const pair = await startPair({ env });
    const { uri, start } = await staging(pair);
    const before = looks(pair.a) + looks(pair.b);
    const { told } = await subscribe(pair.url, peer, uri);
    await expect.poll(() => looks(pair.a) + looks(pair.b), patiently).toBeGreaterThan(before);
    await start();
    await expect.poll(() => told, patiently).toContain(uri);
  },
  90_000,
);

describe.each(['2026', '2025'] as const)('with clients of the kind %s', (peer) => {
  test('one replica looks, the subscribers of both hear; when it is gone the other looks', async () => {
    const pair = await startPair({ env });
    const { a, b, redis } = pair;
    const { uri, start, endOfStart } = await staging(pair);
    const interested = await listening(redis);
    const before = looks(a);
    const first = await subscribe(a.url, peer, uri);
    await expect.poll(() => looks(a), patiently).toBeGreaterThan(before);
    const second = await subscribe(b.url, peer, uri);
    await expect.poll(interested, patiently).toBe(2);

    await start();
    await expect.poll(() => first.told, patiently).toEqual([uri]);
    await expect.poll(() => second.told, patiently).toEqual([uri]);
    // Whoever looks does so at once, and again and again: one look more, and the other would have been seen.
    const seen = looks(a);
    await expect.poll(() => looks(a), patiently).toBeGreaterThan(seen);
    expect(looks(b)).toBe(0);

    await a.kill();
    await expect.poll(() => looks(b), patiently).toBeGreaterThan(0);
    // Something may have been missed in between.
    await expect.poll(() => second.told, patiently).toEqual([uri, uri]);
    endOfStart();
    await expect.poll(() => second.told, patiently).toEqual([uri, uri, uri]);
  }, 120_000);
});

test('when the one who looks has no subscriber any more the other looks, and nobody when none is left', async () => {
  const pair = await startPair({ env });
  const { a, b, redis } = pair;
  const { uri } = await staging(pair);
  const interested = await listening(redis);
  const before = looks(a);
  const first = await subscribe(a.url, '2026', uri);
  await expect.poll(() => looks(a), patiently).toBeGreaterThan(before);
  const second = await subscribe(b.url, '2025', uri);
  await expect.poll(interested, patiently).toBe(2);
  await first.close();
  await expect.poll(() => looks(b), patiently).toBeGreaterThan(0);
  await second.close();
  await expect.poll(interested, patiently).toBe(0);
}, 90_000);
