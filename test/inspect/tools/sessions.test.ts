import { beforeAll, expect, test } from 'vitest';
import { openSession, sharedCluster, type TestCluster, type TestRole } from '../../support/services/postgres.js';
import { lookingAt } from './looking.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const looking = (role: TestRole) => lookingAt(cluster, role);

test('who waits for whom is told as a tree, those that others wait for first', async () => {
  const [root, waiter] = [await openSession(cluster.primary, 'owner'), await openSession(cluster.primary, 'owner')];
  await root.query('BEGIN');
  const { rows } = await root.query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_advisory_xact_lock(4711)');
  const waiting = waiter.query('SELECT pg_advisory_xact_lock(4711)').catch(() => undefined);
  const { call } = await looking('monitor');
  // Other stories have sessions on the same server, and some of them wait too.
  const told = async () => {
    const { text, data } = await call('list_sessions', { instance: 'orders-primary', limit: 200 });
    const [inside] = data['inside'] as { sessions: { pid: number; blocks?: number[] }[] }[];
    const all = inside?.sessions ?? [];
    return { text, all, own: all.find(({ pid }) => pid === rows[0]?.pid) };
  };
  await expect.poll(async () => (await told()).own?.blocks?.length).toBe(1);
  const { text, all, own } = await told();
  expect(own).toMatchObject({ user: 'owner', state: 'idle in transaction' });
  expect(all[0]?.blocks?.length).toBeGreaterThan(0);
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
