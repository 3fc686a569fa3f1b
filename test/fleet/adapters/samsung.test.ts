import { expect, test } from 'vitest';
import { type Scenario, scenarios } from '../../../src/emulator/core/world.js';
import { type Read, remedies } from '../../../src/fleet/adapter.js';
import { samsungAdapter as adapter } from '../../../src/fleet/adapters/samsung.js';
import { failedBackups, recordOf } from '../../../src/fleet/adapters/samsung-instance.js';
import { always, checkStep, failing, inFleet, listedBy, observedIn, readerOn } from '../reader.js';

async function lookAt(name: string, scenario: Scenario = 'normal', ...broken: string[]) {
  const { read, emulator } = await readerOn('samsung', { scenario });
  const listed = (await adapter.list(read)).find((each) => each.name === name);
  if (!listed) throw new Error(`There is no ${name}.`);
  const instance = await adapter.get(listed.id, read, Date.now());
  const seen = await adapter.observe(instance, emulator.world.now(), failing(read, ...broken));
  const observed = observedIn('samsung', seen, { related: [], now: emulator.world.now() });
  return { instance, seen, observed, listed };
}

test('the list has whole records, and says who follows whom', async () => {
  const { read, asked } = await readerOn('samsung');
  const fleet = await adapter.list(read);
  const idOf = (name: string) => fleet.find((each) => each.name === name)?.id;
  expect(fleet.map(({ name, role, state, engineVersion }) => [name, role, state, engineVersion])).toEqual([
    ['analytics', 'primary', 'available', '16.6'],
    ['orders', 'primary', 'available', '16.10'],
    ['orders-east', 'replica', 'degraded', '16.10'],
    ['partners', 'primary', 'available', '14.19'],
    ['staging', 'primary', 'stopped', '17.6'],
  ]);
  expect(fleet.find(({ name }) => name === 'orders')?.replicas).toEqual([idOf('orders-east')]);
  expect(fleet.find(({ name }) => name === 'orders-east')?.primary).toBe(idOf('orders'));
  // The list, each cluster, and the replicas of the one that has some.
  expect(asked).toHaveLength(1 + 5 + 1);
});

const late = 'orders-east degraded RUNNING, replication DELAYED';
const stories: Record<Scenario, readonly string[]> = {
  normal: [late, 'staging stopped STOPPED'],
  quiet: [],
  'storage-full': [late, 'partners failed ERROR', 'staging stopped STOPPED'],
  failover: ['orders degraded RUNNING, orders001 ERROR', late, 'staging stopped STOPPED'],
  'region-down': ['orders failed ERROR', late, 'staging stopped STOPPED'],
  'replication-delay': [late, 'staging stopped STOPPED'],
};

test.each(scenarios)('the list of %s shows who is not well', async (scenario) => {
  const { read } = await readerOn('samsung', { scenario });
  const unwell = (await adapter.list(read)).filter(({ state }) => state !== 'available');
  expect(unwell.map(({ name, state, providerState }) => `${name} ${state} ${providerState}`)).toEqual(
    stories[scenario],
  );
});

test('the whole record of a pair', async () => {
  const { instance, listed } = await lookAt('orders');
  expect(instance).toMatchObject({
    highAvailability: { enabled: true, state: 'RUNNING' },
    endpoints: [{ port: 2866, isPublic: false }],
    publicAccess: false,
    storage: { gigabytes: 512 },
    backups: { enabled: true, retentionDays: 14, newest: expect.stringMatching(/Z$/) },
    replicas: listed.replicas,
  });
  expect(instance.deletionProtection).toBeUndefined();
});

test('what is special about the others', async () => {
  const { instance: analytics } = await lookAt('analytics');
  expect(analytics.backups).toEqual({ enabled: false });
  const { instance: partners, seen } = await lookAt('partners');
  expect(partners.publicAccess).toBe(true);
  expect(partners.endpoints?.map(({ isPublic }) => isPublic)).toEqual([false, true]);
  expect(seen.exposures).toEqual([
    { kind: 'network', address: '0.0.0.0/0', detail: 'with public addresses', source: 'allowable_ip_addresses' },
  ]);
});

test('two halves that are all addresses together let in everybody', async () => {
  const halves = ['0.0.0.0/1', '128.0.0.0/1'];
  const read = always({ allowable_ip_addresses: ['10.0.0.0/8', ...halves] });
  const seen = await adapter.observe(await adapter.get('a', read, Date.now()), Date.now(), failing(read));
  expect(seen.exposures?.map(({ address }) => address)).toEqual(halves);
});

test('what the provider never tells is said', async () => {
  const { seen } = await lookAt('orders', 'quiet');
  expect(seen).toMatchObject({ exposures: [], jobs: [] });
  expect(seen.unavailable.map(({ what }) => what)).toEqual(['storage use, CPU, connections, events']);
});

test('a full disk shows by the state, and by the backups that failed over it', async () => {
  const { instance, seen } = await lookAt('partners', 'storage-full');
  expect(instance).toMatchObject({
    state: 'failed',
    providerState: 'ERROR, newest backup FAILED: No space left on device.',
  });
  expect(seen.jobs?.[0]).toMatchObject({ state: 'failed', word: 'FAILED: No space left on device.' });
  expect(Date.parse(instance.backups?.newest ?? '')).toBeLessThan(Date.parse(seen.jobs?.at(-1)?.since ?? ''));
});

test('after a failover the standby is the one in trouble', async () => {
  const { instance } = await lookAt('orders', 'failover');
  expect(instance).toMatchObject({ state: 'degraded', highAvailability: { enabled: true, state: 'ERROR' } });
});

test.each([
  ['normal', 94],
  ['replication-delay', 5000],
] as const)('the lag of a replica in %s', async (scenario, seconds) => {
  const { seen } = await lookAt('orders-east', scenario);
  expect(seen.replicationLagSeconds).toMatchObject({ source: 'replica_state_detail', unit: 's' });
  expect(seen.replicationLagSeconds?.points[0]?.[1]).toBeGreaterThanOrEqual(seconds);
});

test.each([
  ['RUNNING', 'available'],
  ['EDITING', 'changing'],
  ['MIGRATING', 'changing'],
  ['FAILED', 'failed'],
  ['UNKNOWN', 'unknown'],
  ['A_NEW_WORD', 'unknown'],
  [null, 'unknown'],
])('%s is %s', (service_state, state) => {
  expect(recordOf({ service_state }, 'a')).toMatchObject({ state, providerState: service_state ?? 'none given' });
});

test('a cluster that runs without servers is in no known state', () => {
  const seen = recordOf({ service_state: 'RUNNING', instance_groups: [] }, 'a');
  expect(seen).toMatchObject({ state: 'unknown', providerState: 'RUNNING, no servers' });
  expect(recordOf({ service_state: 'CREATING', instance_groups: [] }, 'a').state).toBe('changing');
});

test('a cluster none of whose servers is up has failed, and one of two makes it degraded', () => {
  const of = (...words: string[]) => ({
    service_state: 'RUNNING',
    instance_groups: [{ instances: words.map((service_state) => ({ service_state })) }],
  });
  expect(recordOf(of('ERROR', 'STOPPED'), 'a').state).toBe('failed');
  expect(recordOf(of('ERROR', 'RUNNING'), 'a').state).toBe('degraded');
  expect(recordOf(of('RESTARTING', 'RESTARTING'), 'a').state).toBe('degraded');
});

test('a standby that is there makes a pair, whatever the flag says', () => {
  const instances = [{ role_type: 'ACTIVE' }, { role_type: 'STANDBY', service_state: 'RUNNING' }];
  const seen = recordOf({ service_state: 'RUNNING', ha_enabled: false, instance_groups: [{ instances }] }, 'a');
  expect(seen.highAvailability).toEqual({ enabled: true, state: 'RUNNING' });
});

test('the word of a replica counts only where it says trouble plainly', () => {
  const stateWith = (replica_state: unknown) =>
    recordOf({ service_state: 'RUNNING' }, 'a', { replication: { replica_state } }).state;
  expect(['STREAMING', 'SOME_NEW_WORD', null, 7].map(stateWith)).toEqual(Array(4).fill('available'));
  expect(['DELAYED', 'Stopped', 'FAIL'].map(stateWith)).toEqual(Array(3).fill('degraded'));
});

test('a failed backup counts until a good one follows', () => {
  const backup = (day: number, backup_state: string) => ({
    backup_state,
    backup_history_number: String(day),
    backup_start_at: `2026-03-0${day}T02:00:00Z`,
  });
  const numbers = (...backups: object[]) =>
    failedBackups(backups.map((each) => ({ ...each }))).map(({ number }) => number);
  expect(numbers(backup(1, 'FAILED'), backup(2, 'COMPLETED'))).toEqual([]);
  expect(numbers(backup(1, 'COMPLETED'), backup(2, 'FAILED'), backup(3, 'ERROR'))).toEqual(['3', '2']);
  expect(numbers(backup(1, 'FAILED'), backup(2, 'IN_PROGRESS'))).toEqual(['1']);
});

test('replicas that are named instead of numbered are found', async () => {
  const { read } = await readerOn('samsung');
  const byName: Read = async (tool, input) => {
    const answer = await read(tool, input);
    return tool === 'samsung_get_cluster' && answer['name'] === 'orders'
      ? { ...answer, replicas: ['orders-east'] }
      : answer;
  };
  const fleet = await adapter.list(byName);
  const east = fleet.find(({ name }) => name === 'orders-east');
  const orders = fleet.find(({ name }) => name === 'orders');
  expect(orders?.replicas).toEqual([east?.id]);
  expect((await adapter.get(orders?.id ?? '', byName, Date.now())).replicas).toEqual([east?.id]);
});

test('a fleet of several pages is read to its end', async () => {
  const rows = Array.from({ length: 250 }, (_, index) => ({ id: `c${index}`, name: `c${index}` }));
  const read: Read = async (tool, input = {}) => {
    if (tool === 'samsung_get_cluster') return { id: input['cluster_id'], service_state: 'RUNNING' };
    const from = Number(input['page']) * Number(input['size']);
    return { contents: rows.slice(from, from + Number(input['size'])), count: rows.length };
  };
  expect(await adapter.list(read)).toHaveLength(250);
});

test('without the single clusters, the list alone gives records', async () => {
  const { read } = await readerOn('samsung');
  const fleet = await adapter.list(failing(read, 'samsung_get_cluster', 'samsung_list_replicas'));
  expect(fleet.map(({ state }) => state)).toEqual(['available', 'available', 'available', 'available', 'stopped']);
});

test.each([
  ['samsung_get_cluster', 'settings'],
  ['samsung_list_backup_histories', 'backups'],
  ['samsung_list_replicas', 'replication'],
])('a failing %s is told, and the rest is seen', async (tool, what) => {
  const { seen } = await lookAt('orders-east', 'normal', tool);
  expect(seen.unavailable[0]).toEqual({ what, why: 'It is broken.' });
  expect(seen.unavailable).toHaveLength(2);
});

test('a newest backup that the record lacks is read again', async () => {
  const { read, emulator } = await readerOn('samsung');
  const { listed } = await lookAt('orders');
  const instance = await adapter.get(listed.id, failing(read, 'samsung_list_backup_histories'), Date.now());
  expect(instance.backups?.newest).toBeUndefined();
  const seen = await adapter.observe(instance, emulator.world.now(), read);
  expect(seen.instance.backups?.newest).toBeDefined();
});

const nonsense: [string, unknown][] = [
  ['nothing', {}],
  ['null', null],
  ['a text', 'text'],
  ['lists of anything', { contents: [null, 5, [], {}, 'x'], instance_groups: [null, 'x', {}], replicas: {} }],
  [
    'wrong types',
    {
      contents: [{ id: 'a', name: {}, backup_state: 5, backup_end_at: '', backup_start_at: 7, replica_state: [] }],
      count: 'many',
      name: 7,
      service_state: {},
      software_version: null,
      replicas: [null, {}],
      ha_enabled: 'yes',
      init_config_option: { backup_option: 'daily', database_port: {} },
      instance_groups: { instances: [{ role_type: 5 }], block_storage_groups: [{ role_type: 'DATA', size_gb: 'big' }] },
      allowable_ip_addresses: { '0.0.0.0/0': true },
      created_at: 'soon',
    },
  ],
];

test.each(nonsense)('%s as an answer breaks nothing', async (_, answer) => {
  const read = always(answer);
  for (const each of await listedBy(adapter, read)) expect(each.state).toBe('unknown');
  const instance = await adapter.get('a', read, Date.now());
  expect(instance).toMatchObject({ id: 'a', state: 'unknown' });
  const seen = await adapter.observe({ ...instance, primary: 'b' }, 0, read);
  expect([seen.jobs ?? [], seen.exposures ?? []]).toEqual([[], []]);
});

test.each(['orders', 'orders-east', 'partners'])('every step for %s is a call that can be made', async (name) => {
  const { observed } = await lookAt(name);
  const steps = remedies.flatMap((remedy) => adapter.step(remedy, observed.instance, observed) ?? []);
  expect(steps.length).toBeGreaterThan(6);
  for (const step of steps) await checkStep('samsung', step);
});

test('steps fit what was seen', async () => {
  const { observed: seen, listed: record } = await lookAt('partners', 'storage-full');
  const listed = inFleet('samsung', record);
  expect(adapter.step('growStorage', seen.instance, seen)).toMatchObject({
    tool: 'samsung_resize_block_storage',
    arguments: { size_gb: 256 },
  });
  // From a record alone, the disk is not known.
  const attention = { instance: listed, related: [], now: seen.now, timeText: seen.timeText, unavailable: [] };
  expect(adapter.step('growStorage', listed, attention)?.tool).toBe('samsung_get_cluster');
  expect(adapter.step('closeNetwork', seen.instance, seen)?.arguments).toMatchObject({
    del_ip_addresses: ['0.0.0.0/0'],
  });
  expect(adapter.step('backUpNow', seen.instance, seen)).toBeUndefined();
});
