import { expect, test } from 'vitest';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { fresh } from '../providers/cegedim.js';

/** Calls whose every id is a name, by the words that the plan or the answer has for what each means. */
const calls: [string, Record<string, unknown>, readonly string[]][] = [
  ['nhn_get_db_instance_group', { dbInstanceGroupId: 'orders-primary' }, ['orders-primary']],
  ['nhn_list_backups', { page: 1, size: 10, dbInstanceId: 'analytics', dbVersion: 'PostgreSQL V14.6' }, ['analytics']],
  ['nhn_get_db_security_group', { dbSecurityGroupId: 'app-servers' }, ['app-servers']],
  ['nhn_get_parameter_group', { parameterGroupId: 'orders-tuned' }, ['orders-tuned']],
  ['nhn_get_user_group', { userGroupId: 'dba' }, ['dba']],
  ['nhn_get_notification_group', { notificationGroupId: 'ops-alerts' }, ['ops-alerts']],
  ['nhn_delete_database', { dbInstanceId: 'orders-primary', databaseId: 'inventory' }, ['orders-primary', 'inventory']],
  ['nhn_delete_db_user', { dbInstanceId: 'orders-primary', dbUserId: 'orders_app' }, ['orders-primary', 'orders_app']],
  ['nhn_delete_backup', { backupId: 'billing-year-end' }, ['billing-year-end']],
  [
    'nhn_modify_db_instance',
    { dbInstanceId: 'orders-primary', dbSecurityGroupIds: ['office', 'nhn:app-servers'], dbFlavorId: 'm2.c4m8' },
    ['orders-primary', 'office', 'nhn:app-servers', 'm2.c4m8'],
  ],
  ['nhn_modify_user_group', { userGroupId: 'dba', memberIds: ['Kim Jiwoo'] }, ['dba', '"Kim Jiwoo"']],
  [
    'nhn_install_extension',
    {
      dbInstanceGroupId: 'orders-primary',
      extensionId: 'btree_gin',
      databaseId: 'orders',
      schemaName: 'public',
      withCascade: false,
    },
    ['orders-primary', 'btree_gin', 'orders'],
  ],
  ['samsung_list_parameters', { dbaas_parameter_group_id: 'PostgreSQL 14 default' }, ['"PostgreSQL 14 default"']],
  ['samsung_list_engine_version_properties', { dbaas_engine_version_id: 'PostgreSQL 14.17' }, ['"PostgreSQL 14.17"']],
  ['samsung_resize_instance_group', { instance_group_id: 'orders', server_type_name: 'db1v4m16' }, ['orders']],
  ['samsung_resize_block_storage', { block_storage_group_id: 'analytics-data-2', size_gb: 1024 }, ['analytics-data-2']],
  ['samsung_reset_replica', { replica_cluster_id: 'orders-east' }, ['orders-east']],
  ['samsung_sync_replica_state', { origin_cluster_id: 'orders' }, ['orders']],
  [
    'naver_list_target_subnets',
    { vpcNo: 'shop-vpc', cloudPostgresqlImageProductCode: 'SW.VPGSL.OS.LNX64.ROCKY.0810.PGSQL.B050' },
    ['shop-vpc'],
  ],
  [
    'naver_list_db_server_logs',
    { cloudPostgresqlServerInstanceNo: 'orders-001', logType: 'POSTGRESQL_LOG' },
    ['orders-001'],
  ],
  ['cegedim_list_actions', { resourceId: 'ordersprod01', serviceId: 'Orders' }, ['ordersprod01', 'Orders']],
];

test.each(calls)('%s takes names', async (tool, args, names) => {
  const fleet = await startFleet();
  const { call, asked } = await connect({ fleet, answer: 'decline' });
  const { text } = await call(tool, args);
  const told = asked[0]?.message ?? text;
  const named = /^Named: (.*)\.$/m.exec(told)?.[1]?.split(', ') ?? [told];
  for (const name of names) expect(named).toContainEqual(expect.stringMatching(new RegExp(`^${name} → \\S+$`)));
});

test.each([
  ['cegedim_get_instance', 'id', 'cegedim_list_resources', 'content', 'id'],
  [
    'naver_get_instance',
    'cloudPostgresqlInstanceNo',
    'naver_list_instances',
    'cloudPostgresqlInstanceList',
    'cloudPostgresqlInstanceNo',
  ],
])('%s takes digits as a number and as text', async (tool, argument, list, at, field) => {
  const { call } = await connect({ fleet: await startFleet() });
  const { data } = await call(list);
  const [first] = data[at] as Record<string, unknown>[];
  for (const id of [Number(first?.[field]), String(first?.[field])]) {
    const { isError, text, data: got } = await call(tool, { [argument]: id });
    expect(isError, text).toBe(false);
    expect(got['pgfleet']).not.toHaveProperty('named');
  }
});

test.each([
  ['nhn_get_db_instance', '{"dbInstanceId":"orders-primary"}', 'orders-primary'],
  ['cegedim_get_instance', '{"id":"cegedim:ordersprod01"}', 'cegedim:ordersprod01'],
])('%s takes names through run_read_operation', async (operation, args, name) => {
  const { call } = await connect({ fleet: await startFleet() });
  const { text } = await call('run_read_operation', { operation, arguments: args });
  expect(text).toMatch(new RegExp(`^Named: ${name} → \\S+\\.$`, 'm'));
});

test('a name whose list is within something that the call lacks is answered with what it takes', async () => {
  const { call } = await connect({ fleet: await startFleet() });
  const { text } = await call('naver_create_read_replica', {
    cloudPostgresqlInstanceNo: 'shop-orders',
    subnetNo: 'shop-public-kr1',
  });
  expect(text).toContain(
    'subnetNo: without vpcNo and cloudPostgresqlImageProductCode, it takes an id of the subnet alone.',
  );
});

test('the reference of an instance leads to its group, and the id of an instance alone does not', async () => {
  const { call } = await connect({ fleet: await startFleet({ providers: ['nhn'] }) });
  const { dbInstanceId, dbInstanceGroupId } = (await call('nhn_get_db_instance', { dbInstanceId: 'orders-primary' }))
    .data;
  const reference = `nhn:${String(dbInstanceId)}`;
  for (const tool of ['nhn_get_db_instance_group', 'nhn_list_extensions']) {
    const { isError, data, text } = await call(tool, { dbInstanceGroupId: reference });
    expect(isError, text).toBe(false);
    expect(data['pgfleet']).toMatchObject({ named: [`${reference} → ${String(dbInstanceGroupId)}`] });
    const group = await call(tool, { dbInstanceGroupId: `nhn:${String(dbInstanceGroupId)}` });
    expect(group.isError, group.text).toBe(false);
    expect((await call(tool, { dbInstanceGroupId: dbInstanceId })).isError).toBe(true);
  }
});

test('a network at cegedim.cloud is named by its range', async () => {
  const fleet = await startFleet({ providers: ['cegedim'] });
  const { call } = await connect({ fleet, args: [], env: { PGFLEET_CONFIRM: 'off' } });
  const create = (networkId: unknown) =>
    call('run_operation', {
      operation: 'cegedim_create_instance',
      arguments: JSON.stringify({ ...fresh, networkId }),
    });
  const { isError, text, data } = await create('10.60.12.0/24');
  expect(isError, text).toBe(false);
  expect(data['pgfleet']).toMatchObject({ named: ['10.60.12.0/24 → 132'] });
  expect((await create('10.99.0.0/16')).text).toContain('there is no network named "10.99.0.0/16"');
});
