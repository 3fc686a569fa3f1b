import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Answer, Connection } from '../../support/connect.js';
import {
  asSuperuser,
  openSession,
  ownDatabase,
  sharedCluster,
  type TestCluster,
  type TestRole,
} from '../../support/services/postgres.js';
import { lookingAt } from './looking.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const looking = (role: TestRole, answer?: Answer, env: Record<string, string> = {}) =>
  lookingAt(cluster, role, { answer, env });

interface Planted {
  /** Resolves to how the session ended: with the fault that its client saw, or undefined while it lives. */
  isAlive: () => Promise<boolean>;
  pid: number;
}

/** A session that is idle in a transaction. */
async function idle(user: 'owner' | 'postgres' = 'owner'): Promise<Planted> {
  const client = await openSession(cluster.primary, user);
  await client.query('BEGIN');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid ?? 0;
  return { pid, isAlive: async () => client.query('SELECT 1').then(Boolean, () => false) };
}

async function startOf({ call }: Connection, pid: number): Promise<string> {
  const { data } = await call('list_sessions', { instance: 'orders-primary', limit: 200 });
  const [inside] = data['inside'] as { sessions: { pid: number; backendStart: string }[] }[];
  return inside?.sessions.find((each) => each.pid === pid)?.backendStart ?? '';
}

const ending = async (connection: Connection, { pid }: Planted, more: Record<string, unknown> = {}) => {
  const backendStart = await startOf(connection, pid);
  return { instance: 'orders-primary', pid, backendStart, how: 'terminate', ...more };
};

test('a session ends after a person saw whose it is and what is rolled back', async () => {
  const planted = await idle();
  const connection = await looking('signaller', 'yes');
  const { text, data } = await connection.call('end_session', await ending(connection, planted));
  const lines = connection.asked[0]?.message.split('\n') ?? [];
  expect(lines[0]).toMatch(
    /^End session: "pid \d+", which concerns orders-primary \(primary, available\) at NHN Cloud/,
  );
  expect(lines[1]).toMatch(
    /The session pid \d+ of owner from 127\.0\.0\.1 is disconnected; its transaction since .* is rolled back\./,
  );
  expect(lines[2]).toMatch(/^Way back: The client has to connect again/);
  // Before PostgreSQL 14 nothing waits for the end of a process.
  expect(text).toMatch(/^pid \d+ of orders-primary \(nhn:.*\) (?:has ended|was told to end)/);
  expect(['ended', 'signalled']).toContain(data['outcome']);
  await expect.poll(planted.isAlive).toBe(false);
  const recorded = connection.sandboxAudit().filter(({ tool, event }) => tool === 'end_session' && event !== 'look');
  expect(recorded.map(({ event, outcome }) => [event, outcome])).toEqual([
    ['attempt', undefined],
    ['outcome', 'succeeded'],
  ]);
});

test('by an id where no form can be shown, once, and only as long as it is the same transaction', async () => {
  const client = await openSession(cluster.primary, 'owner');
  await client.query('BEGIN');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const planted = { pid: rows[0]?.pid ?? 0, isAlive: async () => client.query('SELECT 1').then(Boolean, () => false) };
  const connection = await looking('signaller');
  const { call } = connection;
  const asked = await call('end_session', await ending(connection, planted));
  expect(asked.data).toMatchObject({ status: 'confirmation_required' });
  await client.query('COMMIT');
  await client.query('BEGIN');
  const late = await call('confirm_operation', { confirmation_token: asked.data['confirmation_token'] });
  expect(late.text).toMatch(/Something has changed/);
  expect(await planted.isAlive()).toBe(true);
  const done = await call('confirm_operation', { confirmation_token: late.data['confirmation_token'] });
  expect(done.text).toMatch(/has ended|was told to end/);
  const again = await call('confirm_operation', { confirmation_token: late.data['confirmation_token'] });
  expect(again.isError).toBe(true);
});

test('what its role holds beside the session is told, since it stays', async () => {
  const database = await ownDatabase(cluster.primary);
  const name = `${database}_feed`;
  await asSuperuser(
    cluster.primary,
    [
      `CREATE SUBSCRIPTION ${name} CONNECTION 'dbname=nowhere' PUBLICATION p ` +
        'WITH (connect = false, enabled = false, create_slot = false)',
      `UPDATE pg_subscription SET subowner = 'owner'::regrole WHERE subname = '${name}'`,
    ],
    database,
  );
  const dropping = [`ALTER SUBSCRIPTION ${name} SET (slot_name = NONE)`, `DROP SUBSCRIPTION ${name}`];
  onTestFinished(() => asSuperuser(cluster.primary, dropping, database));
  const client = await openSession(cluster.primary, 'owner', database);
  await client.query('BEGIN');
  await client.query('SELECT txid_current()');
  await client.query(`PREPARE TRANSACTION '${name}'`);
  onTestFinished(() => asSuperuser(cluster.primary, [`ROLLBACK PREPARED '${name}'`], database));
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock(18)');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const planted = { pid: rows[0]?.pid ?? 0, isAlive: async () => true };
  const connection = await looking('signaller', 'decline');
  await connection.call('end_session', await ending(connection, planted));
  const { message } = connection.asked[0] ?? { message: '' };
  expect(message).toMatch(/holds locks [1-9]/);
  expect(message).toMatch(/prepared transactions of its role,? which stay with their locks [1-9]/);
  expect(message).toMatch(/subscriptions of its role,? whose workers go on 1/);
  await client.query('ROLLBACK');
});

test('of another that has the number of its process by now, nothing is ended', async () => {
  const planted = await idle();
  const connection = await looking('signaller', 'yes');
  const { text } = await connection.call('end_session', {
    ...(await ending(connection, planted)),
    backendStart: '2020-01-01T00:00:00.000000Z',
  });
  expect(text).toContain('There is no such session any more');
  expect(connection.asked).toEqual([]);
  expect(await planted.isAlive()).toBe(true);
});

test.each<[string, TestRole, 'owner' | 'postgres', string]>([
  ['a superuser', 'signaller', 'postgres', 'a superuser'],
  ['another role without the right', 'monitor', 'owner', 'GRANT pg_signal_backend TO monitor;'],
])('the session of %s cannot be ended, and why is said before anybody is asked', async (_, role, user, why) => {
  const planted = await idle(user);
  const connection = await looking(role, 'yes');
  const { text } = await connection.call('end_session', await ending(connection, planted));
  expect(text).toContain(why);
  expect(connection.asked).toEqual([]);
  expect(await planted.isAlive()).toBe(true);
});

test('a no, a read-only server, and a rule end nothing', async () => {
  const planted = await idle();
  const no = await looking('signaller', 'decline');
  expect((await no.call('end_session', await ending(no, planted))).text).toContain('declined');
  const readOnly = await looking('signaller', 'yes', { PGFLEET_READ_ONLY: '1' });
  const backendStart = await startOf(no, planted.pid);
  const wanted = { instance: 'orders-primary', pid: planted.pid, backendStart, how: 'terminate' };
  await expect(readOnly.call('end_session', wanted)).rejects.toThrow('not offered');
  expect(await planted.isAlive()).toBe(true);
});

test('only what a session runs is cancelled, and the session stays', async () => {
  const client = await openSession(cluster.primary, 'owner');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const planted = { pid: rows[0]?.pid ?? 0, isAlive: async () => client.query('SELECT 1').then(Boolean, () => false) };
  const sleeping = client.query('SELECT pg_sleep(600)').catch((error: Error) => error.message);
  const connection = await looking('signaller', 'yes');
  const { text } = await connection.call('end_session', await ending(connection, planted, { how: 'cancel' }));
  expect(text).toContain('was told to cancel what it runs');
  expect(connection.asked[0]?.message).toContain('runs SELECT pg_sleep(?)');
  expect(await sleeping).toContain('canceling statement due to user request');
  expect(await planted.isAlive()).toBe(true);
});

test('a yes to cancel a statement is none to cancel the next one', async () => {
  const client = await openSession(cluster.primary, 'owner');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const connection = await looking('signaller');
  const key = await ending(connection, { pid: rows[0]?.pid ?? 0, isAlive: async () => true }, { how: 'cancel' });
  const asked = await connection.call('end_session', key);
  await client.query('SELECT 1');
  const late = await connection.call('confirm_operation', { confirmation_token: asked.data['confirmation_token'] });
  expect(late.text).toMatch(/Something has changed/);
});
