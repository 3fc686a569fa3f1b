import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { startRedis } from '../../support/redis.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { approverWith, tokensFor } from '../support/people.js';
import { type Replica, startPair } from './pair.js';

const restart = 'nhn_restart_db_instance';
const people = tokensFor({ ada: {}, kim: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
const { ada, kim } = people.tokens;

async function ready({ url }: Pick<Replica, 'url'>): Promise<[number, string]> {
  const response = await fetch(`${url}/readyz`);
  return [response.status, await response.text()];
}

/** Outages are noticed, and over, in the time of a few tries to connect. */
const patience = { timeout: 20_000 };
const notReady = [503, 'The shared store cannot be reached.\n'];

test.each(httpPeers)('while the store is away a client of the kind %s reads and changes nothing', async (peer) => {
  const { a, b, redis, fleet } = await startPair();
  const [atA, atB] = [
    await connectHttp({ url: a.url, peer, answer: 'yes' }),
    await connectHttp({ url: b.url, peer, answer: 'yes' }),
  ];
  const { dbInstanceId } = await instanceNamed(atA.call, 'analytics');
  await redis.stop();
  for (const replica of [a, b]) await expect.poll(() => ready(replica), patience).toEqual(notReady);
  for (const { call } of [atA, atB]) {
    expect((await call('nhn_list_db_instances')).isError).toBe(false);
    const result = await call(restart, { dbInstanceId });
    expect(result).toMatchObject({ isError: true });
  }
  expect(fleet.changes()).toEqual([]);
  await startRedis({ port: redis.port });
  for (const replica of [a, b]) await expect.poll(() => ready(replica), patience).toEqual([200, 'ready\n']);
  expect((await atA.call(restart, { dbInstanceId })).isError).toBe(false);
  expect(fleet.changes()).toHaveLength(1);
});
