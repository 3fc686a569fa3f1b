import { describe, expect, test } from 'vitest';
import type { ProviderName } from '../../../src/providers/settings.js';
import { wayTo } from '../../http/support/way-to-fleet.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { failedProviders, findingsOf, instancesOf, outside } from './telling.js';

const providersOf = (instances: { provider: string }[]) => [...new Set(instances.map(({ provider }) => provider))];
const closed = 'http://127.0.0.1:9';
const lists = {
  nhn: 'GET /v1.0/db-instances',
  samsung: 'GET /v1/clusters',
  naver: 'GET /vpostgresql/v2/getCloudPostgresqlInstanceList',
  cegedim: 'GET /itcare/compute/resources',
};

describe('a provider that cannot be reached', () => {
  test('is named in every answer, and the others are there', async () => {
    const fleet = await startFleet();
    const { call } = await connect({ fleet, env: { SAMSUNG_BASE_URL: closed } });
    const overview = await call('fleet_overview', { limit: 100 });
    expect(failedProviders(overview)).toEqual(['samsung']);
    expect(providersOf(instancesOf(overview)).toSorted()).toEqual(['cegedim', 'naver', 'nhn']);
    expect(outside(overview)).toContain('samsung could not be asked');

    const check = await call('fleet_check');
    expect(failedProviders(check)).toEqual(['samsung']);
    expect(check.data['examined']).toBe(16);
    expect(findingsOf(check).map(({ name }) => name)).toContain('analytics');
    expect(outside(check)).toContain('samsung could not be asked');

    const events = await call('fleet_list_events');
    expect(events.isError).toBe(false);
    expect(failedProviders(events)).toEqual(['samsung']);

    expect(failedProviders(await call('fleet_overview', { provider: 'nhn' }))).toEqual([]);
    const missing = await call('fleet_get_instance', { instance: 'orders-east' });
    expect(missing.isError).toBe(true);
    expect(missing.text).toContain('samsung could not be asked, so it may be there');
    expect((await call('fleet_diagnose_instance', { instance: 'orders-replica' })).isError).toBe(false);
  });

  test('alone is no clean bill of health', async () => {
    const fleet = await startFleet({ providers: ['naver'] });
    const { call } = await connect({ fleet, env: { NAVER_BASE_URL: closed } });
    const { text } = await call('fleet_check');
    expect(text).toContain('naver could not be asked');
    expect(text).not.toContain('nothing found to be wrong');
  });
});

test.each(Object.entries(lists))('nonsense from %s leaves the others in the answer', async (provider, on) => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  fleet.faults.add({ on, kind: 'garbage' });
  const overview = await call('fleet_overview', { limit: 100 });
  expect(failedProviders(overview)).toEqual([provider]);
  expect(providersOf(instancesOf(overview))).toHaveLength(3);
  const { isError, text } = await call('fleet_check');
  expect(isError).toBe(false);
  expect(text).toContain(`${provider} could not be asked`);
});

/** One part of the whole, at each provider. */
const parts: [provider: ProviderName, on: string][] = [
  ['nhn', 'GET /v1.0/db-instances/:dbInstanceId/backup-info'],
  ['nhn', 'GET /v1.0/db-instances/:dbInstanceId/hba-rules'],
  ['nhn', 'GET /v1.0/backups'],
  ['nhn', 'GET /v1.0/events'],
  ['samsung', 'GET /v1/clusters/:cluster_id/backup-histories'],
  ['samsung', 'GET /v1/clusters/:cluster_id/replicas'],
  ['naver', 'GET /vpostgresql/v2/getCloudPostgresqlUserList'],
  ['cegedim', 'GET /itcare/databases/postgresql/:id/networks'],
  ['cegedim', 'GET /itcare/databases/postgresql/:id/nodes'],
  ['cegedim', 'GET /itcare/actions'],
];

test.each(parts)('what %s does not tell at %s is not seen, never fine', async (provider, on) => {
  const fleet = await startFleet({ providers: [provider], scenario: 'quiet' });
  const { call } = await connect({ fleet });
  expect((await call('fleet_check')).text).toContain('nothing found to be wrong');
  fleet.faults.add({ on, kind: 'status', value: 403 });
  const check = await call('fleet_check', { fresh: true });
  expect(findingsOf(check)).toEqual([]);
  expect(check.text).toContain('no findings, but not all was seen');
  expect(check.text).toContain('could not be read: ');
});

/** The list of all instances under another name, as where a provider changes its answers. */
const renamed: [ProviderName, string][] = [
  ['nhn', 'dbInstances'],
  ['samsung', 'contents'],
  ['naver', 'cloudPostgresqlInstanceList'],
  ['cegedim', 'content'],
];

test.each(renamed)('an answer of %s without the list of its instances is no empty account', async (provider, list) => {
  const altered = (body: string) => body.replaceAll(`"${list}"`, '"others"');
  const { call } = await connect({ fleet: await startFleet({ providers: [provider], altered }) });
  const check = await call('fleet_check');
  expect(failedProviders(check)).toEqual([provider]);
  expect(check.text).toContain('no findings, but not all was seen');
  expect(check.text).toContain(`The answer has no list ${list}.`);
});

test('rules of access that are not in the answer do not mean that nobody gets in', async () => {
  const altered = (body: string) => body.replaceAll('"hbaRules"', '"others"');
  const { call } = await connect({ fleet: await startFleet({ providers: ['nhn'], scenario: 'quiet', altered }) });
  const check = await call('fleet_check', { topic: 'exposure' });
  expect(findingsOf(check)).toEqual([]);
  expect(check.text).toContain('could not be read: access rules of nhn:');
});

test('a slow provider is waited for, and takes nobody along', async () => {
  const way = await wayTo(await startFleet());
  const { call } = await connect({ fleet: way });
  const { carriedOut, release } = way.holdBack(new RegExp(`^${lists.cegedim}$`));
  const asked = call('fleet_overview', { limit: 100 });
  await carriedOut();
  release();
  const overview = await asked;
  expect(failedProviders(overview)).toEqual([]);
  expect(providersOf(instancesOf(overview))).toHaveLength(4);
});
