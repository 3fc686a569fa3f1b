import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { hour, minute } from '../../../src/define/finding.js';
import type { ServerFacts } from '../../../src/inspect/check.js';
import { checks } from '../../../src/inspect/checks/index.js';
import type { Row } from '../../../src/inspect/open-look.js';
import { asSuperuser, sharedCluster, type TestCluster } from '../../support/services/postgres.js';
import { faultsOf, lookInto, notSeenOf, remediesOf } from './looking.js';
import { factsOf, now } from './seen.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const topics = ['replication', 'storage'] as const;
const gigabyte = 1_024 ** 3;
const standby = { object: 'orders-2', state: 'streaming', sync: 'async' };

test.each<[check: string, what: string, row: Row, severity?: string, facts?: Partial<ServerFacts>]>([
  ['standby-behind', 'a little', { ...standby, bytes: '1000', seconds: '0.02' }],
  ['standby-behind', 'far, by bytes alone', { ...standby, bytes: String(gigabyte), seconds: '0.02' }, 'warning'],
  ['standby-behind', 'half a minute', { ...standby, bytes: '1000', seconds: '31' }, 'warning'],
  ['standby-behind', 'an hour', { ...standby, bytes: '1000', seconds: '3601' }, 'critical'],
  ['standby-behind', 'hidden', { object: 'orders-2', state: null, bytes: null, seconds: null }],
  ['replay-behind', 'nothing to replay since long', { bytes: '0', since: new Date(now - hour) }],
  ['replay-behind', 'a minute', { bytes: '100', since: new Date(now - minute) }, 'warning'],
  ['replay-behind', 'by bytes', { bytes: String(gigabyte), since: new Date(now) }, 'warning'],
  ['standby-not-streaming', 'streaming', { receivers: '1', status: 'streaming' }],
  ['standby-not-streaming', 'hidden', { receivers: '1', status: null }],
  ['standby-not-streaming', 'waiting', { receivers: '1', status: 'waiting' }, 'warning'],
  ['standby-not-streaming', 'no receiver', { receivers: '0', status: null }, 'critical'],
  ['slot-keeps-wal', 'little', { object: 's', bytes: '1000' }],
  ['slot-keeps-wal', 'much', { object: 's', bytes: String(2 * gigabyte) }, 'warning'],
  ['slot-keeps-wal', 'very much', { object: 's', bytes: String(40 * gigabyte) }, 'critical'],
  ['lost-slot', 'one', { object: 's', status: 'lost' }, 'critical'],
  ['subscription-stopped', 'one', { object: 's', errors: '4' }, 'critical'],
  ['archiver-failing', 'never', { failed: '0', failure: null, success: null }],
  ['archiver-failing', 'once, and went on', { failed: '1', failure: new Date(now - hour), success: new Date(now) }],
  ['archiver-failing', 'now', { failed: '9', failure: new Date(now), success: new Date(now - hour) }, 'critical'],
  ['archiver-failing', 'from the start', { failed: '9', failure: new Date(now), success: null }, 'critical'],
  ['requested-checkpoints', 'few', { timed: '2', requested: '12' }],
  ['requested-checkpoints', 'less than half', { timed: '60', requested: '40' }],
  ['requested-checkpoints', 'more than half', { timed: '40', requested: '60' }, 'warning'],
  ['wal-directory', 'as expected', { bytes: String(gigabyte), files: '64' }],
  ['wal-directory', 'too much', { bytes: String(3 * gigabyte), files: '192' }, 'warning'],
])('%s, %s', (id, _what, row, severity, facts = {}) => {
  const settings = new Map([['max_wal_size', '1024']]);
  const faults = checks.find((check) => check.id === id)?.judge([row], factsOf({ settings, ...facts }));
  expect(faults?.map((fault) => fault.severity)).toEqual(severity ? [severity] : []);
});

test('where checkpoints are asked for before their time, twice the WAL between them is proposed', () => {
  const settings = new Map([['max_wal_size', '1024']]);
  const faults = checks.find(({ id }) => id === 'requested-checkpoints');
  expect(faults?.judge([{ timed: '40', requested: '60' }], factsOf({ settings }))).toMatchObject([
    { remedy: { parameter: 'max_wal_size', value: '2048', unit: 'MB', restart: false } },
  ]);
});

test('a slot that nobody reads is told with the statement that drops it', async () => {
  const slot = `story_${process.pid}`;
  await asSuperuser(cluster.primary, [`SELECT pg_create_physical_replication_slot('${slot}', true)`]);
  onTestFinished(() => asSuperuser(cluster.primary, [`SELECT pg_drop_replication_slot('${slot}')`]));
  for (const role of ['monitor', 'plain'] as const) {
    const report = await lookInto(cluster.primary, { role, topics });
    expect(faultsOf(report, 'inactive-slot')).toContainEqual(
      expect.stringMatching(new RegExp(`^critical, slot: ${slot} \\(physical\\), keeps: \\d`)),
    );
    expect(remediesOf(report, 'inactive-slot')).toContainEqual({
      statement: `SELECT pg_drop_replication_slot('${slot}');`,
    });
  }
});

test('a standby whose replay is paused says so, whatever its lag is', async () => {
  expect(faultsOf(await lookInto(cluster.standby, { topics }), 'replay-paused')).toEqual([]);
  await asSuperuser(cluster.standby, ['SELECT pg_wal_replay_pause()']);
  try {
    const report = await lookInto(cluster.standby, { role: 'plain', topics });
    expect(faultsOf(report, 'replay-paused')).toEqual([expect.stringMatching(/^critical, replay paused: yes/)]);
    expect(remediesOf(report, 'replay-paused')).toEqual([{ statement: 'SELECT pg_wal_replay_resume();' }]);
  } finally {
    await asSuperuser(cluster.standby, ['SELECT pg_wal_replay_resume()']);
  }
});

test('what a plain role cannot see of replication and WAL is named', async () => {
  const [primary, standby] = [
    await lookInto(cluster.primary, { role: 'plain', topics }),
    await lookInto(cluster.standby, { role: 'plain', topics }),
  ];
  const grant = 'GRANT pg_monitor TO plain;';
  expect(notSeenOf(primary, 'standby-behind')).toEqual([`How far 1 standbys are is hidden. ${grant}`]);
  expect(notSeenOf(standby, 'standby-not-streaming')).toEqual([`The state of the WAL receiver is hidden. ${grant}`]);
  expect(notSeenOf(primary, 'wal-directory')).toEqual([expect.stringMatching(/42501.*GRANT pg_monitor TO plain;$/)]);
});

test.each(['primary', 'standby'] as const)('a %s answers each check to a role with pg_monitor', async (server) => {
  const report = await lookInto(cluster[server]);
  expect(report.notSeen.filter(({ what }) => what.startsWith('PostgreSQL answered'))).toEqual([]);
  expect(report.cut).toBeUndefined();
});
