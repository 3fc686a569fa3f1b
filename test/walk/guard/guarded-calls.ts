/** Operations that a person is asked about, with names where ids are wanted. */
export type Calls = readonly [string, Record<string, unknown>][];

const storage = {
  tenantId: 't',
  username: 'u@example.com',
  password: 'pass-1234',
  targetContainer: 'c',
  objectPath: 'o',
};
const port = { portType: 'DB_PORT' };
const rule = { direction: 'INGRESS', etherType: 'IPV4', cidr: '0.0.0.0/0', port };
const everybody = {
  databaseApplyType: 'ENTIRE',
  dbUserApplyType: 'ENTIRE',
  address: '0.0.0.0/0',
  authMethod: 'SCRAM_SHA_256',
};
const orders = { dbInstanceId: 'orders-primary' };
const analytics = { dbInstanceId: 'analytics' };

export const nhnCalls: Calls = [
  ['nhn_modify_db_instance', { ...orders, dbSecurityGroupIds: ['analytics-open'], dbPort: 15_999 }],
  ['nhn_modify_deletion_protection', { ...analytics, useDeletionProtection: false }],
  ['nhn_modify_storage_info', { ...analytics, storageSize: 400 }],
  ['nhn_stop_db_instance', analytics],
  ['nhn_restart_db_instance', analytics],
  ['nhn_modify_network_info', { ...analytics, usePublicAccess: false }],
  ['nhn_delete_db_instance', { dbInstanceId: 'staging' }],
  ['nhn_force_restart_db_instance', analytics],
  ['nhn_modify_high_availability', { ...orders, useHighAvailability: false }],
  ['nhn_pause_high_availability', orders],
  ['nhn_promote_db_instance', { dbInstanceId: 'orders-replica' }],
  ['nhn_backup_to_object_storage', { ...orders, ...storage }],
  ['nhn_export_backup', { backupId: 'billing-year-end', ...storage }],
  ['nhn_delete_backup', { backupId: 'billing-year-end' }],
  ['nhn_modify_backup_info', { ...analytics, backupPeriod: 1 }],
  ['nhn_modify_database', { ...orders, databaseId: 'inventory', databaseName: 'stock' }],
  ['nhn_delete_database', { ...orders, databaseId: 'inventory' }],
  ['nhn_apply_extension_changes', { dbInstanceGroupId: 'analytics' }],
  ['nhn_create_db_user', { ...orders, dbUserName: 'app2', dbPassword: 'pass-1234', authorityType: 'CRUD' }],
  ['nhn_modify_db_user', { ...orders, dbUserId: 'orders_app', dbPassword: 'pass-1234' }],
  ['nhn_delete_db_user', { ...orders, dbUserId: 'orders_app' }],
  ['nhn_create_hba_rule', { ...orders, ...everybody }],
  ['nhn_apply_hba_rules', orders],
  ['nhn_create_db_security_group', { dbSecurityGroupName: 'open', rules: [rule] }],
  ['nhn_create_db_security_group_rule', { dbSecurityGroupId: 'app-servers', ...rule }],
  ['nhn_delete_db_security_group', { dbSecurityGroupId: 'analytics-open' }],
  ['nhn_apply_parameter_group', orders],
  ['nhn_delete_parameter_group', { parameterGroupId: 'default-v14-19' }],
  ['nhn_reset_parameter_group', { parameterGroupId: 'orders-tuned' }],
  ['nhn_delete_user_group', { userGroupId: 'dba' }],
  ['nhn_delete_notification_group', { notificationGroupId: 'ops-alerts' }],
];

/** Those that are of a primary that was failed over. */
export const callsAfterFailover: Calls = [
  ['nhn_repair_high_availability', orders],
  ['nhn_split_high_availability', orders],
];

const cluster = { cluster_id: 'orders' };
const keys = { access_key: 'key-12345678', secret_key: 'key-12345678' };
const daily = {
  delete_on_export: true,
  schedule_frequency_type: 'DAY',
  schedule_day_of_week: 'MON',
  schedule_day_of_month: '1',
  schedule_hour: '3',
};

const workers = { id: 'autovacuum_max_workers', old_value: '3', new_value: '5' };
const disk = { role_type: 'DATA', size_gb: 640 };
const servers = { role_type: 'ACTIVE', server_type_name: 'db1v8m32', block_storage_groups: [disk] };
const elsewhere = {
  region: 'kr-east1',
  subnet_id: 'f69eb5a5a85baa76997c8b8a948f78c5',
  nat_enabled: false,
  replica_count: 1,
  replicas: [{ name: 'orders-far', instance_groups: [servers] }],
  allowable_ip_addresses: ['192.168.10.0/24'],
};

export const samsungCalls: Calls = [
  ['samsung_terminate_cluster', { cluster_id: 'analytics' }],
  ['samsung_restart_cluster', cluster],
  ['samsung_stop_cluster', cluster],
  ['samsung_switchover_cluster', cluster],
  ['samsung_add_block_storage', { instance_group_id: 'orders', role_type: 'DATA', size_gb: 104, volume_type: 'SSD' }],
  ['samsung_patch_minor_version', { cluster_id: 'analytics', software_version: '16.10', backup_before_upgrade: true }],
  ['samsung_set_parameter_values', { ...cluster, parameters: [workers] }],
  ['samsung_create_other_region_replica', { ...cluster, ...elsewhere }],
  ['samsung_promote_replica_cluster', { cluster_id: 'orders-east' }],
  ['samsung_reset_replica', { replica_cluster_id: 'orders-east' }],
  ['samsung_unset_backup', cluster],
  ['samsung_delete_archive_logs', cluster],
  ['samsung_set_archive_config', { ...cluster, archive_enabled: false }],
  ['samsung_set_audit_log', { ...cluster, use_audit_log: false }],
  ['samsung_export_log', { ...cluster, log_type: 'audit' }],
  ['samsung_register_log_export_config', { ...cluster, log_type: 'alert', bucket_name: 'logs', ...keys, ...daily }],
  ['samsung_set_log_export_config', { ...cluster, log_type: 'audit', ...keys, ...daily }],
  ['samsung_unregister_log_export_config', { ...cluster, log_type: 'audit' }],
  ['samsung_set_security_group_rules', { ...cluster, add_ip_addresses: ['0.0.0.0/0'] }],
  [
    'samsung_set_maintenance',
    { ...cluster, start_day_of_week: 'MON', start_time: '12', start_minute: '30', term_hour: '1' },
  ],
  ['samsung_unset_maintenance', cluster],
];

const shop = { cloudPostgresqlInstanceNo: 'shop-orders' };
const login = { name: 'reporting', clientCidr: '0.0.0.0/0' };

export const otherCalls: Calls = [
  ['naver_reboot_server', { cloudPostgresqlServerInstanceNo: 'orders-001' }],
  ['naver_delete_read_replica', { cloudPostgresqlServerInstanceNo: 'orders-003' }],
  ['naver_delete_instance', { cloudPostgresqlInstanceNo: 'event-archive' }],
  ['naver_delete_databases', { ...shop, cloudPostgresqlDatabaseList: [{ name: 'orders' }] }],
  [
    'naver_add_db_users',
    {
      ...shop,
      cloudPostgresqlUserList: [{ ...login, name: 'newcomer', password: 'passw0rd!', isReplicationRole: false }],
    },
  ],
  ['naver_change_db_users', { ...shop, cloudPostgresqlUserList: [login] }],
  ['naver_delete_db_users', { ...shop, cloudPostgresqlUserList: [{ name: 'reporting' }] }],
  ['cegedim_delete_instance', { id: 'partnerportal' }],
  ['cegedim_enable_ha', { id: 'ordersqa01', options: { replicationLag: 50 } }],
  ['cegedim_resize_instance', { id: 'ordersprod01', options: { sizing: '2cpu8gb' } }],
  ['cegedim_upgrade_instance', { id: 'ordersqa01', options: { targetVersion: '17' } }],
  ['cegedim_stop_instance', { id: 'ordersprod01' }],
  [
    'cegedim_install_extension',
    { id: 'ordersqa01', options: { dbname: 'orders', extensions_list: [{ name: 'pg_trgm' }] } },
  ],
];

const secret = ['password', 'dbPassword', 'access_key', 'secret_key', 'cloudPostgresqlUserList'];

/** The arguments that a plan masks. */
export const secretsOf = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(args).filter(([name]) => secret.includes(name)));
