import { describe, expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { startRedis } from '../../support/redis.js';
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

// What takes long here is that a store is missed and found again: the stories wait for it side by side.
describe.concurrent('while the store is away', () => {
  test.for(httpPeers)(
    'a client of the kind %s reads and changes nothing',
    async (peer, { expect, onTestFinished: end }) => {
      const { a, b, url, redis, fleet } = await startPair({ env: people.env, end });
      const options = { peer, token: oncall, answer: 'yes' as const, end };
      const direct = [await connectHttp({ url: a.url, ...options }), await connectHttp({ url: b.url, ...options })];
      const proxied = await connectHttp({ url, ...options });
      const { dbInstanceId } = await instanceNamed(proxied.call, 'analytics');
      await redis.stop();
      for (const replica of [a, b]) await expect.poll(() => ready(replica)).toEqual(notReady);
      for (const { call } of direct) {
        expect((await call('nhn_list_db_instances')).isError).toBe(false);
        expect(await call(restart, { dbInstanceId })).toMatchObject({ isError: true, text: away });
      }
      expect(fleet.changes()).toEqual([]);

      await startRedis({ port: redis.port, end });
      for (const replica of [a, b]) await expect.poll(() => ready(replica)).toEqual([200, 'ready\n']);
      expect(await proxied.call(restart, { dbInstanceId })).toMatchObject({ isError: false });
      expect(fleet.changes()).toHaveLength(1);
    },
  );

  test('one that falls silent and comes back has kept who waits, and what was approved', async ({
    expect,
    onTestFinished: end,
  }) => {
    const { a, b, redis, fleet } = await startPair({ env: { ...people.env, PGFLEET_CONFIRM: 'human' }, end });
    const [atA, atB] = [
      await connectHttp({ url: a.url, token: oncall, end }),
      await connectHttp({ url: b.url, token: oncall, end }),
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
});
