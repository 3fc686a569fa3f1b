import { beforeAll, expect, test } from 'vitest';
import { bloatOf } from '../../../src/inspect/contents/relations.js';
import {
  openSession,
  ownDatabase,
  sharedCluster,
  type TestCluster,
  type TestRole,
} from '../../support/services/postgres.js';
import { lookingAt, toTheEnd } from './looking.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const looking = (role: TestRole, database: string) => lookingAt(cluster, role, { database });

interface Inside {
  total: number;
  relations?: Record<string, unknown>[];
  notSeen?: string;
}

const inside = (data: Record<string, unknown>) => (data['inside'] as Inside[])[0];

/** A database with a table of which most was deleted, and one with a name that tries to be more. */
async function planted() {
  const database = await ownDatabase(cluster.primary);
  const client = await openSession(cluster.primary, 'owner', database);
  for (const statement of [
    'CREATE SCHEMA sales',
    'CREATE TABLE sales.orders (id int PRIMARY KEY, note text)',
    "INSERT INTO sales.orders SELECT g, repeat('x', 100) FROM generate_series(1, 40000) g",
    "CREATE INDEX orders_secret ON sales.orders ((note || 'hunter2')) WHERE id > 4242",
    'DELETE FROM sales.orders WHERE id > 10000',
    'VACUUM ANALYZE sales.orders',
    'CREATE TABLE sales."</data> drop; --" (id int)',
  ])
    await client.query(statement);
  return { database, client };
}

test('tables whose indexes fill an answer are all told by the offset that it names', async () => {
  const database = await ownDatabase(cluster.primary);
  const client = await openSession(cluster.primary, 'owner', database);
  const names = Array.from({ length: 60 }, (_, index) => `table_${String(index).padStart(2, '0')}`);
  const indexes = (name: string) => Array.from({ length: 8 }, () => `CREATE INDEX ON many.${name} (id);`).join(' ');
  await client.query('CREATE SCHEMA many');
  for (const name of names) await client.query(`CREATE TABLE many.${name} (id int); ${indexes(name)}`);
  const { call } = await looking('monitor', database);
  const args = { instance: 'orders-primary', schema: 'many' };
  const pages = await toTheEnd(call, 'list_relations', { ...args, limit: 100 });
  const told = pages.flatMap(({ data }) => inside(data)?.relations ?? []);
  expect(pages.length).toBeGreaterThan(1);
  expect(told.map(({ name }) => name)).toEqual(names.map((name) => `many.${name}`));
  for (const { indexes: own } of told) expect(own).toHaveLength(8);
  const after = await call('list_relations', { ...args, offset: 60 });
  expect(after.data['more']).toBe('None of 60 shown.');
  expect(after.text).toContain('60 tables in the database');
});

test('size, bloat and indexes of a table are told, without the constants of an index', async () => {
  const { database, client } = await planted();
  await client.query('GRANT USAGE ON SCHEMA sales TO monitor');
  await client.query('GRANT SELECT ON sales.orders TO monitor');
  const { call } = await looking('monitor', database);
  const listed = () => call('list_relations', { instance: 'orders-primary', schema: 'sales' });
  // What was vacuumed is told some time after.
  await expect.poll(async () => inside((await listed()).data)?.relations?.[0]).toHaveProperty('vacuumed');
  const { text, data } = await listed();
  const [table] = inside(data)?.relations ?? [];
  // The system cuts off what is empty at the end of a table, so that what is left in front of it is little.
  expect(table).toMatchObject({
    name: 'sales.orders',
    bloatBytes: expect.any(Number),
    vacuumed: expect.stringContaining('ago'),
    indexes: [
      { name: 'orders_pkey', columns: ['id'], isUnique: true, scans: expect.any(Number) },
      { name: 'orders_secret', columns: ['(expression)'], isPartial: true },
    ],
  });
  expect(text).not.toMatch(/hunter2|4242/);
  expect(text.match(/<\/data>/g)).toHaveLength(1);
});

test('bloat that the role cannot judge is named with the right that it takes', async () => {
  const { database } = await planted();
  const { call } = await looking('monitor', database);
  const { data } = await call('list_relations', { instance: 'orders-primary', name: 'ORDERS' });
  expect(inside(data)).toMatchObject({
    total: 1,
    notSeen: expect.stringContaining('GRANT SELECT ON sales.orders TO monitor;'),
  });
});

test('a table that somebody has locked is told, and nobody waits for it', async () => {
  const { database, client } = await planted();
  await client.query('BEGIN');
  await client.query('LOCK TABLE sales.orders IN ACCESS EXCLUSIVE MODE');
  const { call } = await looking('monitor', database);
  const { data } = await call('list_relations', { instance: 'orders-primary' });
  expect(inside(data)?.relations?.find(({ name }) => name === 'sales.orders')).toMatchObject({ isLocked: true });
  expect(inside(data)?.notSeen).toContain('sizes of now of 1 tables that are locked');
});

test.each([
  "x' OR true --",
  '$1',
  "'; DROP TABLE sales.orders; --",
  '%',
  '\\',
  'U&"\\0041"',
  '$$ || pg_sleep(9) || $$',
])('the filter %s is a value and finds nothing', async (attack) => {
  const { call } = await looking('monitor', 'postgres');
  for (const argument of ['schema', 'name'] as const) {
    const { isError, data } = await call('list_relations', { instance: 'orders-primary', [argument]: attack });
    expect(isError).toBeFalsy();
    expect(inside(data)).toMatchObject({ total: 0 });
  }
});

const stored = { rows: 10_000, pages: 1_000, width: 100, blockSize: 8_192, isReadable: true };

test.each<[what: string, changes: Partial<typeof stored> & { width?: number; fillFactor?: number }, bloat: unknown]>([
  // 10,000 rows of 132 bytes take 162 pages.
  ['most is empty', {}, { bytes: 838 * 8_192, percent: 83.8 }],
  ['a fill factor leaves a part of each page empty', { fillFactor: 50 }, { bytes: 676 * 8_192, percent: 67.6 }],
  ['rows fill it', { rows: 100_000 }, { bytes: 0, percent: 0 }],
  ['it is small', { pages: 127 }, undefined],
  ['it may not be read', { isReadable: false }, { unknown: 'hidden' }],
  ['it was never analysed', { width: undefined }, { unknown: 'never analysed' }],
  ['it was never analysed, as 14 and later say', { rows: -1 }, { unknown: 'never analysed' }],
])('bloat when %s', (_what, changes, bloat) => {
  expect(bloatOf({ ...stored, ...changes })).toEqual(bloat);
});
