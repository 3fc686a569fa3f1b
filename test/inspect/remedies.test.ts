import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Step } from '../../src/fleet/adapter.js';
import type { ProviderName } from '../../src/providers/settings.js';
import { connect } from '../support/connect.js';
import { asSuperuser, sharedCluster, type TestCluster, urlOf } from '../support/services/postgres.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

interface Help {
  next?: Step;
  afterwards?: Step[];
  restart?: boolean;
  run?: string;
  notByApi?: string;
}

/** A client on the sandbox of a provider, one of whose instances has a real database. Whoever is asked agrees. */
const looking = (provider: ProviderName, instance: string, database = 'postgres') =>
  connect({
    answer: 'yes',
    args: ['--sandbox', provider],
    env: {
      [`PGFLEET_DB_URL_${provider}_${instance}`.toUpperCase().replaceAll('-', '_')]: urlOf(
        cluster.primary,
        'monitor',
        database,
      ),
    },
  });

/** The help for a session that may be idle in its transaction for ever, as servers are delivered. */
async function helpFor(call: Call, instance: string) {
  const { data, text } = await call('inspect_database', { instance, topics: ['settings'] });
  const [inside] = data['inside'] as { findings: { check: string; faults: Help[] }[] }[];
  const finding = inside?.findings.find(({ check }) => check === 'no-idle-transaction-timeout');
  return { help: finding?.faults[0] ?? {}, text };
}

type Call = Awaited<ReturnType<typeof looking>>['call'];

/** Makes the calls as they were told, in their order. */
async function make({ next, afterwards = [] }: Help, call: Call): Promise<void> {
  for (const step of [next, ...afterwards]) {
    const { isError, text } = await call(step?.tool ?? '', step?.arguments ?? {});
    expect(isError, text).toBeFalsy();
  }
}

const operationsOf = ({ next, afterwards = [] }: Help) =>
  [next, ...afterwards].map((step) => step?.arguments['operation'] ?? step?.tool);

test('at NHN Cloud a parameter is stored in the group of the instance, and then applied', async () => {
  const { call } = await looking('nhn', 'analytics');
  const { help, text } = await helpFor(call, 'analytics');
  expect(operationsOf(help)).toEqual(['nhn_modify_parameters', 'nhn_apply_parameter_group']);
  expect(help.restart).toBe(false);
  expect(text).toMatch(
    /without a restart\. Next: run_operation \{"operation":"nhn_modify_parameters",.*\}, then run_operation \{.*apply/,
  );
  await make(help, call);
  const group = (await call('nhn_get_db_instance', { dbInstanceId: 'analytics' })).data['parameterGroupId'];
  const { data } = await call('nhn_get_parameter_group', { parameterGroupId: group });
  expect(data['parameters']).toContainEqual(
    expect.objectContaining({ parameterName: 'idle_in_transaction_session_timeout', value: '600000ms' }),
  );
});

test('at Samsung Cloud Platform it is one call, which names the value that it takes the place of', async () => {
  const { call } = await looking('samsung', 'analytics');
  const { help } = await helpFor(call, 'analytics');
  expect(operationsOf(help)).toEqual(['samsung_set_parameter_values']);
  // The provider refuses another value than that of now.
  await make(help, call);
});

test.each<[ProviderName, string]>([
  ['naver', 'shop-orders'],
  ['cegedim', 'ordersprod01'],
])('%s changes no parameters, which is said', async (provider, instance) => {
  const { call } = await looking(provider, instance);
  const { help, text } = await helpFor(call, instance);
  expect(help.next).toBeUndefined();
  expect(help.notByApi).toBe('change the parameter idle_in_transaction_session_timeout to 600000ms');
  expect(text).toContain(`Not by API: ${help.notByApi} in the provider's console.`);
});

/** A database without the extension, under a name that the provider knows. */
async function withoutStatements(name: string): Promise<string> {
  await asSuperuser(cluster.primary, [`CREATE DATABASE ${name} OWNER owner`]);
  onTestFinished(() => asSuperuser(cluster.primary, [`DROP DATABASE ${name}`]));
  return name;
}

test.each<[ProviderName, string, string, string[]]>([
  ['nhn', 'orders-primary', 'inventory', ['nhn_install_extension', 'nhn_apply_extension_changes']],
  ['cegedim', 'ordersprod01', 'orders', ['cegedim_install_extension']],
])('%s installs the extension that a check lacks', async (provider, instance, name, operations) => {
  const { call } = await looking(provider, instance, await withoutStatements(name));
  const { data } = await call('inspect_database', { instance, topics: ['statements'] });
  const [inside] = data['inside'] as { notSeen: Help[] }[];
  const help = inside?.notSeen[0] ?? {};
  expect(operationsOf(help)).toEqual(operations);
  await make(help, call);
});

test.each<[ProviderName, string]>([
  ['samsung', 'analytics'],
  ['naver', 'shop-orders'],
])('where %s installs none, an owner is told the statement', async (provider, instance) => {
  const { call } = await looking(provider, instance, await withoutStatements('without'));
  const { data } = await call('list_statements', { instance });
  expect(data['inside']).toMatchObject([{ run: 'CREATE EXTENSION pg_stat_statements;' }]);
});
