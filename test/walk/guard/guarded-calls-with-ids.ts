import { textAt, textsAt, valueAt } from '../../../src/values/json-path.js';
import type { Values } from '../../../src/values/values.js';

/** Reads with a tool, and gives the data of its answer. */
type Read = (tool: string, args: Values) => Promise<Values>;

/** Operations that a person is asked about, which take the ids of things that have no name. */
export type CallsWithIds = readonly [string, (read: Read) => Promise<Values>][];

const orders = { dbInstanceId: 'orders-primary' };
const group = { dbInstanceGroupId: 'orders-primary' };
const all = { databaseApplyType: 'ENTIRE', dbUserApplyType: 'ENTIRE' };
const everybody = { ...all, address: '0.0.0.0/0', authMethod: 'SCRAM_SHA_256' };
const opened = { direction: 'INGRESS', etherType: 'IPV4', cidr: '0.0.0.0/0', port: { portType: 'DB_PORT' } };
const appServers = { dbSecurityGroupId: 'app-servers' };
const alerts = { notificationGroupId: 'ops-alerts' };

const accessRules = async (read: Read) => textsAt(await read('nhn_list_hba_rules', orders), 'hbaRules.hbaRuleId');

const securityRule = async (read: Read) =>
  textAt(await read('nhn_get_db_security_group', appServers), 'dbSecurityGroup.rules.ruleId');

const nhn: CallsWithIds = [
  [
    'nhn_delete_extension',
    async (read) => {
      const extensions = await read('nhn_list_extensions', group);
      const id = textAt(extensions, 'extensions.databases.dbInstanceGroupExtensionId');
      return { ...group, dbInstanceGroupExtensionId: id, withCascade: false };
    },
  ],
  ['nhn_modify_hba_rule', async (read) => ({ ...orders, hbaRuleId: (await accessRules(read))[0], ...everybody })],
  ['nhn_reorder_hba_rules', async (read) => ({ ...orders, hbaRuleIds: (await accessRules(read)).toReversed() })],
  ['nhn_delete_hba_rule', async (read) => ({ ...orders, hbaRuleId: (await accessRules(read))[0] })],
  [
    'nhn_modify_db_security_group_rule',
    async (read) => ({ ...appServers, ruleId: await securityRule(read), ...opened }),
  ],
  ['nhn_delete_db_security_group_rules', async (read) => ({ ...appServers, ruleIds: [await securityRule(read)] })],
  [
    'nhn_delete_watchdog',
    async (read) => ({
      ...alerts,
      watchdogId: textAt(await read('nhn_list_watchdogs', alerts), 'watchdogs.watchdogId'),
    }),
  ],
];

const cluster = { cluster_id: 'orders' };

const samsung: CallsWithIds = [
  [
    'samsung_resize_instance_group',
    async (read) => ({
      instance_group_id: textAt(await read('samsung_get_cluster', cluster), 'instance_groups.id'),
      server_type_name: 'db1v4m16',
    }),
  ],
  [
    'samsung_resize_block_storage',
    async (read) => {
      const [, data] = textsAt(await read('samsung_get_cluster', cluster), 'instance_groups.block_storage_groups.id');
      return { block_storage_group_id: data, size_gb: 1024 };
    },
  ],
  [
    'samsung_remove_backup_histories',
    async (read) => {
      const backups = await read('samsung_list_backup_histories', cluster);
      return { ...cluster, backup_history_number: [textAt(backups, 'contents.backup_history_number')] };
    },
  ],
];

const shop = { cloudPostgresqlInstanceNo: 'shop-orders' };
const server = { cloudPostgresqlServerInstanceNo: 'orders-001', logType: 'POSTGRESQL_LOG' };
const bucketName = 'pg-exports';

const others: CallsWithIds = [
  [
    'naver_export_backup',
    async (read) => {
      const backups = await read('naver_list_backup_details', shop);
      return { ...shop, fileName: textAt(backups, 'cloudPostgresqlBackupDetailList.fileName'), bucketName };
    },
  ],
  [
    'naver_export_db_server_log',
    async (read) => {
      const logs = await read('naver_list_db_server_logs', server);
      return { ...server, fileName: textAt(logs, 'cloudPostgresqlDbServerLogList.fileName'), bucketName };
    },
  ],
  [
    'cegedim_restore_instance',
    async (read) => {
      const sourceId = valueAt(await read('cegedim_get_instance', { id: 'ordersqa01' }), 'id');
      const timestamp = new Date(Date.now() - 7_200_000).toISOString();
      return { id: 'ordersqa01', options: { sourceId, stop: 'BEFORE', timestamp } };
    },
  ],
];

export const callsWithIds: CallsWithIds = [...nhn, ...samsung, ...others];
