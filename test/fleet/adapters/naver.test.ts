import { describe, expect, test } from 'vitest';
import { type Scenario, scenarios } from '../../../src/emulator/core/world.js';
import { remedies } from '../../../src/fleet/adapter.js';
import { naverAdapter } from '../../../src/fleet/adapters/naver.js';
import type { ProviderInstance } from '../../../src/fleet/instance.js';
import { always, checkStep, failing, failuresIn, inFleet, listedBy, observedIn, readerOn } from '../reader.js';

const start = Date.parse('2026-03-10T06:00:00Z');
const inScenario = (scenario?: Scenario) => readerOn('naver', { scenario, start });

const named = (instances: readonly ProviderInstance[], name: string): ProviderInstance => {
  const found = instances.find((instance) => instance.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};

test('two reads list all instances, and the list tells as much as each instance itself', async () => {
  const { read, asked } = await inScenario();
  const listed = await naverAdapter.list(read);
  expect(asked.toSorted()).toEqual(['naver_list_backups', 'naver_list_instances']);
  expect(listed.map(({ name }) => name)).toEqual([
    'shop-orders',
    'stats-batch',
    'partner-portal',
    'billing-legacy',
    'event-archive',
  ]);
  for (const instance of listed) expect(await naverAdapter.get(instance.id, read, Date.now())).toEqual(instance);
});

test('a record has what the provider tells, and nothing else', async () => {
  const { read } = await inScenario();
  const listed = await naverAdapter.list(read);
  expect(named(listed, 'partner-portal')).toEqual({
    id: '1235544',
    name: 'partner-portal',
    engineVersion: '17.7',
    role: 'primary',
    state: 'available',
    providerState: 'running',
    highAvailability: { enabled: true, state: 'running' },
    endpoints: [
      { address: 'pg-1234151.vpc-pg.example', port: 15432, isPublic: false },
      { address: 'pg-1234151.vpc-pub.example', port: 15432, isPublic: true },
    ],
    publicAccess: true,
    storage: { gigabytes: 50, usedPercent: 28 },
    backups: { enabled: true, retentionDays: 3, newest: '2026-03-09T18:40:00.000Z' },
    created: '2025-12-04T06:00:00.000Z',
  });
  expect(named(listed, 'stats-batch')).toMatchObject({
    highAvailability: { enabled: false },
    backups: { enabled: false, newest: undefined },
    publicAccess: false,
  });
});

const stories: [Scenario, string, Partial<ProviderInstance>][] = [
  ['normal', 'billing-legacy', { state: 'available', engineVersion: '13.3' }],
  ['quiet', 'billing-legacy', { state: 'available', engineVersion: '17.7', publicAccess: false }],
  ['storage-full', 'event-archive', { state: 'available', storage: { gigabytes: 300, usedPercent: 98 } }],
  [
    'failover',
    'shop-orders',
    {
      state: 'degraded',
      providerState: 'running, orders-001 recovering',
      progress: 'orders-001 recovering',
      highAvailability: { enabled: true, state: 'recovering' },
    },
  ],
  // No answer of this provider shows the delay.
  ['replication-delay', 'shop-orders', { state: 'available' }],
];

test.each(stories)('in scenario %s, %s is told as it is', async (scenario, name, story) => {
  const { read } = await inScenario(scenario);
  expect(named(await naverAdapter.list(read), name)).toMatchObject(story);
});

test.each(scenarios)('in scenario %s, all that can be looked at is seen', async (scenario) => {
  const { read, emulator } = await inScenario(scenario);
  for (const instance of await naverAdapter.list(read)) {
    const seen = await naverAdapter.observe(instance, emulator.world.now(), read);
    const isOpen = scenario !== 'quiet' && instance.name === 'partner-portal';
    expect(seen.instance).toMatchObject(instance);
    expect(failuresIn(seen)).toEqual([]);
    expect(seen.exposures).toEqual(
      isOpen
        ? [
            {
              kind: 'user',
              address: '0.0.0.0/0',
              detail: 'partner_api',
              source: 'cloudPostgresqlUserList[].clientCidr',
            },
          ]
        : [],
    );
  }
});

const server = (code: string, status: string) => ({
  cloudPostgresqlServerName: `x-${code}`,
  cloudPostgresqlServerRole: { code },
  cloudPostgresqlServerInstanceStatusName: status,
});

const row = (word: string | undefined, servers: unknown = [], operation = 'NULL') => ({
  cloudPostgresqlInstanceList: [
    {
      cloudPostgresqlInstanceNo: 7,
      cloudPostgresqlInstanceStatusName: word,
      cloudPostgresqlInstanceStatus: { code: 'CREAT' },
      cloudPostgresqlInstanceOperation: { code: operation },
      cloudPostgresqlServerInstanceList: servers,
    },
  ],
});

test.each([
  ['settingUp', row('settingUp'), { state: 'changing', progress: 'settingUp' }],
  ['an operation', row('running', [], 'SETUP'), { state: 'changing', progress: 'SETUP' }],
  ['stopped', row('stopped'), { state: 'stopped' }],
  ['recovering', row('recovering'), { state: 'degraded' }],
  ['no servers', row('running'), { state: 'unknown', providerState: 'running, no servers', progress: undefined }],
  ['a new instance without servers', row('creating'), { state: 'changing', providerState: 'creating' }],
  [
    'a secondary',
    row('running', [server('M', 'running'), server('H', 'recovering')]),
    { state: 'degraded', highAvailability: { enabled: true, state: 'recovering' } },
  ],
  ['no server up', row('running', [server('M', 'stopped'), server('H', 'recovering')]), { state: 'failed' }],
  ['a primary down', row('running', [server('M', 'recovering'), server('H', 'running')]), { state: 'degraded' }],
  ['a replica alone down', row('running', [server('S', 'stopped')]), { state: 'degraded' }],
  ['a new word', row('levitating'), { state: 'unknown', providerState: 'levitating' }],
  ['no word but codes', row(undefined, [server('M', 'running')]), { state: 'available', providerState: 'CREAT' }],
  ['a replica under way', row('running', [server('M', 'running'), server('S', 'creating')]), { state: 'changing' }],
  ['a stopped replica', row('running', [server('M', 'running'), server('S', 'stopped')]), { state: 'degraded' }],
  ['a replica alone', row('running', [server('S', 'running')]), { state: 'available', role: undefined }],
])('the state by %s', async (_, answer, expected) => {
  expect(await naverAdapter.get('7', always(answer), Date.now())).toMatchObject({ id: '7', name: '7', ...expected });
});

test('an instance that is gone is listed no more', async () => {
  expect(await naverAdapter.list(always(row('deleted')))).toEqual([]);
});

test('where one answer does not hold all, the pages are read to their end, wherever they begin', async () => {
  for (const firstPage of [0, 1]) {
    const rows = Array.from({ length: 250 }, (_, index) => ({ cloudPostgresqlInstanceNo: String(index + 1) }));
    const pages: unknown[] = [];
    const instances = await naverAdapter.list(async (tool, { pageNo, pageSize = 20 } = {}) => {
      if (tool !== 'naver_list_instances') return {};
      pages.push(pageNo);
      const begin = Math.max(0, Number(pageNo ?? firstPage) - firstPage) * Number(pageSize);
      return {
        totalRows: String(rows.length),
        cloudPostgresqlInstanceList: rows.slice(begin, begin + Number(pageSize)),
      };
    });
    expect(instances).toHaveLength(250);
    expect(pages.length).toBeLessThan(6);
  }
});

describe('nonsense', () => {
  const list = 'cloudPostgresqlInstanceList';
  const strange = { cloudPostgresqlInstanceNo: '1', engineVersion: {}, cloudPostgresqlServerInstanceList: [null, 3] };
  test.each([
    ['an empty object', {}],
    ['null', null],
    ['a text', 'maintenance'],
    ['a list that is none', { [list]: 'x', cloudPostgresqlUserList: 3, totalRows: 'many' }],
    ['rows that are none', { [list]: [null, 1, [], {}], cloudPostgresqlUserList: [null, { clientCidr: {} }] }],
    ['fields of other types', { [list]: [{ ...strange, isHa: 'yes', createDate: 5, cloudPostgresqlPort: 'x' }] }],
    ['endless rows', { [list]: [strange], totalRows: 1e9 }],
  ])('%s makes a record without crash', async (_, answer) => {
    const read = always(answer);
    await listedBy(naverAdapter, read);
    const record = await naverAdapter.get('1', read, Date.now());
    expect(record).toMatchObject({ id: '1', state: 'unknown', providerState: 'none given' });
    const seen = await naverAdapter.observe(record, start, read);
    // A list that is not there is told, and never taken for an empty one.
    const told = failuresIn(seen).map(({ what, why }) => `${what}: ${why}`);
    const missing = 'users: The answer has no list cloudPostgresqlUserList.';
    expect([seen.exposures, told]).toEqual(seen.exposures ? [[], []] : [undefined, [missing]]);
  });
});

test('a read that fails is told as unavailable, and takes nothing else along', async () => {
  const { read } = await inScenario();
  const broken = failing(read, 'naver_list_db_users', 'naver_list_backup_details', 'naver_list_backups');
  const [instance] = await naverAdapter.list(broken);
  if (!instance) throw new Error('Nothing is listed.');
  expect(await naverAdapter.get(instance.id, broken, Date.now())).toEqual(instance);
  const seen = await naverAdapter.observe(instance, start, broken);
  expect(seen.exposures).toBeUndefined();
  expect(failuresIn(seen)).toEqual([
    { what: 'users', why: 'It is broken.' },
    { what: 'newest backup', why: 'It is broken.' },
  ]);
  const mended = await naverAdapter.observe(instance, start, read);
  expect(mended.instance.backups?.newest).toBe('2026-03-09T17:10:00.000Z');
});

test.each(['naver_list_backups', 'naver_list_backup_details'])(
  'where %s cannot be read, what the other list shows counts, and that is told',
  async (list) => {
    const { read } = await inScenario();
    const [instance] = await naverAdapter.list(read);
    if (!instance) throw new Error('Nothing is listed.');
    const seen = await naverAdapter.observe(instance, start, failing(read, list));
    expect(seen.instance.backups?.newest).toBeDefined();
    expect(failuresIn(seen)).toEqual([{ what: 'newest backup', why: 'It is broken.' }]);
  },
);

test('every step is a call that its tool takes', async () => {
  const { read } = await inScenario();
  const [instance] = await naverAdapter.list(read);
  if (!instance) throw new Error('Nothing is listed.');
  const seen = await naverAdapter.observe(instance, start, read);
  const observed = observedIn('naver', seen, { related: [], now: start });
  const steps = remedies.flatMap((remedy) => naverAdapter.step(remedy, inFleet('naver', instance), observed) ?? []);
  expect([...new Set(steps.map(({ tool }) => tool))].toSorted()).toEqual([
    'naver_get_instance',
    'naver_list_db_users',
    'naver_list_image_products',
  ]);
  for (const step of steps) await checkStep('naver', step);
});
