import { describe, expect, test } from 'vitest';
import { policyOf } from '../../http/support/people.js';
import { type Connection, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { clusterNamed } from '../../support/samsung.js';

test.each([
  ['a slip', 'order-primary', 'Did you mean "orders-primary"?'],
  ['another case', 'Orders-Primary', 'Did you mean "orders-primary"?'],
  ['a part', 'primary', 'Did you mean "orders-primary"'],
  ['what is like nothing', 'zzzzzz', 'nhn_list_db_instances shows which there are; an id must be a UUID such as'],
])('a name that nothing bears is answered with the nearest: %s', async (_, dbInstanceId, hint) => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call, audit } = await connect({ fleet, answer: 'yes' });
  const { isError, text } = await call('nhn_delete_db_instance', { dbInstanceId });
  expect(isError).toBe(true);
  expect(text).toContain(`dbInstanceId: there is no DB instance named "${dbInstanceId}".`);
  expect(text).toContain(hint);
  expect(fleet.changes()).toEqual([]);
  expect(audit()).toMatchObject([{ event: 'refused', arguments: { dbInstanceId } }]);
});

test('a name that several bear is answered with what tells them apart', async () => {
  const altered = (body: string) => body.replaceAll('orders-standby', 'orders-primary');
  const fleet = await startFleet({ providers: ['nhn'], altered });
  const { call } = await connect({ fleet, answer: 'yes' });
  const { text } = await call('nhn_restart_db_instance', { dbInstanceId: 'orders-primary' });
  expect(text).toMatch(/several DB instances are named "orders-primary": \S+ \(MASTER, .*\S+ \(CANDIDATE_MASTER, /);
  expect(text).toContain('give the id of one');
  expect(fleet.changes()).toEqual([]);
});

const unreadNames = [
  ['samsung', 'GET /v1/clusters', 'samsung_get_cluster', 'samsung_start_cluster', 'cluster_id'],
  [
    'naver',
    'GET /vpostgresql/v2/getCloudPostgresqlInstanceList',
    'naver_get_instance',
    'naver_add_databases',
    'cloudPostgresqlInstanceNo',
  ],
] as const;
test.each(unreadNames)('where names of %s cannot be read, a read says so and a change is not sent', async (...row) => {
  const [provider, list, read, change, at] = row;
  const fleet = await startFleet({ providers: [provider] });
  const { call, asked } = await connect({ fleet, args: ['--profile', 'full'], answer: 'yes' });
  fleet.faults.add({ on: list, kind: 'status', value: 403 });
  const missed = await call(read, { [at]: 'orders' });
  expect(missed.isError).toBe(true);
  expect(missed.text).toMatch(/the names of each .* could not be read \(.*\), so "orders" was taken for an id/);
  const databases = { cloudPostgresqlDatabaseList: [{ name: 'audit', owner: 'app_user' }] };
  const refused = await call(change, { [at]: 'orders', ...(provider === 'naver' && databases) });
  expect(refused.text).toMatch(/the names of each .* could not be read \(.*\); give the id/);
  expect(asked).toEqual([]);
  expect(fleet.changes()).toEqual([]);
});

test('arguments that cannot work are refused before a name is looked for', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call } = await connect({ fleet });
  const { text } = await call('nhn_modify_db_instance', { dbInstanceId: 'orders-primary', dbPort: 'high' });
  expect(text).toContain('dbPort: ');
  expect(fleet.sent).toEqual([]);
});

test('names are no way around what an address offers', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { call } = await connect({ fleet, args: ['--profile', 'nhn:user-groups'] });
  const offered = await call('nhn_get_user_group', { userGroupId: 'dba' });
  expect(offered.isError, offered.text).toBe(false);
  const { text } = await call('nhn_modify_user_group', { userGroupId: 'dba', memberIds: ['Kim Jiwoo'] });
  expect(text).toContain('The names would be told by "List project members" (not offered here). Nothing was sent.');
  expect(fleet.changes()).toEqual([]);
});

test('a reference of another provider is answered with the tool that takes it', async () => {
  const fleet = await startFleet({ providers: ['nhn', 'samsung'] });
  const { call } = await connect({ fleet });
  const reference = `samsung:${await clusterNamed(call, 'orders')}`;
  fleet.sent.length = 0;
  const got = await call('nhn_get_db_instance', { dbInstanceId: reference });
  expect(got.text).toContain(`${reference} is of samsung, and nhn_get_db_instance is not.`);
  expect(got.text).toContain('samsung_get_cluster, with cluster_id');
  const started = await call('nhn_start_db_instance', { dbInstanceId: reference });
  expect(started.text).toContain('samsung_start_cluster, with cluster_id');
  const absent = await call('nhn_get_db_instance', { dbInstanceId: 'naver:1234925' });
  expect(absent.text).toContain('is of naver, of which there is no account here');
  expect(fleet.sent).toEqual([]);
});

describe('where the policy denies an instance', () => {
  const rules = [{ effect: 'deny', instances: ['orders-*'], reason: 'Orders are frozen.' }];
  const refusal = async ({ call }: Connection, tool: string, name: string) => {
    const { isError, text } = await call(tool, { dbInstanceId: name });
    expect(isError).toBe(true);
    return text.replaceAll(name, '…');
  };

  test.each(['nhn_get_db_instance', 'nhn_delete_db_instance'])(
    '%s answers as if nothing bore its name',
    async (tool) => {
      const fleet = await startFleet({ providers: ['nhn'] });
      const connection = await connect({ fleet, answer: 'yes', env: policyOf({ rules }) });
      const denied = await refusal(connection, tool, 'orders-primary');
      expect(denied).toContain('there is no DB instance named');
      expect(denied).toBe(await refusal(connection, tool, 'nobody-is-this'));
      expect(await refusal(connection, tool, 'orders-primar')).not.toContain('orders-');
      expect(fleet.changes()).toEqual([]);
    },
  );

  test('a change alone that is denied says so, since the name may be read', async () => {
    const fleet = await startFleet({ providers: ['nhn'] });
    const changes = [{ effect: 'deny', risks: ['destructive'], instances: ['orders-*'], reason: 'Orders are frozen.' }];
    const { call } = await connect({ fleet, answer: 'yes', env: policyOf({ rules: changes }) });
    const { text } = await call('nhn_delete_db_instance', { dbInstanceId: 'orders-primary' });
    expect(text).toContain('Orders are frozen.');
    expect(fleet.changes()).toEqual([]);
  });
});

describe('an id is an id first', () => {
  test('and a person who is asked sees what bears it as a name', async () => {
    let id = '';
    const altered = (body: string) => (id ? body.replaceAll('"billing-legacy"', `"${id}"`) : body);
    const fleet = await startFleet({ providers: ['nhn'], altered });
    const { call, asked } = await connect({ fleet, answer: 'decline' });
    id = (await instanceNamed(call, 'staging')).dbInstanceId;
    await call('nhn_delete_db_instance', { dbInstanceId: id });
    expect(asked[0]?.message).toContain('Delete DB instance: staging');
    expect(asked[0]?.message).toMatch(
      new RegExp(`Named: ${id} → ${id} \\("${id}" is the name of [0-9a-f-]{36} \\(.*too\\)`),
    );
  });

  test.each([
    ['cegedim_get_instance', { id: 987_654 }],
    ['cegedim_delete_instance', { id: '987654' }],
  ])('and where nothing has it, %s tells what bears it as a name', async (tool, args) => {
    const altered = (body: string) => body.replaceAll('"ordersprod01"', '"987654"');
    const { call } = await connect({ fleet: await startFleet({ providers: ['cegedim'], altered }), answer: 'yes' });
    const { isError, text } = await call(tool, args);
    expect(isError).toBe(true);
    expect(text).toMatch(/"987654" is the name of \d+ \(PostgreSQL, /);
  });

  test('also where its form does not tell', async () => {
    let id = '';
    const altered = (body: string) =>
      id ? body.replaceAll(id, 'short-1').replaceAll('"analytics"', '"short-1"') : body;
    const fleet = await startFleet({ providers: ['samsung'], altered });
    const { call } = await connect({ fleet });
    id = await clusterNamed(call, 'staging');
    const { text } = await call('samsung_list_replicas', { cluster_id: 'short-1' });
    expect(text).toMatch(/Named: short-1 → short-1 \("short-1" is the name of [0-9a-f]{32} \(ORIGIN, RUNNING/);
  });
});

test.each([
  ['samsung_reset_replica', { replica_cluster_id: 'orders' }, /"orders" is no replica: [0-9a-f]{32} \(ORIGIN/],
  [
    'samsung_sync_replica_state',
    { origin_cluster_id: 'orders-east' },
    /"orders-east" is no origin cluster: .*\(REPLICA/,
  ],
])('%s takes the name of what it is for alone', async (tool, args, why) => {
  const fleet = await startFleet({ providers: ['samsung'] });
  const { call } = await connect({ fleet, answer: 'yes' });
  expect((await call(tool, args)).text).toMatch(why);
  expect(fleet.changes()).toEqual([]);
});
