import { beforeAll, expect, test } from 'vitest';
import { day } from '../../../src/define/finding.js';
import {
  asSuperuser,
  openSession,
  ownDatabase,
  sharedCluster,
  type TestCluster,
} from '../../support/services/postgres.js';
import { faultsOf, lookInto, notSeenOf, remediesOf } from './looking.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

async function planted(statements: readonly string[]) {
  const database = await ownDatabase(cluster.primary);
  const owner = await openSession(cluster.primary, 'owner', database);
  for (const statement of statements) await owner.query(statement);
  return { database, owner };
}

const topics = ['indexes'] as const;

test('an index whose build failed is told with the way to build it anew', async () => {
  const { database, owner } = await planted([
    'CREATE TABLE "Ünïque" (a int PRIMARY KEY, b int)',
    'INSERT INTO "Ünïque" VALUES (1, 1), (2, 1)',
  ]);
  const building = owner.query('CREATE UNIQUE INDEX CONCURRENTLY "b""; --" ON "Ünïque" (b)');
  await expect(building).rejects.toThrow('could not create unique index');
  for (const role of ['monitor', 'plain'] as const) {
    const report = await lookInto(cluster.primary, { role, database, topics });
    expect(faultsOf(report, 'invalid-index')).toEqual([
      expect.stringMatching(/^warning, index: public\."b""; --", table: public\."Ünïque", size: /),
    ]);
    expect(remediesOf(report, 'invalid-index')).toEqual([
      // PostgreSQL 11 builds no index anew beside the one in use.
      { statement: expect.stringMatching(/^(?:REINDEX|DROP) INDEX CONCURRENTLY public\."b""; --";/) },
    ]);
  }
});

test('an index that is being built is no fault', async () => {
  const { database, owner } = await planted(['CREATE TABLE t (a int PRIMARY KEY, b int)']);
  const holder = await openSession(cluster.primary, 'owner', database);
  await holder.query('BEGIN');
  await holder.query('INSERT INTO t VALUES (1, 1)');
  const building = owner.query('CREATE INDEX CONCURRENTLY b ON t (b)');
  const waiting = `SELECT count(*)::int AS count FROM pg_index WHERE NOT indisvalid`;
  await expect.poll(async () => (await holder.query(waiting)).rows[0].count).toBe(1);
  const report = await lookInto(cluster.primary, { role: 'plain', database, topics });
  await holder.query('COMMIT');
  await building;
  expect(faultsOf(report, 'invalid-index')).toEqual([]);
});

test('an index that nobody used for long is told, and no short time', async () => {
  const { database } = await planted([
    'CREATE TABLE t (a int PRIMARY KEY, b int)',
    'INSERT INTO t SELECT n, n FROM generate_series(1, 60000) n',
    'CREATE INDEX b ON t (b)',
  ]);
  const looked = (countedSince: number) => lookInto(cluster.primary, { database, topics, facts: { countedSince } });
  const long = await looked(Date.now() - 31 * day);
  expect(faultsOf(long, 'unused-index')).toEqual([
    expect.stringMatching(/^notice, index: public\.b, table: public\.t, not used for: 31 days, size: /),
  ]);
  expect(remediesOf(long, 'unused-index')).toEqual([{ statement: 'DROP INDEX CONCURRENTLY public.b;' }]);
  expect(notSeenOf(long, 'unused-index')).toEqual([expect.stringContaining('whether a standby uses them')]);
  const short = await looked(Date.now() - 2 * day);
  expect(faultsOf(short, 'unused-index')).toEqual([]);
  expect(notSeenOf(short, 'unused-index')).toEqual([
    'Use of indexes is counted for 2 days only, and 30 days would tell.',
  ]);
});

test('of two indexes that are the same, the one without a constraint can go', async () => {
  const { database } = await planted([
    'CREATE TABLE t (a int PRIMARY KEY, b text, c int)',
    'CREATE INDEX second ON t (a)',
    'CREATE INDEX other_order ON t (a DESC)',
    'CREATE INDEX other_column ON t (b)',
    'CREATE INDEX other_operators ON t (b text_pattern_ops)',
    'CREATE INDEX some_rows ON t (c) WHERE c > 0',
    'CREATE INDEX other_rows ON t (c) WHERE c > 1',
    'CREATE INDEX including ON t (b) INCLUDE (c)',
  ]);
  const report = await lookInto(cluster.primary, { database, topics });
  expect(faultsOf(report, 'duplicate-index')).toEqual([
    'notice, index: public.second, the same as: public.t_pkey, table: public.t, size: 8 kB',
  ]);
  expect(remediesOf(report, 'duplicate-index')).toEqual([{ statement: 'DROP INDEX CONCURRENTLY public.second;' }]);
});

test('a foreign key without an index is told, whatever the order of its columns', async () => {
  const { database } = await planted([
    'CREATE TABLE t (a int, b int, PRIMARY KEY (a, b))',
    'CREATE TABLE bare (id int PRIMARY KEY, x int, "Y" int, CONSTRAINT "to t" FOREIGN KEY (x, "Y") REFERENCES t)',
    'CREATE TABLE well (id int PRIMARY KEY, x int, y int, z int, FOREIGN KEY (x, y) REFERENCES t)',
    'CREATE INDEX ON well (y, x, z)',
    'CREATE TABLE behind (id int PRIMARY KEY, x int, y int, z int, FOREIGN KEY (x, y) REFERENCES t)',
    'CREATE INDEX ON behind (z, x, y)',
  ]);
  const report = await lookInto(cluster.primary, { role: 'plain', database, topics });
  expect(faultsOf(report, 'unindexed-foreign-key')).toEqual([
    'notice, table: public.bare, foreign key: to t, points to: public.t, size: 0 B',
    expect.stringContaining('table: public.behind'),
  ]);
  expect(remediesOf(report, 'unindexed-foreign-key')).toContainEqual({
    statement: 'CREATE INDEX CONCURRENTLY ON public.bare (x, "Y");',
  });
});

test('a table without a primary key is told, and no partition of one', async () => {
  const { database } = await planted([
    'CREATE TABLE bare (a int)',
    'CREATE TABLE parts (a int) PARTITION BY LIST (a)',
    'CREATE TABLE part PARTITION OF parts FOR VALUES IN (1)',
    'CREATE TEMPORARY TABLE short (a int)',
  ]);
  const report = await lookInto(cluster.primary, { role: 'plain', database, topics });
  expect(faultsOf(report, 'no-primary-key')).toEqual([
    'notice, table: public.bare, size: 0 B',
    'notice, table: public.parts, size: 0 B',
  ]);
});

test('texts that are sorted otherwise than before are told', async () => {
  const { database } = await planted([
    `CREATE COLLATION sorted (provider = icu, locale = 'de')`,
    'CREATE TABLE t (a text COLLATE sorted PRIMARY KEY)',
  ]);
  const versioned = (version: string) =>
    asSuperuser(
      cluster.primary,
      [`UPDATE pg_collation SET collversion = '${version}' WHERE collname = 'sorted'`],
      database,
    );
  const looked = () => lookInto(cluster.primary, { role: 'plain', database, topics });
  expect(faultsOf(await looked(), 'collation-mismatch')).toEqual([]);
  await versioned('1.2');
  expect(faultsOf(await looked(), 'collation-mismatch')).toEqual([
    expect.stringMatching(/^warning, collation: public\.sorted, built with: 1\.2, now is: \d/),
  ]);
});

test('a table that somebody has to himself keeps no check waiting, and its size is as it was last told', async () => {
  const { database, owner } = await planted([
    'CREATE TABLE held (a serial, b int)',
    'CREATE INDEX one ON held (b)',
    'CREATE INDEX two ON held (b)',
    'GRANT SELECT ON SEQUENCE held_a_seq TO monitor',
  ]);
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE held');
  await owner.query('DROP SEQUENCE held_a_seq CASCADE');
  const report = await lookInto(cluster.primary, { database, topics: ['indexes', 'storage'] });
  expect(faultsOf(report, 'duplicate-index')).toHaveLength(1);
  expect(faultsOf(report, 'no-primary-key')).toEqual(['notice, table: public.held, size: 0 B']);
  for (const check of ofTables) expect(notSeenOf(report, check)).toEqual([]);
  expect(report.checked).toEqual(expect.arrayContaining([...ofTables]));
  expect(notSeenOf(report, 'sequence-used-up')).toEqual(['What a sequence has given that is locked was not asked.']);
  await owner.query('ROLLBACK');
});

const ofTables = ['duplicate-index', 'unindexed-foreign-key', 'no-primary-key', 'invalid-index'] as const;

test('of very many tables the largest are looked at, which is said', async () => {
  const facts = { hasMany: { tables: true, sequences: true } };
  const report = await lookInto(cluster.primary, { topics: ['indexes', 'storage'], facts });
  const some = report.notSeen.filter(({ what }) => what.startsWith('There are very many'));
  expect(some.map(({ check, what }) => `${check}: ${what}`).toSorted()).toEqual([
    'duplicate-index: There are very many, so that only the 2,000 largest tables were looked at.',
    'no-primary-key: There are very many, so that only the 2,000 largest tables were looked at.',
    'sequence-used-up: There are very many, so that only the 2,000 oldest sequences were looked at.',
    'unindexed-foreign-key: There are very many, so that only the 2,000 largest tables were looked at.',
  ]);
});
