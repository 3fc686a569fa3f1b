import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { startRedis } from '../../support/services/redis.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { approverWith, tokensFor } from '../support/people.js';
import { type Replica, startPair } from './pair.js';

const restart = 'nhn_restart_db_instance';
const people = tokensFor({ oncall: {}, reviewer: { scopes: ['pgfleet:read', 'pgfleet:approve'] } });
const { oncall, reviewer } = people.tokens;

async function ready({ url }: Pick<Replica, 'url'>): Promise<[number, string]> {
  const response = await fetch(`${url}/readyz`);
  return [response.status, await response.text()];
}

const notReady = [503, 'The shared store cannot be reached.\n'];

const away = expect.stringMatching(/shared store cannot be reached.*Nothing was sent/);

test('while the store is away clients of every kind read and change nothing; once it is back they go on', async () => {
  const { a, b, url, redis, fleet } = await startPair({ env: people.env });
  const options = { token: oncall, answer: 'yes' as const };
  const clients = await Promise.all(
    httpPeers.map(async (peer) => ({
      direct: [
        await connectHttp({ url: a.url, peer, ...options }),
        await connectHttp({ url: b.url, peer, ...options }),
      ],
      proxied: await connectHttp({ url, peer, ...options }),
    })),
  );
  const ids = await Promise.all(clients.map(({ proxied }) => instanceNamed(proxied.call, 'analytics')));
  const dbInstanceId = ids[0]?.dbInstanceId;

  await redis.stop();
  for (const replica of [a, b]) await expect.poll(() => ready(replica)).toEqual(notReady);
  for (const { direct } of clients)
    for (const { call } of direct) {
      expect((await call('nhn_list_db_instances')).isError).toBe(false);
      expect(await call(restart, { dbInstanceId })).toMatchObject({ isError: true, text: away });
    }
  expect(fleet.changes()).toEqual([]);

  await startRedis({ port: redis.port });
  for (const replica of [a, b]) await expect.poll(() => ready(replica)).toEqual([200, 'ready\n']);
  for (const [index, { proxied }] of clients.entries()) {
    expect(await proxied.call(restart, { dbInstanceId })).toMatchObject({ isError: false });
    expect(fleet.changes()).toHaveLength(index + 1);
    fleet.world.advance(3_600_000);
  }
});

test('a store that falls silent and comes back has kept who waits, and what was approved', async () => {
  const { a, b, redis, fleet } = await startPair({ env: { ...people.env, PGFLEET_CONFIRM: 'human' } });
  const [atA, atB] = [
    await connectHttp({ url: a.url, token: oncall }),
    await connectHttp({ url: b.url, token: oncall }),
  ];
  const { dbInstanceId } = await instanceNamed(atA.call, 'analytics');
  const { data } = await atA.call(restart, { dbInstanceId });
  const id = String(data['approval_id']);

  redis.freeze();
  await expect.poll(() => ready(a)).toEqual(notReady);
  expect((await atA.call('nhn_list_db_instances')).isError).toBe(false);
  expect(await atA.call(restart, { dbInstanceId })).toMatchObject({ isError: true, text: away });
  expect(await atA.call('confirm_operation', { approval_id: id })).toMatchObject({ isError: true, text: away });
  expect((await approverWith(b.url, reviewer).approve(id)).status).toBeGreaterThanOrEqual(500);
  expect(fleet.changes()).toEqual([]);

  redis.thaw();
  for (const replica of [a, b]) await expect.poll(() => ready(replica)).toEqual([200, 'ready\n']);
  expect((await approverWith(b.url, reviewer).approve(id)).status).toBe(200);
  expect((await atB.call('confirm_operation', { approval_id: id })).isError).toBe(false);
  expect(fleet.changes()).toHaveLength(1);
});
