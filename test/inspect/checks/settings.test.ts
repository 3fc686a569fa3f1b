import { beforeAll, expect, test } from 'vitest';
import { checks } from '../../../src/inspect/checks/index.js';
import { asSuperuser, ownDatabase, sharedCluster, type TestCluster } from '../../support/services/postgres.js';
import { faultsOf, lookInto, notSeenOf, remediesOf } from './looking.js';
import { factsOf } from './seen.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const topics = ['settings'] as const;

test('a setting that keeps data whole is critical when it is off', async () => {
  const database = await ownDatabase(cluster.primary);
  await asSuperuser(cluster.primary, [`ALTER DATABASE ${database} SET track_counts = off`]);
  const report = await lookInto(cluster.primary, { role: 'plain', database, topics });
  expect(report.findings[0]?.check).toBe('vital-setting-off');
  expect(faultsOf(report, 'vital-setting-off')).toEqual([
    'critical, track_counts: off, set by: database, so: autovacuum does not know what to do',
  ]);
  expect(remediesOf(report, 'vital-setting-off')).toEqual([{ parameter: 'track_counts', value: 'on', restart: false }]);
});

test('what is left as it was delivered is a notice, and nothing once it is set', async () => {
  const database = await ownDatabase(cluster.primary);
  const before = await lookInto(cluster.primary, { database, topics });
  expect(before.findings.map(({ check, severity }) => [check, severity])).toEqual([
    ['no-idle-transaction-timeout', 'notice'],
    ['random-page-cost', 'notice'],
  ]);
  await asSuperuser(cluster.primary, [
    `ALTER DATABASE ${database} SET idle_in_transaction_session_timeout = '1min'`,
    `ALTER DATABASE ${database} SET random_page_cost = 1.1`,
  ]);
  expect((await lookInto(cluster.primary, { database, topics })).findings).toEqual([]);
});

test('a change that awaits a restart is told by what the server runs with', () => {
  const check = checks.find(({ id }) => id === 'setting-awaits-restart');
  expect(check?.judge([{ name: 'shared_buffers', setting: '16384', unit: '8kB' }], factsOf())).toMatchObject([
    {
      severity: 'warning',
      evidence: [{ value: 'shared_buffers' }, { field: 'runs with', value: '16384 8kB' }],
      remedy: { restart: true },
    },
  ]);
});

test('a role without pg_monitor is not shown every setting, and says so', async () => {
  const report = await lookInto(cluster.primary, { role: 'plain', topics });
  expect(notSeenOf(report, 'setting-awaits-restart')).toEqual([
    'Some settings are kept from this role. GRANT pg_monitor TO plain;',
  ]);
});

test('an extension that is older than its library is told with the statement that brings it up to date', async () => {
  const database = await ownDatabase(cluster.primary);
  expect(faultsOf(await lookInto(cluster.primary, { database, topics }), 'outdated-extension')).toEqual([]);
  await asSuperuser(
    cluster.primary,
    ['DROP EXTENSION pg_stat_statements', `CREATE EXTENSION pg_stat_statements VERSION '1.4'`],
    database,
  );
  for (const role of ['monitor', 'plain'] as const) {
    const report = await lookInto(cluster.primary, { database, role, topics });
    expect(faultsOf(report, 'outdated-extension')).toEqual([
      expect.stringMatching(/^notice, extension: pg_stat_statements, installed: 1\.4, on the server: 1\.\d+$/),
    ]);
    expect(remediesOf(report, 'outdated-extension')).toEqual([
      { statement: 'ALTER EXTENSION pg_stat_statements UPDATE;' },
    ]);
  }
});
