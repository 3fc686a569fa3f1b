import { beforeAll, expect, test } from 'vitest';
import { day, hour } from '../../../src/define/finding.js';
import { checks } from '../../../src/inspect/checks/index.js';
import type { Row } from '../../../src/inspect/open-look.js';
import { openSession, ownDatabase, sharedCluster, type TestCluster } from '../../support/services/postgres.js';
import { faultsOf, lookInto, notSeenOf, remediesOf } from './looking.js';
import { factsOf, now } from './seen.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const topics = ['vacuum', 'storage'] as const;

const ids = (transactions: number, multixacts = 0) => ({ object: 'orders', transactions, multixacts });
const dead = (count: number, values: Row = {}) => ({ object: 'public.orders', dead: count, live: 100_000, ...values });

test.each<[check: string, what: string, row: Row, severity?: string]>([
  ['wraparound-of-database', 'well', ids(199_000_000, 5_000)],
  ['wraparound-of-database', 'late', ids(500_000_000), 'warning'],
  ['wraparound-of-database', 'near its end', ids(1_300_000_000), 'critical'],
  ['wraparound-of-database', 'late by multixacts', ids(5, 600_000_000), 'warning'],
  ['wraparound-of-table', 'late', ids(700_000_000), 'warning'],
  ['vacuum-held-back', 'a little', { kind: 'session', object: '812', pid: 812, age: 100_000 }],
  ['vacuum-held-back', 'much', { kind: 'replication slot', object: 's', pid: null, age: 48_000_000 }, 'warning'],
  ['vacuum-held-back', 'near the end', { kind: 'prepared transaction', object: 'g', age: 600_000_000 }, 'critical'],
  ['dead-rows', 'few', dead(10_500)],
  ['dead-rows', 'many', dead(20_000), 'warning'],
  ['dead-rows', 'most', dead(200_000, { vacuumed: new Date(now - hour) }), 'critical'],
  ['dead-rows', 'vacuumed a minute ago', dead(200_000, { vacuumed: new Date(now - 60_000) })],
  ['stale-statistics', 'analysed yesterday', { object: 'public.orders', analysed: new Date(now - day) }],
  ['stale-statistics', 'long ago', { object: 'public.orders', analysed: new Date(now - 8 * day) }, 'warning'],
  ['stale-statistics', 'never', { object: 'public.orders', analysed: null }, 'warning'],
  ['long-vacuum', 'for minutes', { object: 'public.orders', since: new Date(now - hour / 2) }],
  ['long-vacuum', 'for hours', { object: 'public.orders', since: new Date(now - 2 * hour), percent: 40 }, 'notice'],
  ['autovacuum-off-for-table', 'on', { object: 'public.orders', enabled: 'true', bytes: 1 }],
  ['autovacuum-off-for-table', 'off', { object: 'public.orders', enabled: 'Off', bytes: 1 }, 'warning'],
  ['sequence-used-up', 'half', { object: 'public.s', used: '50', limit: '100' }],
  ['sequence-used-up', 'hidden or never used', { object: 'public.s', used: null, limit: '100' }],
  ['sequence-used-up', 'soon', { object: 'public.s', used: '85', limit: '100' }, 'warning'],
  ['sequence-used-up', 'now', { object: 'public.s', used: '96', limit: '100' }, 'critical'],
])('%s, %s', (id, _what, row, severity) => {
  const faults = checks.find((check) => check.id === id)?.judge([row], factsOf());
  expect(faults?.map((fault) => fault.severity)).toEqual(severity ? [severity] : []);
});

test('a table that nobody vacuums is told until it is vacuumed', async () => {
  const database = await ownDatabase(cluster.primary);
  const owner = await openSession(cluster.primary, 'owner', database);
  for (const statement of [
    'CREATE TABLE "Dead "" rows" (a int PRIMARY KEY) WITH (autovacuum_enabled = false)',
    'INSERT INTO "Dead "" rows" SELECT generate_series(1, 40000)',
    'DELETE FROM "Dead "" rows" WHERE a > 10000',
  ])
    await owner.query(statement);
  const look = async () => {
    // Before PostgreSQL 15 a session tells what it did when it does the next thing.
    await owner.query('SELECT 1');
    return lookInto(cluster.primary, { role: 'plain', database, topics, facts: { countedSince: Date.now() - day } });
  };
  await expect.poll(async () => faultsOf(await look(), 'dead-rows').length).toBe(1);
  const report = await look();
  const table = 'public."Dead "" rows"';
  expect(faultsOf(report, 'dead-rows')).toEqual([
    `critical, table: ${table}, dead rows: 30000 (75 %), last vacuum: none is counted, autovacuum: off for this table`,
  ]);
  expect(remediesOf(report, 'dead-rows')).toEqual([{ statement: `VACUUM (ANALYZE) ${table};` }]);
  expect(faultsOf(report, 'stale-statistics')).toHaveLength(1);
  expect(remediesOf(report, 'autovacuum-off-for-table')).toEqual([
    { statement: `ALTER TABLE ${table} RESET (autovacuum_enabled);` },
  ]);
  await owner.query(`VACUUM (ANALYZE) ${table}`);
  await owner.query(`ALTER TABLE ${table} RESET (autovacuum_enabled)`);
  await expect.poll(async () => faultsOf(await look(), 'dead-rows')).toEqual([]);
  const after = await look();
  for (const check of ['stale-statistics', 'autovacuum-off-for-table']) expect(faultsOf(after, check)).toEqual([]);
});

test('what is counted since a moment ago is no proof that all is well', async () => {
  const report = await lookInto(cluster.primary, { topics, facts: { countedSince: Date.now() - 60_000 } });
  expect(notSeenOf(report, 'dead-rows')).toEqual([
    expect.stringMatching(/^It is counted only for \d+ seconds, and 60 minutes are needed to judge it\.$/),
  ]);
});

test('a sequence is judged by its column, and one that the role may not read is named', async () => {
  const database = await ownDatabase(cluster.primary);
  const owner = await openSession(cluster.primary, 'owner', database);
  for (const statement of [
    'CREATE TABLE orders (id serial)',
    'ALTER SEQUENCE orders_id_seq AS bigint',
    "SELECT setval('orders_id_seq', 2061584302)",
    'CREATE SEQUENCE "well; --"',
  ])
    await owner.query(statement);
  const look = (role: 'monitor' | 'owner') => lookInto(cluster.primary, { role, database, topics });
  const hidden = await look('monitor');
  const grant = 'GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO monitor;';
  expect(faultsOf(hidden, 'sequence-used-up')).toEqual([]);
  expect(notSeenOf(hidden, 'sequence-used-up')).toEqual([`How far 2 sequences are is hidden. ${grant}`]);
  await owner.query('GRANT SELECT ON SEQUENCE orders_id_seq TO monitor');
  const one = await look('monitor');
  expect(notSeenOf(one, 'sequence-used-up')).toEqual([
    'How far 1 sequences are is hidden. GRANT SELECT ON SEQUENCE public."well; --" TO monitor;',
  ]);
  await owner.query(grant);
  const seen = await look('monitor');
  expect(notSeenOf(seen, 'sequence-used-up')).toEqual([]);
  expect(faultsOf(seen, 'sequence-used-up')).toEqual([
    'critical, sequence: public.orders_id_seq, column: public.orders.id, given: 2061584302 of 2147483647 (96 %)',
  ]);
  expect(remediesOf(seen, 'sequence-used-up')).toEqual([
    { statement: 'ALTER TABLE public.orders ALTER COLUMN id TYPE bigint;' },
  ]);
});
