import { describe, expect, test } from 'vitest';
import { type Scenario, scenarios } from '../../../src/emulator/core/world.js';
import { remedies } from '../../../src/fleet/adapter.js';
import { cegedimAdapter } from '../../../src/fleet/adapters/cegedim.js';
import type { ProviderInstance } from '../../../src/fleet/instance.js';
import { ProviderError } from '../../../src/providers/provider.js';
import { always, checkStep, failing, failuresIn, inFleet, listedBy, observedIn, readerOn } from '../reader.js';

const hour = 3_600_000;
const start = Date.parse('2026-03-10T06:00:00Z');
const inScenario = (scenario?: Scenario) => readerOn('cegedim', { scenario, start });

const named = (instances: readonly ProviderInstance[], name: string): ProviderInstance => {
  const found = instances.find((instance) => instance.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};

test('the list passes over servers and other products, and reads each instance once', async () => {
  const { read, asked } = await inScenario();
  const listed = await cegedimAdapter.list(read);
  expect(listed.map(({ name }) => name)).toEqual([
    'ordersprod01',
    'ordersqa01',
    'reportsqa01',
    'billinglegacy',
    'partnerportal',
  ]);
  expect(asked).toEqual(['cegedim_list_resources', ...Array<string>(5).fill('cegedim_get_instance')]);
});

test('a record has what the provider tells, and nothing else', async () => {
  const { read } = await inScenario();
  const { id } = named(await cegedimAdapter.list(read), 'partnerportal');
  expect(await cegedimAdapter.get(id, read, Date.now())).toEqual({
    id,
    name: 'partnerportal',
    engineVersion: '14',
    state: 'available',
    providerState: 'ACTIVE',
    highAvailability: { enabled: false },
    endpoints: [{ address: 'partnerportal.cegedim.sandbox', port: 5432, isPublic: true }],
    publicAccess: true,
    storage: { gigabytes: 60, usedPercent: 36.7 },
    backups: { enabled: false, newest: '2026-01-28T01:00:00.000Z' },
    created: '2024-07-07T06:00:00.000Z',
  });
});

test('no servers is no known state, and servers that could not be read change none', async () => {
  const { read } = await inScenario();
  const { id } = named(await cegedimAdapter.list(read), 'ordersprod01');
  const bare: typeof read = async (tool, input) => (tool === 'cegedim_list_nodes' ? { items: [] } : read(tool, input));
  expect(await cegedimAdapter.get(id, bare, start)).toMatchObject({
    state: 'unknown',
    providerState: 'ACTIVE, no servers',
  });
  expect((await cegedimAdapter.get(id, failing(read, 'cegedim_list_nodes'), start)).state).toBe('available');
});

const stories: [Scenario, string, Partial<ProviderInstance>][] = [
  ['normal', 'ordersprod01', { state: 'available', highAvailability: { enabled: true, state: 'replicated' } }],
  ['normal', 'reportsqa01', { state: 'stopped', providerState: 'INACTIVE' }],
  ['normal', 'billinglegacy', { engineVersion: '11', storage: { gigabytes: 100, usedPercent: 91 } }],
  [
    'quiet',
    'partnerportal',
    {
      engineVersion: '16',
      publicAccess: false,
      backups: expect.objectContaining({ enabled: true, retentionDays: 14 }),
    },
  ],
  ['storage-full', 'billinglegacy', { state: 'available', storage: { gigabytes: 100, usedPercent: 98 } }],
  [
    'failover',
    'ordersprod01',
    {
      state: 'degraded',
      providerState: 'ACTIVE, not replicated, ORDPRD01 INACTIVE',
      highAvailability: { enabled: true, state: 'not replicated' },
    },
  ],
  ['replication-delay', 'ordersprod01', { state: 'degraded', providerState: 'ACTIVE, not replicated' }],
];

test.each(stories)('in scenario %s, %s is told as it is', async (scenario, name, story) => {
  const { read } = await inScenario(scenario);
  const { id } = named(await cegedimAdapter.list(read), name);
  expect(await cegedimAdapter.get(id, read, Date.now())).toMatchObject(story);
});

test.each(scenarios)('in scenario %s, all that can be looked at is seen', async (scenario) => {
  const { read, emulator } = await inScenario(scenario);
  for (const listed of await cegedimAdapter.list(read)) {
    const seen = await cegedimAdapter.observe(listed, emulator.world.now(), read);
    expect(failuresIn(seen)).toEqual([]);
    expect(seen.instance).toEqual(await cegedimAdapter.get(listed.id, read, Date.now()));
    const isOpen = scenario !== 'quiet' && listed.name === 'partnerportal';
    expect(seen.exposures).toEqual(
      isOpen ? [{ kind: 'network', address: '203.0.113.0/28', detail: 'PUBLIC', source: 'isIpRangePublic' }] : [],
    );
    const isFailed = scenario !== 'quiet' && listed.name === 'billinglegacy';
    expect(seen.jobs?.map(({ state }) => state)).toEqual(isFailed ? ['failed'] : []);
    const isFailover = scenario === 'failover' && listed.name === 'ordersprod01';
    expect(seen.events?.some(({ text }) => text.includes('FAILOVER'))).toBe(isFailover);
  }
});

test('actions are the history of the fleet, or of one instance', async () => {
  const { read } = await inScenario('failover');
  const { id } = named(await cegedimAdapter.list(read), 'ordersprod01');
  const range = { from: new Date(start - 24 * hour).toISOString(), to: new Date(start).toISOString() };
  const all = (await cegedimAdapter.events?.(range, read)) ?? [];
  expect(all.map(({ name, code }) => `${name} ${code}`)).toEqual([
    'ordersprod01 POSTGRESQL_FAILOVER',
    'reportsqa01 POSTGRESQL_STOP',
  ]);
  const own = await cegedimAdapter.events?.({ ...range, instanceId: id }, read);
  expect(own).toEqual([
    {
      time: '2026-03-10T05:40:30.000Z',
      kind: 'job',
      category: 'action',
      instanceId: id,
      name: 'ordersprod01',
      text: 'POSTGRESQL_FAILOVER SUCCESS: Done',
      code: 'POSTGRESQL_FAILOVER',
      by: 'cegedim.cloud',
    },
  ]);
});

const ago = (hours: number): string => new Date(start - hours * hour).toISOString();
const action = (id: number, process: string, status: string, hours: number) => ({
  id,
  process,
  status,
  submittedAt: ago(hours),
});

test('jobs are actions that take over an hour, and failures that nothing has made good', async () => {
  const items = [
    action(1, 'RESIZE', 'ERROR', 9),
    action(2, 'RESIZE', 'SUCCESS', 2),
    action(3, 'UPGRADE', 'SUCCESS', 40),
    action(4, 'UPGRADE', 'ERROR', 5),
    action(5, 'RESTORE', 'IN_PROGRESS', 3),
    action(6, 'START', 'IN_PROGRESS', 0.5),
    action(7, 'STOP', 'ERROR', 24 * 31),
  ];
  const read = always({ items });
  const record = await cegedimAdapter.get('1', read, Date.now());
  const seen = await cegedimAdapter.observe(record, start, read);
  expect(seen.jobs).toEqual([
    { id: '5', state: 'running', word: 'RESTORE IN_PROGRESS', since: ago(3) },
    { id: '4', state: 'failed', word: 'UPGRADE ERROR', since: ago(5) },
  ]);
  const observed = observedIn('cegedim', seen, { related: [], now: start });
  const step = cegedimAdapter.step('followJob', inFleet('cegedim', record), observed);
  expect(step).toEqual({ tool: 'cegedim_get_action', arguments: { actionId: 5 } });
});

test('an instance none of whose servers is up has failed, whatever its own status says', async () => {
  const answer = {
    status: 'ACTIVE',
    items: [
      { name: 'N1', status: 'INACTIVE' },
      { name: 'N2', status: 'ERROR' },
    ],
  };
  expect((await cegedimAdapter.get('1', always(answer), start)).state).toBe('failed');
});

test('looking twice at a server that is down says so once', async () => {
  const answer = { status: 'ACTIVE', items: [{ name: 'N1', status: 'INACTIVE' }, { status: 'ACTIVE' }] };
  const record = await cegedimAdapter.get('1', always(answer), Date.now());
  const seen = await cegedimAdapter.observe(record, start, always(answer));
  expect(seen.instance).toMatchObject({ state: 'degraded', providerState: 'ACTIVE, N1 INACTIVE' });
});

test.each([
  ['STOPPING', 'changing', 'STOPPING'],
  ['ERROR', 'failed', undefined],
  ['LEVITATED', 'unknown', undefined],
])('the status %s is %s', async (status, state, progress) => {
  const record = await cegedimAdapter.get('1', always({ name: 'a', status }), Date.now());
  expect(record).toMatchObject({ state, progress, providerState: status });
});

const entry = (id: number) => ({
  id,
  internalResourceId: id + 1000,
  name: `db${id}`,
  type: 'PostgreSQL',
  status: 'ACTIVE',
});

test('all pages are read, whether the first of them is 0 or 1', async () => {
  for (const firstPage of [0, 1]) {
    const entries = Array.from({ length: 450 }, (_, index) => entry(index + 1));
    const listed = await cegedimAdapter.list(async (tool, { id, page, size } = {}) => {
      if (tool === 'cegedim_get_instance') return entry(Number(id));
      const number = Math.max(0, Number(page) - firstPage);
      const content = entries.slice(number * Number(size), (number + 1) * Number(size));
      return { content, last: (number + 1) * Number(size) >= entries.length };
    });
    expect(new Set(listed.map(({ id }) => id)).size).toBe(450);
  }
});

test('an instance that goes by its internal id is found by it; one that cannot be read keeps its line', async () => {
  const content = [entry(1), entry(2)];
  const listed = await cegedimAdapter.list(async (tool, { id } = {}) => {
    if (tool !== 'cegedim_get_instance') return { content, last: true };
    if (id === 1001) return { ...entry(1), version: '16' };
    if (id === 1) throw new ProviderError('not_found', 'no such instance', { status: 404, mayHaveActed: false });
    throw new ProviderError('forbidden', 'not yours', { status: 403, mayHaveActed: false });
  });
  expect(listed).toMatchObject([
    { id: '1001', name: 'db1', engineVersion: '16' },
    { id: '2', name: 'db2', state: 'available' },
  ]);
});

describe('nonsense', () => {
  const resource = { id: {}, type: 'PostgreSQL', name: null };
  test.each([
    ['an empty object', {}],
    ['null', null],
    ['a text', 'maintenance'],
    ['lists that are none', { content: 'x', items: 3, last: false }],
    ['rows that are none', { content: [null, 1, [], {}, resource], items: [null, 1, [], {}] }],
    ['fields of other types', { url: 5, storage: 'big', topology: 'HA', network: 'x', backupStatus: 'yes' }],
    ['nodes without sense', { items: [{ storageInformation: { fileSystems: [{ sizeOf: 0, free: 9 }, null] } }] }],
    ['actions without times', { items: [{ family: 'POSTGRESQL', id: 1, status: 'ERROR', submittedAt: 'yesterday' }] }],
  ])('%s makes a record without crash', async (_, answer) => {
    const read = always(answer);
    await listedBy(cegedimAdapter, read);
    const record = await cegedimAdapter.get('1', read, Date.now());
    expect(record).toMatchObject({ id: '1', name: '1', state: 'unknown', providerState: 'none given' });
    const seen = await cegedimAdapter.observe(record, start, read);
    // A list that is not there is told, and never taken for an empty one.
    const told = failuresIn(seen).map(({ what, why }) => `${what}: ${why}`);
    const missing = ['actions', 'networks', 'nodes'].map((what) => `${what}: The answer has no list items.`);
    const { exposures, events, jobs } = seen;
    expect([exposures, events, jobs, told]).toEqual(
      exposures ? [[], [], [], []] : [undefined, undefined, undefined, missing],
    );
  });
});

test('a read that fails is told as unavailable, and takes nothing else along', async () => {
  const { read } = await inScenario();
  const broken = failing(read, 'cegedim_list_actions', 'cegedim_list_networks', 'cegedim_list_nodes');
  const { id } = named(await cegedimAdapter.list(broken), 'ordersprod01');
  const record = await cegedimAdapter.get(id, broken, Date.now());
  expect(record).toMatchObject({ state: 'available', storage: { gigabytes: 200 } });
  const seen = await cegedimAdapter.observe(record, start, broken);
  expect([seen.exposures, seen.events, seen.jobs]).toEqual([undefined, undefined, undefined]);
  expect(failuresIn(seen)).toEqual([
    { what: 'actions', why: 'It is broken.' },
    { what: 'networks', why: 'It is broken.' },
    { what: 'nodes', why: 'It is broken.' },
  ]);
});

test('every step is a call that its tool takes', async () => {
  const { read } = await inScenario();
  const listed = await cegedimAdapter.list(read);
  const tools = new Set<string>();
  for (const instance of listed) {
    const seen = await cegedimAdapter.observe(instance, start, read);
    const observed = observedIn('cegedim', seen, { related: [], now: start });
    for (const remedy of remedies) {
      const step = cegedimAdapter.step(remedy, inFleet('cegedim', instance), observed);
      if (step) await checkStep('cegedim', step);
      if (step) tools.add(step.tool);
    }
  }
  expect([...tools].toSorted()).toEqual([
    'cegedim_get_action',
    'cegedim_get_instance',
    'cegedim_list_actions',
    'cegedim_list_networks',
    'cegedim_list_nodes',
    'cegedim_list_versions',
    'cegedim_start_instance',
    'cegedim_stop_instance',
  ]);
});
