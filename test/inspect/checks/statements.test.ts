import { beforeAll, expect, test } from 'vitest';
import { checks } from '../../../src/inspect/checks/index.js';
import type { Row } from '../../../src/inspect/open-look.js';
import { asSuperuser, ownDatabase, sharedCluster, type TestCluster } from '../../support/services/postgres.js';
import { lookInto, notSeenOf } from './looking.js';
import { factsOf, now } from './seen.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const topics = ['statements'] as const;
const since = new Date(now - 100_000);
const counted = (total: number, ofAll: number, more: Row = {}): Row => ({
  queryId: '42',
  calls: '5',
  mean: 7,
  total,
  ofAll,
  query: 'SELECT $1',
  isHidden: false,
  since,
  ...more,
});

test.each<[what: string, row: Row, faults: unknown[]]>([
  ['a third of much time', counted(3_300, 10_000), [{ severity: 'warning', rawStatement: 'SELECT $1' }]],
  ['less than a third', counted(3_299, 10_000), []],
  ['all of little time', counted(4_900, 4_900), []],
  ['one that is hidden', counted(9_000, 9_000, { isHidden: true, queryId: null }), [{ severity: 'warning' }]],
])('%s', (_what, row, faults) => {
  const found = checks.find(({ id }) => id === 'top-statement')?.judge([row], factsOf());
  expect(found).toMatchObject(faults);
  expect(found).toHaveLength(faults.length);
});

test('statements of others that are hidden are named, and those that were dropped', async () => {
  const check = checks.find(({ id }) => id === 'top-statement');
  expect(check?.hidden?.([counted(1, 1, { dropped: '7' })], factsOf())?.what).toContain('dropped 7 times');
  const plain = await lookInto(cluster.primary, { role: 'plain', topics });
  expect(notSeenOf(plain, 'top-statement')).toEqual([expect.stringContaining('GRANT pg_monitor TO plain;')]);
  expect(notSeenOf(await lookInto(cluster.primary, { topics }), 'top-statement')).toEqual([]);
});

test('the extension is found in whatever schema it is, and where it is missing that is told', async () => {
  const database = await ownDatabase(cluster.primary);
  const changed = (statement: string) => asSuperuser(cluster.primary, [statement], database);
  await changed('CREATE SCHEMA "Mine""; --"');
  await changed('ALTER EXTENSION pg_stat_statements SET SCHEMA "Mine""; --"');
  const refused = await lookInto(cluster.primary, { database, topics });
  expect(notSeenOf(refused, 'top-statement')).toEqual([
    'PostgreSQL answered 42501: permission denied for schema Mine"; --. ' +
      'GRANT USAGE ON SCHEMA "Mine""; --" TO monitor;',
  ]);
  await changed('GRANT USAGE ON SCHEMA "Mine""; --" TO monitor');
  const report = await lookInto(cluster.primary, { database, topics });
  expect(report.checked).toContain('top-statement');
  await changed('DROP EXTENSION pg_stat_statements');
  const without = await lookInto(cluster.primary, { database, topics });
  expect(without.checked).not.toContain('top-statement');
  expect(notSeenOf(without, 'top-statement')).toEqual(['The extension pg_stat_statements is not in this database.']);
});
