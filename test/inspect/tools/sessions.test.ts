import { beforeAll, expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { openSession, sharedCluster, type TestCluster, type TestRole, urlOf } from '../../support/services/postgres.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

/** A client on the sandbox, whose primary of orders has a real database. */
const looking = (role: TestRole) =>
  connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: urlOf(cluster.primary, role) },
  });

test('who waits for whom is told as a tree, the one at its root first', async () => {
  const [root, waiter] = [await openSession(cluster.primary, 'owner'), await openSession(cluster.primary, 'owner')];
  await root.query('BEGIN');
  await root.query('SELECT pg_advisory_xact_lock(4711)');
  const waiting = waiter.query('SELECT pg_advisory_xact_lock(4711)').catch(() => undefined);
  const { call } = await looking('monitor');
  await expect
    .poll(async () => (await call('list_sessions', { instance: 'orders-primary' })).text)
    .toMatch(/keeps 1 waiting/);
  const { text, data } = await call('list_sessions', { instance: 'orders-primary' });
  const [inside] = data['inside'] as { sessions: Record<string, unknown>[] }[];
  expect(inside?.sessions[0]).toMatchObject({
    user: 'owner',
    state: 'idle in transaction',
    blocks: [expect.any(Number)],
  });
  expect(text).toMatch(/waits for Lock advisory; waits behind pid \d+/);
  await root.query('ROLLBACK');
  await waiting;
});

test('what a plain role is not shown is named, with the right that would show it', async () => {
  await openSession(cluster.primary, 'owner');
  const { call } = await looking('plain');
  const { text } = await call('list_sessions', { instance: 'orders-primary' });
  expect(text).toMatch(/not seen: what \d+ sessions of other roles do\. .*GRANT pg_monitor TO "plain";/);
});

test('a role that could do harm by reading is refused', async () => {
  const { call } = await looking('powerful');
  const { text } = await call('list_sessions', { instance: 'orders-primary' });
  expect(text).toContain('is pg_read_server_files, so that even a read can do harm');
});
