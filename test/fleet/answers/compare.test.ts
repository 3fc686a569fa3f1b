import { describe, expect, test } from 'vitest';
import { differencesBetween } from '../../../src/fleet/details/differences.js';
import { canonicalValue } from '../../../src/fleet/details/parameter-values.js';
import type { ComparedState } from '../../../src/fleet/details/state.js';
import { connect, type Result } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';

interface Row {
  field: string;
  values: string[];
}

interface Changed {
  instance: string;
  field: string;
  before?: string;
  after?: string;
}

const differencesOf = ({ data }: Result) => (data['differences'] ?? []) as Row[];
const changesOf = ({ data }: Result) => (data['changes'] ?? []) as Changed[];

test('instances of two clouds are compared, and only what differs is told', async () => {
  const { call } = await connect({ fleet: await startFleet() });
  const answer = await call('fleet_compare', { instances: ['nhn:orders-primary', 'samsung:orders'] });
  expect(answer.data['compared']).toEqual(['nhn:orders-primary', 'samsung:orders']);
  const rows = differencesOf(answer);
  const valuesOf = (field: string) => rows.find((row) => row.field === field)?.values;
  expect(valuesOf('version')).toEqual(['17.6', '16.10']);
  expect(valuesOf('size')).toEqual(['4 vCPU, 32 GB (r2.c4m32)', '8 vCPU, 32 GB (db1v8m32)']);
  expect(valuesOf('parameter max_connections')).toEqual(['800', '400']);
  for (const same of ['high availability', 'public access', 'parameter shared_buffers', 'parameter lock_timeout'])
    expect(valuesOf(same), same).toBeUndefined();
  expect(answer.text).toContain('version: nhn:orders-primary 17.6; samsung:orders 16.10');
  expect(answer.text).toContain('could not be read: extensions of samsung:orders');
  expect(answer.data['total']).toBe(rows.length);
});

test.each([
  ['nhn:orders-primary', ['running parameters']],
  ['samsung:orders', ['stored parameters', 'extensions']],
  ['naver:shop-orders', ['stored parameters', 'running parameters', 'extensions']],
  ['cegedim:ordersprod01', ['stored parameters', 'running parameters']],
])('what the API of %s never tells is said', async (instance, untold) => {
  const { call } = await connect({ fleet: await startFleet() });
  const { text } = await call('fleet_compare', { instances: [instance], save: 'now' });
  expect(text).toContain('Nothing was compared.');
  const parts = ['stored parameters', 'running parameters', 'extensions'];
  const said = (part: string) =>
    text.split('\n').some((line) => /could not be read|API/.test(line) && line.includes(part));
  expect(parts.filter(said), text).toEqual(untold);
});

test('a saved state answers what has changed since, and can be read as a resource', async () => {
  const fleet = await startFleet({ providers: ['nhn'], scenario: 'quiet' });
  const { call, client } = await connect({ fleet, env: { PGFLEET_CONFIRM: 'off' } });
  const saved = await call('fleet_compare', { save: 'friday' });
  expect(saved.text).toContain('Saved as friday, 6 instances');
  expect(changesOf(await call('fleet_compare', { baseline: 'friday' }))).toEqual([]);

  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const grown = await call('nhn_modify_storage_info', { dbInstanceId, storageSize: 500 });
  expect(grown.isError, grown.text).toBe(false);
  const gone = await instanceNamed(call, 'staging');
  const off = { dbInstanceId: gone.dbInstanceId, useDeletionProtection: false };
  await call('nhn_modify_deletion_protection', off);
  fleet.world.advance(600_000);
  const deleted = await call('nhn_delete_db_instance', { dbInstanceId: gone.dbInstanceId });
  expect(deleted.isError, deleted.text).toBe(false);
  fleet.world.advance(3_600_000);
  const answer = await call('fleet_compare', { baseline: 'friday' });
  expect(changesOf(answer)).toEqual(
    expect.arrayContaining([
      { instance: 'nhn:analytics', field: 'storage in GB', before: '200', after: '500' },
      { instance: 'nhn:staging', field: 'instance', after: 'gone' },
    ]),
  );
  expect(answer.text).toContain('nhn:analytics storage in GB: 200 → 500');
  expect(answer.text).toContain('nhn:staging: gone since then');

  const uri = 'pgfleet://baselines/friday';
  expect((await client.listResources()).resources.map((resource) => resource.uri)).toContain(uri);
  const { contents } = await client.readResource({ uri });
  const kept = JSON.parse((contents[0] as { text: string }).text) as { saved: string; instances: object };
  expect(Object.keys(kept.instances)).toHaveLength(6);
  expect(JSON.stringify(kept)).toContain('"storage in GB":"200"');
});

test('a fleet of more than a hundred is saved and compared whole', async () => {
  const { call } = await connect({ fleet: await startFleet({ copies: 6, scenario: 'quiet' }) });
  const saved = await call('fleet_compare', { save: 'all' });
  expect(saved.text).toContain('Saved as all, 126 instances');
  const { text } = await call('fleet_compare', { baseline: 'all' });
  expect(text).toContain('126 instances compared with');
  expect(text).toContain('nothing differs');
});

test('a saved state outlives the process', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const first = await connect({ fleet });
  await first.call('fleet_compare', { instances: ['analytics'], save: 'before' });
  const { call } = await connect({ fleet, env: { PGFLEET_AUDIT_LOG: first.auditLog } });
  const { isError, text } = await call('fleet_compare', { instances: ['analytics'], baseline: 'before' });
  expect(isError, text).toBe(false);
  expect(text).toContain('nothing differs');
});

test.each([
  [{}, 'give two or more'],
  [{ instances: ['analytics'] }, 'give two or more'],
  [{ instances: ['analytics', 'analytics'] }, 'must not name the same one twice'],
  [{ instances: '["analytics","nhn:analytics"]' }, 'all of them are nhn:'],
  [{ baseline: 'never' }, 'there is none called never; there are none yet'],
  [{ save: '../audit' }, 'save'],
  [{ instances: ['analytics', 'no such one'] }, 'there is none named'],
])('%j is refused with the reason', async (args, reason) => {
  const { call } = await connect({ fleet: await startFleet({ providers: ['nhn'] }) });
  const { isError, text } = await call('fleet_compare', args);
  expect(isError).toBe(true);
  expect(text).toContain(reason);
});

test('fleet_get_instance tells vCPU and memory in every cloud', async () => {
  const { call } = await connect({ fleet: await startFleet() });
  for (const instance of ['nhn:orders-primary', 'samsung:orders', 'naver:shop-orders', 'cegedim:ordersprod01']) {
    const { data, text } = await call('fleet_get_instance', { instance });
    const size = { vcpus: expect.any(Number), memoryGigabytes: expect.any(Number) };
    expect(data['instance'], instance).toMatchObject({ size });
    expect(text).toMatch(/^ {2}size: .*vcpus \d+, memoryGigabytes \d+$/m);
  }
});

describe('values of a parameter', () => {
  test.each([
    ['shared_buffers', '8GB', '1048576', true],
    ['checkpoint_timeout', '15min', '900', true],
    ['statement_timeout', '0ms', '0', true],
    ['autovacuum_naptime', '60s', '1min', true],
    ['log_min_duration_statement', '500ms', '-1', false],
    ['random_page_cost', '1.10', '1.1', true],
    ['log_lock_waits', 'ON', 'on', true],
    ['max_connections', '800', '400', false],
  ])('%s: %s and %s', (name, one, other, isSame) => {
    expect(canonicalValue(name, one) === canonicalValue(name, other)).toBe(isSame);
  });

  test('that only one state knows are counted, not compared', () => {
    const states: ComparedState[] = [{ 'parameter a': '1', 'parameter b': '1' }, { 'parameter b': '2' }];
    expect(differencesBetween(states)).toEqual({
      differences: [{ field: 'parameter b', values: ['1', '2'] }],
      lone: 1,
    });
  });

  test('of lists, what they have in common is left out', () => {
    const states = [{ access: 'a, b' }, { access: 'b, c, d' }, { access: 'b' }];
    expect(differencesBetween(states).differences).toEqual([
      { field: 'access', values: ['a', 'c, d', 'nothing more'] },
    ]);
  });
});
