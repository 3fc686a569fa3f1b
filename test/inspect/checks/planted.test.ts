import type pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { day, minute } from '../../../src/define/finding.js';
import { type PostgresServer, startServer } from '../../../src/emulator/postgres/server.js';
import type { LookReport } from '../../../src/inspect/check.js';
import { asSuperuser, session, sharedCluster, type TestRole, testPrograms } from '../../support/services/postgres.js';
import { lookInto } from './looking.js';

/** Faults of a whole server would be seen by other stories, so it has a primary and a standby of its own. */
let primary: PostgresServer;
let standby: PostgresServer;

beforeAll(async () => {
  await sharedCluster();
  const folder = inject('postgresFolder');
  const programs = await testPrograms(folder);
  const settings = {
    max_connections: '30',
    max_prepared_transactions: '5',
    archive_mode: 'on',
    archive_command: 'true',
    autovacuum_naptime: '1d',
  };
  primary = await startServer({ programs, folder, name: 'planted', password: 'planted', settings });
  await asSuperuser(primary, [
    `CREATE ROLE monitor LOGIN PASSWORD 'planted' IN ROLE pg_monitor`,
    `CREATE ROLE plain LOGIN PASSWORD 'planted'`,
    `CREATE ROLE app LOGIN PASSWORD 'planted'`,
    'CREATE EXTENSION pg_stat_statements',
    'CREATE SCHEMA shop AUTHORIZATION app',
    // Before PostgreSQL 15 it is open to everybody as it is delivered.
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
  ]);
  standby = await primary.standby('planted-standby');
});

afterAll(async () => {
  await standby.stop();
  await primary.stop();
});

/** What a server has that nobody changed after it was delivered. */
const delivered = ['no-idle-transaction-timeout', 'random-page-cost'];

const healthy = [
  'CREATE TABLE shop.customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)',
  'CREATE TABLE shop.orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer bigint)',
  'ALTER TABLE shop.orders ADD CONSTRAINT customer FOREIGN KEY (customer) REFERENCES shop.customers',
  'CREATE INDEX by_customer ON shop.orders (customer)',
  'INSERT INTO shop.customers (name) SELECT n::text FROM generate_series(1, 40000) n',
  'VACUUM ANALYZE shop.customers',
];

const inTables = [
  'CREATE INDEX again ON shop.orders (customer)',
  'CREATE INDEX unused ON shop.customers (name, id)',
  'CREATE TABLE shop.lines (orders int REFERENCES shop.orders, amount int)',
  'CREATE TABLE shop.events (id bigint PRIMARY KEY) WITH (autovacuum_enabled = off)',
  'INSERT INTO shop.events SELECT generate_series(1, 30000)',
  'DELETE FROM shop.events WHERE id > 5000',
  `SELECT setval('shop.orders_id_seq', 2061584302)`,
  `CREATE FUNCTION shop.erase() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
  'GRANT CREATE ON SCHEMA shop TO PUBLIC',
];

const ofServer = [
  'CREATE ROLE second LOGIN SUPERUSER',
  `SELECT pg_create_physical_replication_slot('dead', true)`,
  'SELECT pg_switch_wal()',
];

/** Keeps sessions open that are idle in a transaction, wait, or run. */
async function plantSessions(): Promise<void> {
  const [idle, waiting, running, preparing] = (await Promise.all(
    Array.from({ length: 4 }, () => session(primary, 'app')),
  )) as [pg.Client, pg.Client, pg.Client, pg.Client];
  await idle.query('BEGIN');
  await idle.query('LOCK TABLE shop.lines');
  void waiting.query('SELECT * FROM shop.lines').catch(() => undefined);
  void running.query('SELECT pg_sleep(600)').catch(() => undefined);
  await preparing.query('BEGIN');
  await preparing.query('INSERT INTO shop.customers (name) VALUES ($1)', ['x']);
  await preparing.query(`PREPARE TRANSACTION 'left behind'`);
  await Promise.all(Array.from({ length: 19 }, () => session(primary, 'app')));
}

const planted = [
  'autovacuum-off-for-table',
  'archiver-failing',
  'blocked-sessions',
  'connections-near-limit',
  'dead-rows',
  'definer-without-path',
  'duplicate-index',
  'everybody-may-create',
  'idle-in-transaction',
  'inactive-slot',
  'invalid-index',
  'long-statement',
  'long-transaction',
  'no-primary-key',
  'powerful-login',
  'prepared-transaction',
  'sequence-used-up',
  'setting-awaits-restart',
  'unindexed-foreign-key',
  'unused-index',
  'vital-setting-off',
];

/** A look in ten minutes, at a server that has counted for long. */
const later = (server: PostgresServer, role: TestRole) =>
  lookInto(server, { role, facts: { now: Date.now() + 10 * minute, countedSince: Date.now() - 31 * day } });

const foundIn = ({ findings }: LookReport) => findings.map(({ check }) => check);
const isNamed = ({ notSeen, findings }: LookReport, check: string) =>
  [...notSeen, ...findings].some((each) => each.check === check);

test('nothing is found on a healthy server, and what is planted is found or named as not seen', async () => {
  const owner = await session(primary, 'app');
  for (const statement of healthy) await owner.query(statement);
  for (const server of [primary, standby])
    for (const role of ['monitor', 'plain'] as const)
      expect(foundIn(await lookInto(server, { role }))).toEqual(delivered);

  for (const statement of inTables) await owner.query(statement);
  await owner.query(`INSERT INTO shop.customers (name) VALUES ('same'), ('same')`);
  const building = owner.query('CREATE UNIQUE INDEX CONCURRENTLY names ON shop.customers (name)');
  await expect(building).rejects.toThrow('could not create unique index');
  await owner.end();
  await primary.set({ archive_command: 'false', max_worker_processes: '12', autovacuum: 'off' });
  await asSuperuser(primary, ofServer);
  await asSuperuser(standby, ['SELECT pg_wal_replay_pause()']);
  await plantSessions();

  // What was counted is told some time after.
  await expect.poll(async () => foundIn(await later(primary, 'monitor'))).toContain('dead-rows');
  const monitor = await later(primary, 'monitor');
  expect(planted.filter((check) => !isNamed(monitor, check))).toEqual([]);
  const allowed = new Set([...planted, ...delivered, 'stale-statistics']);
  expect(foundIn(monitor).filter((check) => !allowed.has(check))).toEqual([]);
  const plain = await later(primary, 'plain');
  expect(planted.filter((check) => !isNamed(plain, check))).toEqual([]);
  for (const role of ['monitor', 'plain'] as const)
    expect(foundIn(await later(standby, role))).toContain('replay-paused');
});
