import { expect, test } from 'vitest';
import type { Read } from '../../../src/fleet/adapter.js';
import { jobsOf } from '../../../src/fleet/adapters/nhn/events.js';
import { linksOf, recordOf } from '../../../src/fleet/adapters/nhn/instance.js';
import { nhnAdapter as adapter } from '../../../src/fleet/adapters/nhn.js';
import type { ProviderEvent } from '../../../src/fleet/instance.js';
import { type Values } from '../../../src/values/values.js';
import { always, listedBy } from '../reader.js';

const hour = 3_600_000;

test('where English is missing or empty, another language speaks', async () => {
  const messages = [
    { langCode: 'EN', message: ' ' },
    { langCode: 'KO', message: '백업이 삭제되었습니다.' },
  ];
  const rows = [{ eventCategoryType: 'INSTANCE', sourceId: 'a', messages, eventYmdt: '2026-03-20T16:31:59+09:00' }, {}];
  const events = await adapter.events?.(
    { from: '2026-03-20T00:00:00Z', to: '2026-03-21T00:00:00Z' },
    always({ events: rows }),
  );
  expect(events).toMatchObject([{ time: '2026-03-20T07:31:59.000Z', instanceId: 'a', text: '백업이 삭제되었습니다.' }]);
});

test('tasks that failed, or run for more than an hour, are told from events', () => {
  const now = Date.parse('2026-03-20T12:00:00Z');
  const event = (code: string, hoursAgo: number): ProviderEvent => ({
    time: new Date(now - hoursAgo * hour).toISOString(),
    kind: 'event',
    category: 'DB_INSTANCE',
    text: code,
    code,
  });
  const handles = (events: ProviderEvent[], progress?: string) =>
    jobsOf(events, progress, now).map((job) => `${'name' in job ? job.name : job.id} ${job.state}`);
  const growing = event('DB_INSTANCE_13_00', 2);
  expect(handles([growing], 'MODIFYING')).toEqual(['DB_INSTANCE_13_00 running']);
  expect(handles([growing])).toEqual([]);
  expect(handles([event('DB_INSTANCE_13_00', 0.5)], 'MODIFYING')).toEqual([]);
  expect(handles([event('DB_INSTANCE_13_01', 1), growing], 'MODIFYING')).toEqual([]);
  expect(handles([event('DB_INSTANCE_13_04', 1), growing])).toEqual(['DB_INSTANCE_13_04 failed']);
  expect(handles([event('DB_INSTANCE_35_00', 5)], 'BACKING_UP')).toEqual([]);
});

test.each([
  ['AVAILABLE', 'NONE', 'available'],
  ['AVAILABLE', 'BACKING_UP', 'changing'],
  ['STORAGE_FULL', 'MODIFYING', 'changing'],
  ['FAIL_TO_CONNECT', 'NONE', 'failed'],
  ['REPLICATION_STOP', undefined, 'degraded'],
  ['BEFORE_CREATE', 'CREATING', 'changing'],
  ['STORAGE_CREATING', 'NONE', 'changing'],
  ['AVAILABLE', 'WAIT_MANUAL_CONTROL', 'degraded'],
  ['FAIL_TO_CONNECT', 'WAIT_MANUAL_CONTROL', 'failed'],
  ['A_NEW_WORD', 'NONE', 'unknown'],
  [undefined, null, 'unknown'],
])('%s while %s is %s', (dbInstanceStatus, progressStatus, state) => {
  expect(recordOf({ dbInstanceStatus, progressStatus }, 'a').state).toBe(state);
});

test.each([
  ['POSTGRESQL_V17_6', '17.6'],
  ['POSTGRESQL_V17_10', '17.10'],
  ['POSTGRESQL_V146', '14.6'],
  ['something else', undefined],
])('%s is version %s', (dbVersion, version) => {
  expect(recordOf({ dbVersion }, 'a').engineVersion).toBe(version);
});

test('a group without a primary links nobody', () => {
  expect(linksOf(recordOf({ dbInstanceType: 'READ_ONLY_SLAVE' }, 'a'), [{ dbInstanceId: 'a' }])).toEqual({});
});

const junk: unknown = { a: [null, 1, 'x', [], {}], b: null };
const nonsense: [string, unknown][] = [
  ['nothing', {}],
  ['null', null],
  ['a text', 'text'],
  ['lists of anything', { dbInstances: [null, 5, {}, []], hbaRules: 'x', metricStatistics: [junk], events: [junk] }],
  [
    'wrong types',
    {
      dbInstances: [{ dbInstanceId: 'a', dbInstanceName: {}, dbVersion: 7, createdYmdt: 'soon', dbInstanceGroupId: 1 }],
      dbInstanceStatus: 5,
      dbSecurityGroupIds: [{}],
      rules: [{ cidr: 4, port: 'x' }],
      hbaRules: [{ address: null, authMethod: 7 }],
      metricStatistics: [{ metricName: 'CPU_USAGE', values: [['x'], null, { timestamp: {}, value: [] }] }],
      backups: [{ backupStatus: 'COMPLETED', completedYmdt: 'yesterday' }],
      endPoints: { domain: 1 },
      storageSize: 'much',
      totalCounts: 'many',
      events: [{ eventYmdt: '2026-03-20T16:31:59+09:00', eventCode: 5, messages: 'x' }],
    },
  ],
];

test.each(nonsense)('%s as an answer breaks nothing', async (_, answer) => {
  const read = always(answer);
  for (const each of await listedBy(adapter, read)) expect(each.state).toBe('unknown');
  const instance = await adapter.get('a', read, Date.now());
  expect(instance).toMatchObject({ id: 'a', name: 'a', state: 'unknown' });
  const seen = await adapter.observe(instance, Date.parse('2026-03-20T12:00:00Z'), read);
  expect(seen.cpuPercent).toBeUndefined();
  expect(seen.jobs ?? []).toEqual([]);
});

test('points also come as objects', async () => {
  const values = [
    { timestamp: 1_679_298_600, value: '93.5' },
    { timestamp: 1_679_298_540, value: 92 },
  ];
  const answers: Record<string, Values> = {
    nhn_get_metric_statistics: { metricStatistics: [{ metricName: 'STORAGE_USAGE', values }] },
  };
  const read: Read = async (tool) => answers[tool] ?? {};
  const seen = await adapter.observe(recordOf({}, 'a'), 1_679_298_600_000, read);
  expect(seen.storageUsedPercent?.points).toEqual([
    [1_679_298_540_000, 92],
    [1_679_298_600_000, 93.5],
  ]);
});
