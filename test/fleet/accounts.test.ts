import { beforeAll, describe, expect, test } from 'vitest';
import type { Read } from '../../src/fleet/adapter.js';
import type { Fleet as FleetView } from '../../src/fleet/fleet.js';
import { accountOf, idOf } from '../../src/fleet/reference.js';
import { completion } from '../../src/fleet/resources/completion.js';
import { placeRights } from '../../src/fleet/resources/place-rights.js';
import { resourceSource } from '../../src/fleet/resources/resource-source.js';
import type { ProviderName } from '../../src/providers/settings.js';
import { recordsAt } from '../../src/values/json-path.js';
import { timesIn } from '../../src/values/time-text.js';
import type { Values } from '../../src/values/values.js';
import { configOf } from '../support/accounts.js';
import { type Connection, connect } from '../support/connect.js';
import { endOfFile } from '../support/end-of-file.js';
import { type Fleet, startFleet } from '../support/fleet.js';
import { checkStep, fleetOver, readerOn, refused } from './reader.js';
import { eventsOf, findingsOf } from './walk/telling.js';

const end = endOfFile();

let fleet: Fleet;
let twinned: Connection;
beforeAll(async () => {
  fleet = await startFleet({ end });
  twinned = await connectTo({ 'nhn-prod': 'nhn', 'nhn-test': 'nhn', 'shop-db': 'naver', samsung: 'samsung' });
});

/** A client of accounts by these names; those of one provider are the same account, and so have the same numbers. */
async function connectTo(accounts: Record<string, ProviderName>, options: Parameters<typeof configOf>[1] = {}) {
  const named = Object.entries(accounts).flatMap(([name, provider]) => {
    const account = fleet.served.get(provider);
    return account ? [[name, account] as const] : [];
  });
  const config = configOf({ served: new Map(named) }, options);
  return connect({ args: ['--config', config, '--profile', 'full'], end });
}

/** What a client sees of a fleet tool. */
async function ask({ call }: Connection, name: string, args: Values = {}): Promise<{ text: string; data: Shown }> {
  return call(name, args);
}

interface Shown extends Values {
  counts?: Record<string, number>;
  instances?: { reference: string }[];
  failures?: { provider: string }[];
}

let nhn: Read;
let naver: Read;
let samsung: Read;
beforeAll(async () => {
  nhn = (await readerOn('nhn')).read;
  naver = (await readerOn('naver')).read;
  samsung = (await readerOn('samsung')).read;
});

/** An account of NHN that has only analytics. */
const analytics: Read = async (tool, input) => {
  const answer = await nhn(tool, input);
  const rows = recordsAt(answer, 'dbInstances');
  return rows.length === 0 ? answer : { dbInstances: rows.filter(({ dbInstanceName: name }) => name === 'analytics') };
};

/** Two accounts of one provider whose instances and groups have the same numbers, one of another, one as ever. */
const twins = () =>
  fleetOver({
    'nhn-prod': { provider: 'nhn', read: nhn },
    'nhn-test': { provider: 'nhn', read: nhn },
    'shop-db': { provider: 'naver', read: naver },
    samsung: { provider: 'samsung', read: samsung },
  });

const orders = async (fleet: FleetView, account: string) => {
  const { instances } = await fleet.inventory();
  const found = instances.find(
    ({ reference, name }) => reference.startsWith(`${account}:`) && name === 'orders-primary',
  );
  if (!found) throw new Error(`${account} has no orders-primary.`);
  return found;
};

async function twinnedOrders(): Promise<{ reference: string; id: string }> {
  const { data } = await ask(twinned, 'fleet_overview', { provider: 'nhn-prod', name: 'orders-primary' });
  const [found] = data.instances ?? [];
  if (!found) throw new Error('nhn-prod has no orders-primary.');
  return { ...found, id: idOf(found.reference) };
}

test('an account is named where it bears another name than its provider, and in every reference', async () => {
  const { fleet } = twins();
  const { instances } = await fleet.inventory();
  for (const { reference, id, provider, account } of instances) {
    expect(reference).toBe(`${account ?? provider}:${id}`);
    expect(account).not.toBe(provider);
  }
  const samsungs = instances.filter(({ provider }) => provider === 'samsung');
  expect(samsungs.map((instance) => 'account' in instance)).toEqual(samsungs.map(() => false));
  const prod = await orders(fleet, 'nhn-prod');
  expect(prod).toMatchObject({ provider: 'nhn', account: 'nhn-prod' });
  expect(prod.replicas?.[0]).toMatch(/^nhn-prod:/);
  expect(await fleet.get(prod.reference)).toMatchObject({ reference: prod.reference, account: 'nhn-prod' });
  expect(await fleet.job('nhn-test', 'x')).toEqual({ job: 'nhn-test:x' });
});

test('counts and lines are by account, and numbers that two accounts share are told apart', async () => {
  const { text, data } = await ask(twinned, 'fleet_overview', { limit: 100 });
  expect(data.counts).toMatchObject({ 'nhn-prod available': 5, 'nhn-test available': 5, 'shop-db available': 5 });
  expect(text).toContain('5 nhn-prod available');
  const prod = await twinnedOrders();
  expect(text).toContain(`nhn-prod orders-primary [${prod.reference}]`);
  expect(new Set(data.instances?.map(({ reference }) => reference)).size).toBe(data.instances?.length);
  const ambiguous = await ask(twinned, 'fleet_get_instance', { instance: prod.id });
  expect(ambiguous.data.instances?.map(({ reference }) => reference)).toEqual([prod.reference, `nhn-test:${prod.id}`]);
  const { text: one } = await ask(twinned, 'fleet_get_instance', { instance: prod.reference });
  expect(one).toContain('  provider: nhn\n');
});

describe('a filter', () => {
  const all = ['nhn-prod', 'nhn-test', 'samsung', 'shop-db'];
  test.each([
    [undefined, all],
    ['nhn-prod', ['nhn-prod']],
    ['nhn', ['nhn-prod', 'nhn-test']],
    ['shop-db', ['shop-db']],
    ['naver', ['shop-db']],
    ['samsung', ['samsung']],
  ])('of %s leaves %j', async (provider, accounts) => {
    const { data } = await ask(twinned, 'fleet_overview', { provider, limit: 100 });
    const found = new Set(data.instances?.map(({ reference }) => accountOf(reference)));
    expect([...found].toSorted()).toEqual(accounts);
    const check = await ask(twinned, 'fleet_check', { provider });
    const examined = new Set(findingsOf(check).map(({ instance }) => accountOf(instance)));
    expect([...examined].toSorted()).toEqual(accounts);
  });

  test('of a provider takes the account that bears its name and those that do not', async () => {
    const both = await connectTo({ nhn: 'nhn', prod: 'nhn' });
    const { data } = await ask(both, 'fleet_overview', { provider: 'nhn', limit: 100 });
    expect(Object.keys(data.counts ?? {})).toEqual(expect.arrayContaining(['nhn available', 'prod available']));
  });

  test.each(['fleet_overview', 'fleet_check'])('that %s does not know is refused with what there is', async (tool) => {
    const { text } = await ask(twinned, tool, { provider: 'nhn-stage' });
    expect(text).toContain('there is no "nhn-stage" here; there are nhn-prod, nhn-test, shop-db, samsung, nhn, naver.');
  });
});

test('one account that is refused is named, and its siblings are there', async () => {
  const accounts = { 'nhn-prod': 'nhn', 'nhn-old': 'nhn', samsung: 'samsung' } as const;
  const connection = await connectTo(accounts, { 'nhn-old': { secretAccessKey: 'of-last-year' } });
  for (const tool of ['fleet_overview', 'fleet_check', 'fleet_list_events']) {
    const { text, data } = await ask(connection, tool);
    expect(data.failures).toEqual([{ provider: 'nhn-old', message: expect.stringContaining('invalid_client') }]);
    expect(text).toContain('nhn-old could not be asked');
  }
  const { data } = await ask(connection, 'fleet_list_events');
  const accountsOf = new Set(eventsOf({ data }).map(({ provider }) => provider));
  expect(accountsOf).toContain('nhn-prod');
  expect(accountsOf).not.toContain('nhn-old');
  const unasked = await ask(connection, 'fleet_overview', { provider: 'nhn-prod' });
  expect(unasked.data.failures).toBeUndefined();
  const missing = await ask(connection, 'fleet_get_instance', { instance: 'nowhere' });
  expect(missing.text).toContain('nhn-old could not be asked, so it may be there');
});

test('what belongs together is sought in its own account, although numbers are the same', async () => {
  const { fleet } = twins();
  const prod = await orders(fleet, 'nhn-prod');
  const twin = await orders(fleet, 'nhn-test');
  expect([twin.id, twin.group]).toEqual([prod.id, prod.group]);
  const related = await fleet.related(prod);
  expect(related.map(({ name, account }) => `${account} ${name}`).toSorted()).toEqual([
    'nhn-prod orders-replica',
    'nhn-prod orders-standby',
  ]);
  const { diagnoses } = await fleet.examine([prod, twin], { until: Date.now() + 60_000 });
  expect(diagnoses.map(({ instance }) => instance.reference)).toEqual([prod.reference, twin.reference]);
});

test('a diagnosis asks each question once', async () => {
  const { fleet, asked } = fleetOver({ 'nhn-prod': { provider: 'nhn', read: nhn } });
  const prod = await orders(fleet, 'nhn-prod');
  asked.length = 0;
  await fleet.diagnose(prod);
  expect(asked.filter((each) => each === 'nhn-prod nhn_get_db_instance')).toHaveLength(1);
});

test('events of an instance are those of its account', async () => {
  const { fleet } = twins();
  const { reference } = await orders(fleet, 'nhn-test');
  const range = { from: new Date(Date.now() - 7 * 86_400_000).toISOString(), to: new Date().toISOString() };
  const { events } = await fleet.events({ ...range, reference });
  expect(new Set(events.map((event) => event.reference))).toEqual(new Set([reference]));
  expect(new Set(events.map(({ account }) => account))).toEqual(new Set(['nhn-test']));
});

test('a change that two looks show bears its account', async () => {
  const own = await startFleet({ providers: [], accounts: { 'scp-dev': 'samsung', 'scp-prod': 'samsung' } });
  const { call } = await connect({ args: ['--config', configOf(own), '--profile', 'full'] });
  await call('fleet_overview');
  const { data: listed } = await call('samsung_list_clusters', { account: 'scp-dev', size: 100 });
  const staging = (listed['contents'] as { id: string; name: string }[]).find(({ name }) => name === 'staging');
  const started = await call('samsung_start_cluster', { account: 'scp-dev', cluster_id: staging?.id });
  expect(started.isError, started.text).toBe(false);
  own.world.advance(600_000);
  const { text, data } = await call('fleet_list_events');
  expect(data['events']).toEqual([expect.objectContaining({ instance: 'scp-dev:staging', kind: 'change' })]);
  expect(text).toMatch(/Z scp-dev staging \[scp-dev:\w+\] \(state, change\): stopped/);
});

test('next steps name the account where there are several of the provider, and only there', async () => {
  const check = await ask(twinned, 'fleet_check', { detail: true });
  const steps = findingsOf(check).flatMap(({ instance, next }) => (next ? [{ instance, ...next }] : []));
  expect(new Set(steps.map(({ tool }) => tool.split('_')[0]))).toEqual(new Set(['nhn', 'naver', 'samsung']));
  for (const { instance, tool, arguments: all } of steps) {
    const { account, ...own } = all;
    expect(account).toBe(tool.startsWith('nhn_') ? accountOf(instance) : undefined);
    await checkStep(tool.split('_')[0] ?? '', { tool, arguments: own });
  }
});

describe('where something is', () => {
  test('one account holds it, by its id or that of its group; several may; none does', async () => {
    const { fleet } = fleetOver({
      'nhn-prod': { provider: 'nhn', read: nhn },
      'nhn-stage': { provider: 'nhn', read: analytics },
      'shop-db': { provider: 'naver', read: naver },
      'shop-old': { provider: 'naver', read: naver },
    });
    const { id, group = '' } = await orders(fleet, 'nhn-prod');
    expect(group).not.toBe('');
    expect(await fleet.locate('nhn', [id], false)).toEqual({ holders: ['nhn-prod'], unread: [] });
    expect(await fleet.locate('nhn', ['x', group], false)).toEqual({ holders: ['nhn-prod'], unread: [] });
    const { instances } = await fleet.inventory();
    const [shared] = instances.filter(({ provider }) => provider === 'naver');
    const located = await fleet.locate('naver', [shared?.id ?? ''], false);
    expect(located).toEqual({ holders: ['shop-db', 'shop-old'], unread: [] });
    // The number of another provider's instance is not an answer.
    expect(await fleet.locate('nhn', [shared?.id ?? ''], false)).toEqual({ holders: [], unread: [] });
  });

  test('an account that could not be read may hold it too', async () => {
    const { fleet } = fleetOver({
      'nhn-prod': { provider: 'nhn', read: nhn },
      'nhn-old': { provider: 'nhn', read: refused },
    });
    const { id } = await orders(fleet, 'nhn-prod');
    expect(await fleet.locate('nhn', [id], true)).toEqual({ holders: ['nhn-prod'], unread: ['nhn-old'] });
    expect(await fleet.locate('nhn', ['x'], true)).toEqual({ holders: [], unread: ['nhn-old'] });
  });

  test('a fresh look is at the accounts of that provider, and any other is that of the last seconds', async () => {
    const { fleet, asked } = twins();
    const { id } = await orders(fleet, 'nhn-prod');
    asked.length = 0;
    await fleet.locate('nhn', [id], false);
    expect(asked).toEqual([]);
    await fleet.locate('nhn', [id], true);
    expect(asked).toEqual(['nhn-prod nhn_list_db_instances', 'nhn-test nhn_list_db_instances']);
  });
});

test('resources and completion go by the names of accounts', async () => {
  const { fleet } = twins();
  const prod = await orders(fleet, 'nhn-prod');
  const uri = `pgfleet://nhn-prod/instances/${prod.id}`;
  const anyone = { id: 'anyone', name: 'anyone', groups: [] };
  const rights = placeRights({ openTo: async () => fleet });
  const source = resourceSource({
    accounts: fleet.accounts,
    rights,
    operations: [],
    declarationOf: async () => undefined,
    recentJobs: () => ['nhn-test:j2', 'nhn-prod:j1'],
    baselineNames: async () => [],
    now: () => Date.now(),
    timeText: timesIn('UTC'),
    worded: (fields) => fields,
    reasonOf: (error) => ({ message: String(error) }),
  });
  const listed = (await source.list(anyone)).find((resource) => resource.uri === uri);
  expect(listed?.title).toBe('orders-primary (nhn-prod, available)');
  const record: unknown = JSON.parse((await source.read(uri, anyone))?.content ?? '');
  expect(record).toMatchObject({ account: 'nhn-prod', id: prod.id });
  // An address names an account, which a provider of several is not.
  expect(await source.read(`pgfleet://nhn/instances/${prod.id}`, anyone)).toBeUndefined();
  const asked = { template: 'pgfleet://{provider}/jobs/{id}', variable: 'provider', text: 'nhn', given: {} };
  expect(await source.complete(asked, anyone)).toEqual(['nhn-prod', 'nhn-test']);
  const given = { provider: 'nhn-test' };
  expect(await source.complete({ ...asked, variable: 'id', text: '', given }, anyone)).toEqual(['j2']);
  const complete = completion({ ...fleet, instances: rights.instances, tools: [] });
  expect(await complete('provider', 'nh', anyone)).toEqual(['nhn', 'nhn-prod', 'nhn-test']);
  expect(await complete('provider', 'a', anyone)).toEqual(['naver', 'samsung']);
});
