import { beforeAll, expect, test } from 'vitest';
import { day, hour } from '../../../src/define/finding.js';
import { checks } from '../../../src/inspect/checks/index.js';
import type { Row } from '../../../src/inspect/open-look.js';
import {
  asSuperuser,
  openSession,
  ownDatabase,
  session,
  sharedCluster,
  type TestCluster,
} from '../../support/services/postgres.js';
import { faultsOf, lookInto, remediesOf } from './looking.js';
import { factsOf, now } from './seen.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

/** Of a database that counts since a time. */
const counted = (values: Row, since = now - 10 * day): Row => ({
  database: 'orders',
  since: new Date(since),
  ...values,
});

test.each<[check: string, what: string, row: Row, severity?: string]>([
  ['temporary-files', '9 a minute', counted({ files: String(9 * 60 * 240), bytes: '1' })],
  ['temporary-files', '10 a minute', counted({ files: String(10 * 60 * 240), bytes: '1' }), 'warning'],
  ['temporary-files', '20 in the first minute', counted({ files: '20', bytes: '1' }, now - 60_000)],
  ['deadlocks', 'one', counted({ deadlocks: '1' }), 'notice'],
  ['deadlocks', '300 in an hour', counted({ deadlocks: '300' }, now - hour), 'warning'],
  ['rollbacks', '9.9 %', counted({ done: '9010', undone: '990' })],
  ['rollbacks', '10 %', counted({ done: '9000', undone: '1000' }), 'warning'],
  ['cache-hits', '98 %', counted({ hits: '980000', reads: '20000' })],
  ['cache-hits', '97.9 %', counted({ hits: '979000', reads: '21000' }), 'notice'],
  ['checksum-failures', 'one', counted({ pages: '1', last: new Date(now - hour) }), 'critical'],
])('%s, %s', (id, _what, row, severity) => {
  const faults = checks.find((check) => check.id === id)?.judge([row], factsOf());
  expect(faults?.map((fault) => fault.severity)).toEqual(severity ? [severity] : []);
});

/** The faults of a database of the test, once the server has counted what was done there. */
const countedFaults = async (database: string, check: string) => {
  const all = async () => faultsOf(await lookInto(cluster.primary, { role: 'plain', database }), check);
  await expect.poll(async () => (await all()).join()).toContain(database);
  return (await all()).filter((fault) => fault.includes(database));
};

test('transactions that lock each other out are counted', async () => {
  const database = await ownDatabase(cluster.primary);
  await asSuperuser(cluster.primary, [`ALTER DATABASE ${database} SET deadlock_timeout = '20ms'`]);
  const [one, other] = [
    await openSession(cluster.primary, 'owner', database),
    await openSession(cluster.primary, 'owner', database),
  ];
  for (const [client, key] of [
    [one, 1],
    [other, 2],
  ] as const) {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [key]);
  }
  const ended = await Promise.allSettled([
    one.query('SELECT pg_advisory_xact_lock(2)').then(() => one.query('ROLLBACK')),
    other.query('SELECT pg_advisory_xact_lock(1)').then(() => other.query('ROLLBACK')),
  ]);
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await Promise.all([one.end(), other.end()]);
  expect(await countedFaults(database, 'deadlocks')).toEqual([
    expect.stringMatching(/^notice, database: \w+, deadlocks: 1, counted for: /),
  ]);
});

test('transactions that are rolled back are counted', async () => {
  const database = await ownDatabase(cluster.primary);
  const client = await session(cluster.primary, 'owner', database);
  await client.query('BEGIN; ROLLBACK; '.repeat(1_000));
  await client.end();
  expect(await countedFaults(database, 'rollbacks')).toEqual([expect.stringMatching(/^warning, .*\(9\d(\.\d)? %\)/)]);
});

test('files that sorts write are counted, and the setting named that would keep them in memory', async () => {
  const database = await ownDatabase(cluster.primary);
  const client = await session(cluster.primary, 'owner', database);
  await client.query(`SET work_mem = '64kB'`);
  const sort = 'PERFORM count(*) FROM (SELECT g FROM generate_series(1, 4000) g ORDER BY g DESC) s;';
  await client.query(`DO $$ BEGIN FOR n IN 1..400 LOOP ${sort} END LOOP; END $$`);
  await client.end();
  expect(await countedFaults(database, 'temporary-files')).toEqual([expect.stringMatching(/^warning, .*a minute/)]);
  const report = await lookInto(cluster.primary, { database });
  expect(remediesOf(report, 'temporary-files')).toContainEqual({ parameter: 'work_mem', restart: false });
});
