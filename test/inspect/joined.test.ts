import { beforeAll, describe, expect, test } from 'vitest';
import { type BothSides, causesOf } from '../../src/fleet/rules/joins.js';
import type { LookReport, ShownFault } from '../../src/inspect/check.js';
import { timesIn } from '../../src/values/time-text.js';
import { openSession, sharedCluster, type TestCluster } from '../support/services/postgres.js';
import { lookingAt } from './tools/looking.js';

const timeText = timesIn('UTC');
const time = Date.parse('2026-11-28T02:10:00Z');

const reportOf = (faults: Record<string, Partial<ShownFault>[]>): LookReport => ({
  findings: Object.entries(faults).map(([check, each]) => ({
    check,
    topic: 'locks',
    severity: 'critical',
    title: '',
    meaning: '',
    thresholds: [],
    more: 0,
    faults: each.map((fault) => ({ severity: 'critical', evidence: [], facts: {}, ...fault })),
  })),
  notSeen: [],
  checked: [],
});

const finding = (rule: string, field: string, value: string): BothSides['findings'][number] => ({
  rule,
  topic: 'capacity',
  severity: 'warning',
  reference: 'nhn:1',
  name: 'orders',
  title: '',
  evidence: [{ field, value }],
  meaning: '',
});

const parameterEvent: BothSides['events'][number] = {
  time: '2026-11-28T01:55:00Z',
  provider: 'nhn',
  kind: 'event',
  category: 'PARAMETER_GROUP',
  text: 'Parameter group changed',
  by: 'kim@ops.example',
};

interface Row {
  inside: Record<string, Partial<ShownFault>[]>;
  cloud?: Partial<BothSides>;
  says?: string;
}

const session = { pid: 812, login: 'app', application: 'app' };

describe('a cause inside is one sentence with what the cloud shows', () => {
  test.each<[string, Row]>([
    [
      'an idle transaction that blocks',
      {
        inside: {
          'blocked-sessions': [{ facts: { ...session, blocks: Array.from({ length: 14 }, (_, i) => i), since: time } }],
          'idle-in-transaction': [{ facts: { ...session, xminAge: 48_000_000 } }],
        },
        cloud: { storageUsedPercent: 91, events: [parameterEvent] },
        says:
          'Writes wait since 2026-11-28T02:10:00Z: pid 812 (app) is idle in its transaction and blocks 14; it also ' +
          'holds back vacuum (xmin age 48 M); parameter group changed 2026-11-28T01:55:00Z by kim@ops.example; ' +
          'disk 91 %.',
      },
    ],
    [
      'a dead slot while the disk fills',
      {
        inside: { 'inactive-slot': [{ facts: { object: 'old_standby', bytes: 40 * 2 ** 30, since: time } }] },
        cloud: { storageUsedPercent: 88 },
        says:
          'The disk fills: the slot old_standby, which nobody reads since 2026-11-28T02:10:00Z, keeps 40.0 GB ' +
          'of WAL; disk 88 %.',
      },
    ],
    ['a dead slot on an empty disk', { inside: { 'inactive-slot': [{ facts: { object: 'old', bytes: 1 } }] } }],
    [
      'an archiver that fails while backups are old',
      {
        inside: { 'archiver-failing': [{ evidence: [{ field: 'failed', value: '12 times' }] }] },
        cloud: { findings: [finding('backup-overdue', 'newest', '3 days ago')] },
        says:
          'Nothing later than the last backup can be restored: newest 3 days ago; ' +
          'archiving fails (failed 12 times).',
      },
    ],
    ['an archiver that fails while backups are new', { inside: { 'archiver-failing': [{}] } }],
    [
      'a failover',
      {
        inside: {},
        cloud: { findings: [finding('failover-happened', 'event', 'failed over at 02:10')], startedAt: time },
        says:
          'Sessions were lost by a failover: event failed over at 02:10; ' +
          'this server runs since 2026-11-28T02:10:00Z.',
      },
    ],
  ])('%s', (_, { inside, cloud, says }) => {
    const both = { inside: reportOf(inside), startedAt: 0, findings: [], events: [], timeText, ...cloud };
    expect(causesOf(both).map(({ text }) => text)).toEqual(says === undefined ? [] : [says]);
  });
});

describe('the diagnosis of an instance', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await sharedCluster();
  });

  const looking = (env: Record<string, string> = {}) => lookingAt(cluster, 'monitor', { env });

  test('has what was found inside, and leaves a line on the audit record', async () => {
    const root = await openSession(cluster.primary, 'owner');
    await root.query('BEGIN');
    const { call, sandboxAudit } = await looking();
    const { text, data } = await call('fleet_diagnose_instance', { instance: 'orders-primary' });
    expect(text).toMatch(/\ninside: PostgreSQL \d+\.\d+, no standby, database postgres, seen as monitor: \d+ checks\./);
    expect(data['inside']).toMatchObject([{ role: 'monitor' }]);
    expect(sandboxAudit()).toMatchObject([
      { event: 'look', tool: 'inspect_database', through: 'fleet_diagnose_instance' },
    ]);
  });

  test('says what a look would add where there is no connection, and how to allow it', async () => {
    const { call } = await looking();
    const { text, data } = await call('fleet_diagnose_instance', { instance: 'analytics' });
    expect(text).toContain('no connection is configured for it: write databases "nhn:analytics"');
    expect(data['inside']).toMatchObject([{ notSeen: expect.stringContaining('no connection') }]);
  });
});
