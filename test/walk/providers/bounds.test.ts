import { expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { clusterNamed } from '../../support/samsung.js';

const id = '0ddb042c-5af6-43fb-a914-f4dd0540eb7c';
const rule = { direction: 'INGRESS', etherType: 'IPV4', cidr: '10.0.0.0/8', port: { portType: 'DB_PORT' } };
const access = { databaseApplyType: 'ENTIRE', dbUserApplyType: 'ENTIRE', authMethod: 'REJECT' };
const instance = { cloudPostgresqlInstanceNo: '1234925' };

const refused: [string, Record<string, unknown>, string][] = [
  ['nhn_create_hba_rule', { dbInstanceId: id, ...access, address: '10.0.0.0/33' }, 'address: must be an address range'],
  ['nhn_create_hba_rule', { dbInstanceId: id, ...access, address: '10.0.0.256' }, 'address: must be an address range'],
  ['nhn_create_db_security_group_rule', { dbSecurityGroupId: id, ...rule, cidr: '10.0.0.0/33' }, 'cidr: must be'],
  [
    'nhn_create_db_security_group_rule',
    { dbSecurityGroupId: id, ...rule, cidr: '2001:db8::/32' },
    'cidr must be an IPv4 range with etherType = IPV4.',
  ],
  [
    'nhn_create_db_security_group',
    { dbSecurityGroupName: 'one', rules: [rule, { ...rule, etherType: 'IPV6' }] },
    'rules[1].cidr must be an IPv6 range with rules[1].etherType = IPV6.',
  ],
  ['nhn_delete_db_security_group_rules', { dbSecurityGroupId: id, ruleIds: [id, id] }, 'ruleIds: must not name'],
  [
    'naver_delete_db_users',
    { ...instance, cloudPostgresqlUserList: [{ name: 'orders' }, { name: 'orders' }] },
    'twice',
  ],
  ['nhn_modify_user_group', { userGroupId: id }, 'At least one of userGroupName, memberIds, selectAllYN is needed.'],
  [
    'nhn_modify_maintenance_info',
    { dbInstanceId: id, allowAutoMaintenance: true, useAutoStorageCleanup: true, logRetentionPeriod: -1 },
    'logRetentionPeriod: Too small',
  ],
  ['naver_list_backups', { pageNo: 1 }, 'pageSize is needed with pageNo.'],
  [
    'cegedim_restore_instance',
    { id: 1, options: { sourceId: 2, stop: 'AFTER', timestamp: '2026-11-02T09:32:02.1234Z' } },
    'options.timestamp: must not be finer than milliseconds.',
  ],
];

test.each(refused)('%s refuses %j', async (tool, args, words) => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, answer: 'yes' });
  const { text, isError } = await call(tool, args);
  expect(isError).toBe(true);
  expect(text).toContain(words);
  expect(fleet.changes()).toEqual([]);
});

const newLogin = { name: 'month_end', clientCidr: '10.0.0.0/8', isReplicationRole: false };

const passwords: [string, boolean][] = [
  ['Made-up9!pw', true],
  ['Made_up9pw', true],
  ['Made-up9|pw', false],
  ['Made-up9é!pw', false],
  ['비밀번호-pw-9!', false],
  ['Made-up9 !pw', false],
];

test.each(passwords)('NAVER and its emulator agree about the password %s', async (secret, isTaken) => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, answer: 'yes' });
  const { isError, text } = await call('naver_add_db_users', {
    ...instance,
    cloudPostgresqlUserList: [{ ...newLogin, password: secret }],
  });
  expect(isError, text).toBe(!isTaken);
  expect(fleet.changes()).toHaveLength(isTaken ? 1 : 0);
});

test('what the services take is not refused here', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, answer: 'yes' });
  expect((await call('naver_list_instances', { pageSize: 2 })).isError).toBe(false);
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  for (const address of ['10.0.0.7', 'db.example.com', '2001:db8::/32', 'localhost']) {
    const { isError, text } = await call('nhn_create_hba_rule', { dbInstanceId, ...access, address });
    expect(isError, text).toBe(false);
  }
  const login = { dbInstanceId, dbUserName: 'month_end', dbPassword: 'Tr0ub4dor-And-3', authorityType: 'CRUD' };
  const made = await call('nhn_create_db_user', { ...login, createDefaultHbaRules: true });
  expect(made.isError, made.text).toBe(false);
});

test('an instance without backups needs no time for them', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  const { text, isError } = await call('naver_create_instance', {
    vpcNo: '5087',
    subnetNo: '5051',
    isHa: false,
    isBackup: false,
    isAutomaticBackup: false,
    cloudPostgresqlServiceName: 'fresh-one',
    cloudPostgresqlServerNamePrefix: 'fresh',
    cloudPostgresqlDatabaseName: 'fresh',
    cloudPostgresqlUserName: 'fresh_app',
    cloudPostgresqlUserPassword: 'Made-up9!pw',
    clientCidr: '192.168.0.0/16',
  });
  expect(isError, text).toBe(false);
});

test('a disk of role OS on a Samsung replica is passed on, and the service refuses it', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet });
  const group = { role_type: 'ACTIVE', server_type_name: 'db1v4m16' };
  const withSystem = { ...group, block_storage_groups: [{ role_type: 'OS', size_gb: 104 }] };
  const { text, isError } = await call('samsung_create_replica', {
    cluster_id: await clusterNamed(call, 'orders'),
    replica_count: 1,
    replicas: [{ name: 'orders-near', instance_groups: [withSystem] }],
    allowable_ip_addresses: [],
  });
  expect(isError).toBe(true);
  expect(text).toContain('ValidationError: "value_error');
  expect(fleet.changes()).toHaveLength(1);
});

const moments: [string, string][] = [
  ['07:30:00Z', '07:30:00.000+00:00'],
  ['16:30:00+09:00', '16:30:00.000+09:00'],
  ['07:30:00.5000Z', '07:30:00.500+00:00'],
  ['07:30:00.123+00:00', '07:30:00.123+00:00'],
];

test.each(moments)('cegedim gets yesterday at %s as %s, which is the one in the plan', async (givenTime, sentTime) => {
  const fleet = await startFleet();
  const yesterday = new Date(fleet.world.now() - 86_400_000).toISOString().slice(0, 10);
  const [given, sent] = [`${yesterday}T${givenTime}`, `${yesterday}T${sentTime}`];
  const { call, asked } = await connect({ fleet, answer: 'yes' });
  const [target, source] = await Promise.all(['ordersqa01', 'ordersprod01'].map((name) => idOf(call, name)));
  const { isError, text } = await call('cegedim_restore_instance', {
    id: target,
    options: { sourceId: source, stop: 'BEFORE', timestamp: given },
  });
  expect(isError, text).toBe(false);
  expect(asked[0]?.message).toContain(`held at ${sent}.`);
  const changes = fleet.requests.filter(({ method }) => method !== 'GET');
  expect(changes.map(({ body }) => JSON.parse(body ?? '{}'))).toMatchObject([{ options: { timestamp: sent } }]);
});

async function idOf(call: Connection['call'], wanted: string): Promise<unknown> {
  const { data } = await call('cegedim_list_resources', { size: 100 });
  return (data['content'] as { id: number; name: string }[]).find(({ name }) => name === wanted)?.id;
}
