import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';

/** The servers are started once: a story changes only what those before it looked at. */
const ends: (() => Promise<void>)[] = [];
let call: Connection['call'];
const login = { dbUserName: 'newcomer', dbPassword: 'a-password' };

beforeAll(async () => {
  const args = ['--sandbox-postgres', '--profile', 'full', '--sandbox-speed', '1000', '--confirm', 'off'];
  ({ call } = await connect({ args, end: (close) => void ends.push(close) }));
});

afterAll(async () => {
  for (const end of ends) await end();
});

interface Instance {
  dbInstanceId: string;
  dbInstanceName: string;
  dbInstanceType: string;
  dbPort: number;
}

async function instanceNamed(name: string): Promise<Instance> {
  const { data } = await call('nhn_list_db_instances');
  const found = (data['dbInstances'] as Instance[]).find(({ dbInstanceName }) => dbInstanceName === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

/** Makes a change, and waits for the end of its work. */
async function change(tool: string, input: Record<string, unknown>): Promise<void> {
  const { data, isError, text } = await call(tool, input);
  if (isError) throw new Error(text);
  const { job } = data['pgfleet'] as { job: string };
  const ended = await call('wait_for_job', { job });
  if (ended.isError) throw new Error(ended.text);
}

/** What PostgreSQL itself answers, where the account says that it listens. */
async function answerOf(name: string, text: string, database = 'postgres'): Promise<Record<string, unknown>> {
  const { dbPort: port } = await instanceNamed(name);
  const { dbUserName: user, dbPassword: password } = login;
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}

test('the story stands inside: who waits for whom, and who takes the connections', async () => {
  const { text } = await call('list_sessions', { instance: 'nhn:orders-primary' });
  expect(text).toMatch(/orders_app on orders \(checkout\).* idle in transaction .* keeps 4 waiting/);
  expect(text).toMatch(/reporting on orders \(nightly report\).* waits behind/);
  const { text: pool } = await call('list_sessions', { instance: 'nhn:analytics' });
  expect(pool).toContain('23 sessions of at most 30');
});

test('the diagnosis tells the chain as a cause, and who is at its root', async () => {
  const diagnosis = async () => (await call('fleet_diagnose_instance', { instance: 'nhn:orders-primary' })).text;
  await expect
    .poll(diagnosis, { timeout: 30_000 })
    .toMatch(/Writes wait since [^:]+:.* pid \d+ \(checkout\) is idle in its transaction and blocks 4/);
});

test('once the session at the root is ended, nobody waits', async () => {
  const { data } = await call('list_sessions', { instance: 'nhn:orders-primary' });
  const [inside] = data['inside'] as { sessions: { pid: number; backendStart: string; blockedBy?: number[] }[] }[];
  const [root] = inside?.sessions ?? [];
  expect(root?.blockedBy).toBeUndefined();
  const { pid, backendStart } = root ?? {};
  await call('end_session', { instance: 'nhn:orders-primary', pid, backendStart, how: 'terminate' });
  const told = async () => (await call('list_sessions', { instance: 'nhn:orders-primary' })).text;
  await expect.poll(told).not.toContain('waits behind');
});

test('the replica is paused, and has all that was made before', async () => {
  const { text } = await call('inspect_database', { instance: 'nhn:orders-replica' });
  expect(text).toContain('replay paused yes');
  expect(text).not.toContain('permission denied');
});

test('a login that is made can log in, on the standbys too', async () => {
  await change('nhn_create_db_user', { dbInstanceId: 'orders-primary', ...login, authorityType: 'CRUD' });
  for (const name of ['orders-primary', 'orders-standby'])
    await expect
      .poll(() => answerOf(name, 'SELECT current_user').catch(() => undefined), { message: name })
      .toEqual({ current_user: 'newcomer' });
});

test('what is planted is there: a dead slot, a paused replica, and keys that run out', async () => {
  await change('nhn_create_db_user', { dbInstanceId: 'analytics', ...login, authorityType: 'DDL' });
  expect(await answerOf('orders-primary', 'SELECT slot_name FROM pg_replication_slots WHERE NOT active')).toEqual({
    slot_name: 'reports_of_last_year',
  });
  expect(
    await answerOf('orders-primary', 'SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid', 'orders'),
  ).toEqual({ indexrelid: 'sales.customers_email_key' });
  const used = 'SELECT round(100.0 * last_value / 2147483647) AS percent FROM audit.entries_id_seq';
  expect(await answerOf('orders-primary', used, 'orders')).toEqual({ percent: '96' });
  // A login that was made since then is not there.
  await expect(answerOf('orders-replica', 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('a database that is created is there, and goes again', async () => {
  const has = () => answerOf('analytics', "SELECT count(*)::int FROM pg_database WHERE datname = 'trial'");
  await change('nhn_create_database', { dbInstanceId: 'analytics', databaseName: 'trial' });
  expect(await has()).toEqual({ count: 1 });
  await change('nhn_delete_database', { dbInstanceId: 'analytics', databaseId: 'trial' });
  expect(await has()).toEqual({ count: 0 });
});

test('a restart restarts it', async () => {
  const started = () => answerOf('analytics', 'SELECT pg_postmaster_start_time()::text AS at');
  const before = await started();
  await change('nhn_restart_db_instance', { dbInstanceId: 'analytics' });
  expect(await started()).not.toEqual(before);
});

test('parameters count once they are applied', async () => {
  expect(await answerOf('orders-primary', 'SHOW work_mem')).toEqual({ work_mem: '4MB' });
  await change('nhn_apply_parameter_group', { dbInstanceId: 'orders-primary' });
  expect(await answerOf('orders-primary', 'SHOW work_mem')).toEqual({ work_mem: '16MB' });
  expect(await answerOf('orders-primary', 'SHOW max_connections')).toEqual({ max_connections: '800' });
});

test('a failover promotes the standby, which the old primary follows', async () => {
  const isStandby = (name: string) => answerOf(name, 'SELECT pg_is_in_recovery() AS yes');
  await change('nhn_restart_db_instance', { dbInstanceId: 'orders-primary', useOnlineFailover: true });
  expect(await isStandby('orders-standby')).toEqual({ yes: false });
  expect(await isStandby('orders-primary')).toEqual({ yes: true });
  await change('nhn_create_database', { dbInstanceId: 'orders-standby', databaseName: 'after' });
  await expect
    .poll(() => answerOf('orders-primary', 'SELECT current_database()', 'after').catch(() => undefined))
    .toEqual({ current_database: 'after' });
});

test('a stopped instance is down, and nothing listens once the server ends', async () => {
  const { dbPort } = await instanceNamed('orders-primary');
  await change('nhn_stop_db_instance', { dbInstanceId: 'analytics' });
  await expect(answerOf('analytics', 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  for (const end of ends.splice(0)) await end();
  const client = new pg.Client({ host: '127.0.0.1', port: dbPort, user: 'newcomer', database: 'postgres' });
  await expect(client.connect()).rejects.toThrow('ECONNREFUSED');
});
