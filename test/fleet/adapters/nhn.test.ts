import { expect, test } from 'vitest';
import { type Scenario, scenarios } from '../../../src/emulator/core/world.js';
import { type Read, remedies } from '../../../src/fleet/adapter.js';
import { nhnAdapter as adapter } from '../../../src/fleet/adapters/nhn.js';
import { checkStep, failing, inFleet, observedIn, readerOn } from '../reader.js';

const hour = 3_600_000;

async function lookAt(name: string, scenario: Scenario = 'normal', ...broken: string[]) {
  const { read: whole, emulator, asked } = await readerOn('nhn', { scenario });
  const listed = (await adapter.list(whole)).find((each) => each.name === name);
  if (!listed) throw new Error(`There is no ${name}.`);
  const read = failing(whole, ...broken);
  const instance = await adapter.get(listed.id, whole, Date.now());
  asked.length = 0;
  const seen = await adapter.observe(instance, emulator.world.now(), read);
  const now = emulator.world.now();
  return { instance, seen, observed: observedIn('nhn', seen, { related: [], now }), listed, asked, now };
}

test('one request lists the fleet with roles, states and who belongs to whom', async () => {
  const { read, asked } = await readerOn('nhn');
  const fleet = await adapter.list(read);
  const named = new Map(fleet.map(({ name, id }) => [name, id]));
  expect(asked).toEqual(['nhn_list_db_instances']);
  expect(fleet.map(({ name, role, state, engineVersion }) => [name, role, state, engineVersion])).toEqual([
    ['orders-primary', 'primary', 'available', '17.6'],
    ['orders-standby', 'standby', 'available', '17.6'],
    ['orders-replica', 'replica', 'available', '17.6'],
    ['analytics', 'primary', 'available', '17.4'],
    ['billing-legacy', 'primary', 'available', '14.6'],
    ['staging', 'replica', 'stopped', '14.6'],
  ]);
  expect(fleet[0]?.replicas).toEqual([named.get('orders-replica')]);
  expect(fleet[1]?.primary).toBe(named.get('orders-primary'));
  expect(fleet[2]?.primary).toBe(named.get('orders-primary'));
  expect(fleet[3]).toMatchObject({ replicas: [] });
});

const stories: Record<Scenario, readonly string[]> = {
  normal: ['staging stopped SHUTDOWN replica'],
  quiet: [],
  'storage-full': ['analytics degraded STORAGE_FULL primary', 'staging stopped SHUTDOWN replica'],
  failover: ['orders-primary failed FAILOVER failed primary', 'staging stopped SHUTDOWN replica'],
  'region-down': [
    'orders-primary failed FAIL_TO_CONNECT primary',
    'orders-standby failed FAIL_TO_CONNECT standby',
    'staging stopped SHUTDOWN replica',
  ],
  'replication-delay': ['orders-replica degraded REPLICATION_DELAY replica', 'staging stopped SHUTDOWN replica'],
};

test.each(scenarios)('the list of %s shows who is not well', async (scenario) => {
  const { read } = await readerOn('nhn', { scenario });
  const unwell = (await adapter.list(read)).filter(({ state }) => state !== 'available');
  expect(unwell.map(({ name, state, providerState, role }) => [name, state, providerState, role].join(' '))).toEqual(
    stories[scenario],
  );
});

test('the whole record of a primary', async () => {
  const { instance } = await lookAt('orders-primary');
  expect(instance).toMatchObject({
    highAvailability: { enabled: true, state: 'STABLE' },
    endpoints: [{ port: 15_432, isPublic: false }],
    publicAccess: false,
    deletionProtection: true,
    storage: { gigabytes: 500 },
    backups: { enabled: true, retentionDays: 7, newest: expect.stringMatching(/Z$/) },
    created: expect.stringMatching(/Z$/),
  });
  expect(instance.replicas).toHaveLength(1);
});

test('what is special about the others', async () => {
  const { instance: analytics } = await lookAt('analytics');
  expect(analytics).toMatchObject({ publicAccess: true, highAvailability: { enabled: false }, replicas: [] });
  expect(analytics.endpoints?.map(({ isPublic }) => isPublic)).toEqual([false, true]);
  const { instance: billing } = await lookAt('billing-legacy');
  expect(billing).toMatchObject({ deletionProtection: false, backups: { enabled: false, retentionDays: 0 } });
  const { instance: replica } = await lookAt('orders-replica');
  expect(replica.highAvailability).toBeUndefined();
  const { instance: failed } = await lookAt('orders-primary', 'failover');
  const { listed: promoted, instance } = await lookAt('orders-standby', 'failover');
  expect(failed.primary).toBe(promoted.id);
  expect(instance).toMatchObject({ role: 'primary', highAvailability: { state: 'FAILOVER_COMPLETED' } });
});

test('a primary whose settings wait to be applied', async () => {
  const { seen, asked } = await lookAt('orders-primary');
  expect(seen.parametersPending).toEqual({ source: 'needToApplyParameterGroup', value: 'true' });
  expect(seen.accessRulesPending).toEqual({ source: 'hbaRules[].reservedAction', count: 1 });
  expect(seen.exposures).toEqual([]);
  expect(seen.replicationLagSeconds).toBeUndefined();
  expect(seen.unavailable).toEqual([]);
  // What the record has already is not read again.
  expect(asked).not.toContain('nhn_get_storage_info');
});

test('metrics come as series, oldest first', async () => {
  const { seen, now } = await lookAt('orders-primary');
  const [first, last] = [seen.storageUsedPercent?.points[0], seen.storageUsedPercent?.points.at(-1)];
  expect(seen.storageUsedPercent?.source).toBe('STORAGE_USAGE');
  expect(first?.[0]).toBeGreaterThan(now - 73 * hour);
  expect(first?.[0]).toBeLessThan(now - 71 * hour);
  expect(last?.[0]).toBeGreaterThan(now - hour);
  expect(seen.instance.storage).toEqual({ gigabytes: 500, usedPercent: last?.[1] });
  expect(seen.cpuPercent?.points.length).toBeGreaterThan(100);
  expect(seen.connectionsPercent).toMatchObject({
    source: 'DATABASE_CONNECTIONS_TOTAL of DATABASE_CONNECTIONS_MAX',
    unit: '%',
  });
  for (const [, percent] of seen.connectionsPercent?.points ?? []) expect(percent).toBeLessThan(30);
});

test('doors that let in everybody, or without a password', async () => {
  const { seen: analytics } = await lookAt('analytics');
  expect(analytics.exposures).toEqual([
    {
      kind: 'security group',
      address: '0.0.0.0/0',
      detail: 'analytics-open',
      rule: { id: expect.any(String), group: expect.any(String) },
      source: 'dbSecurityGroup.rules[].cidr',
    },
    {
      kind: 'access rule',
      address: '0.0.0.0/0',
      detail: 'SCRAM_SHA_256',
      withoutPassword: false,
      source: 'hbaRules[].address',
    },
  ]);
  const { seen: billing } = await lookAt('billing-legacy');
  expect(billing.exposures).toMatchObject([{ address: '10.44.0.0/22', detail: 'TRUST', withoutPassword: true }]);
});

test('a full disk', async () => {
  const { seen } = await lookAt('analytics', 'storage-full');
  expect(seen.instance.storage?.usedPercent).toBeGreaterThan(97);
  expect(seen.events?.map(({ code }) => code)).toContain('DB_INSTANCE_29_01');
});

test('a failover, seen from both sides', async () => {
  const { seen: failed } = await lookAt('orders-primary', 'failover');
  expect(failed.events?.map(({ code, text }) => `${code} ${text}`)).toEqual([
    'DB_INSTANCE_40_00 Failover began.',
    'DB_INSTANCE_30_01 The DB instance does not answer.',
    'BACKUP_01_01 Backup is complete.',
    'BACKUP_01_00 Backup began.',
  ]);
  expect(failed.jobs).toEqual([]);
  const { seen: promoted } = await lookAt('orders-standby', 'failover');
  const codes = ['DB_INSTANCE_49_01', 'DB_INSTANCE_40_01', 'BACKUP_01_01', 'BACKUP_01_00'];
  expect(promoted.events?.map(({ code }) => code)).toEqual(codes);
});

test('a replica that falls behind', async () => {
  const { seen } = await lookAt('orders-replica', 'replication-delay');
  expect(seen.replicationLagSeconds).toMatchObject({ source: 'REPLICATION_LAG_SECONDS', unit: 's' });
  expect(seen.replicationLagSeconds?.points.at(-1)?.[1]).toBeGreaterThan(3600);
});

test('events are read to their end, newest first, in English where there is any', async () => {
  const { read, emulator, asked } = await readerOn('nhn');
  const now = emulator.world.now();
  const range = { from: new Date(now - 40 * 24 * hour).toISOString(), to: new Date(now).toISOString() };
  const events = (await adapter.events?.(range, read)) ?? [];
  const times = events.map(({ time }) => Date.parse(time));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  const pages = asked.filter((tool) => tool === 'nhn_list_events');
  expect(pages).toHaveLength(Math.max(1, Math.ceil(events.length / 100)));
  const stop = events.find(({ code }) => code === 'DB_INSTANCE_04_01');
  expect(stop).toMatchObject({ kind: 'event', category: 'DB_INSTANCE', name: 'staging' });
  expect(stop?.text).toBe('Stop of the DB instance is complete.');
  expect(stop?.instanceId).toMatch(/^[\w-]+$/);
  expect(events.find(({ category }) => category === 'BACKUP')?.instanceId).toMatch(/^[\w-]+$/);
});

test.each([
  ['nhn_get_metric_statistics', ['storage use', 'CPU and connections']],
  ['nhn_list_hba_rules', ['access rules']],
  ['nhn_list_events', ['events']],
  ['nhn_get_db_instance', ['settings']],
])('a failing %s is told, and the rest is seen', async (tool, what) => {
  const { seen } = await lookAt('orders-primary', 'normal', tool);
  expect(seen.unavailable).toEqual(what.map((each) => ({ what: each, why: 'It is broken.' })));
});

test('what the record lacks is read again, and told when that fails too', async () => {
  const { read, emulator } = await readerOn('nhn');
  const broken = failing(read, 'nhn_get_backup_info', 'nhn_get_high_availability');
  const [first] = await adapter.list(read);
  const instance = await adapter.get(first?.id ?? '', broken, Date.now());
  // The standby in its group already makes a pair of it.
  expect(instance.highAvailability).toEqual({ enabled: true, state: undefined });
  const still = await adapter.observe(instance, emulator.world.now(), broken);
  expect(still.unavailable.map(({ what }) => what)).toEqual(['high availability', 'backup settings']);
  const healed = await adapter.observe(instance, emulator.world.now(), read);
  expect(healed.unavailable).toEqual([]);
  expect(healed.instance).toMatchObject({
    highAvailability: { enabled: true, state: 'STABLE' },
    backups: { enabled: true },
  });
});

test('a pair is told by its state or its standby, though the flag says that there is none', async () => {
  const { read } = await readerOn('nhn');
  const byName = new Map((await adapter.list(read)).map(({ name, id }) => [name, id]));
  const without: Read = async (tool, input) => (tool === 'nhn_get_high_availability' ? {} : read(tool, input));
  const availability = async (name: string, reading: Read) =>
    (await adapter.get(byName.get(name) ?? '', reading, Date.now())).highAvailability;
  expect(await read('nhn_get_high_availability', { dbInstanceId: byName.get('orders-primary') })).toMatchObject({
    useHighAvailability: false,
  });
  expect(await availability('orders-primary', read)).toEqual({ enabled: true, state: 'STABLE' });
  expect(await availability('orders-standby', without)).toEqual({ enabled: true, state: undefined });
  expect(await availability('analytics', read)).toEqual({ enabled: false, state: undefined });
  expect(await availability('orders-replica', without)).toBeUndefined();
});

test.each(['orders-primary', 'orders-replica', 'analytics'])(
  'every step for %s is a call that can be made',
  async (name) => {
    const { observed } = await lookAt(name, 'failover');
    const steps = remedies.flatMap((remedy) => adapter.step(remedy, observed.instance, observed) ?? []);
    expect(steps.length).toBeGreaterThan(12);
    for (const step of steps) await checkStep('nhn', step);
  },
);

test('steps fit what was seen', async () => {
  const { observed, listed } = await lookAt('analytics', 'storage-full');
  const used = { ...observed.instance, storage: { gigabytes: 200, usedPercent: 97.9 } };
  expect(adapter.step('growStorage', used, observed)).toEqual({
    tool: 'nhn_modify_storage_info',
    arguments: { dbInstanceId: listed.id, storageSize: 280 },
  });
  expect(adapter.step('closeNetwork', observed.instance, observed)?.tool).toBe('nhn_modify_network_info');
  expect(adapter.step('repairHighAvailability', observed.instance, observed)).toBeUndefined();
  const { instance: failed } = await lookAt('orders-primary', 'failover');
  const { observed: promoted } = await lookAt('orders-standby', 'failover');
  const beside = { ...promoted, related: [inFleet('nhn', failed)] };
  expect(adapter.step('repairHighAvailability', promoted.instance, beside)).toEqual({
    tool: 'nhn_repair_high_availability',
    arguments: { dbInstanceId: failed.id },
  });
});
