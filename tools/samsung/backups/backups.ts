import * as z from 'zod';
import { defineTool, listOf, timestamp } from '../../../src/define/index.js';
import * as fields from '../_fields.js';
import { chosenBackups, newestOtherBackup } from '../_targets.js';

const { clusterId } = fields;

export const listBackupHistories = defineTool({
  name: 'samsung_list_backup_histories',
  title: 'List backups',
  description: 'Lists the backups of a cluster with state and size (GB).',
  route: 'GET /v1/clusters/{cluster_id}/backup-histories',
  permission: 'postgresql:ListBackupHistories',
  core: true,
  risk: 'read',
  input: z.object({
    cluster_id: clusterId,
    limit: z.int().min(1).describe('backups a page').optional(),
    page: z.int().min(0).optional(),
  }),
});

export const setBackup = defineTool({
  name: 'samsung_set_backup',
  title: 'Set backup schedule',
  description:
    'Switches scheduled backups on or changes them; all three are numbers as text. ' +
    'A shorter retention may let older backups expire.',
  route: 'POST /v1/clusters/{cluster_id}/backups',
  permission: 'postgresql:SetBackup',
  risk: 'write',
  input: z.object({ cluster_id: clusterId, ...fields.backupSettings }),
  async: true,
  idempotent: true,
});

export const unsetBackup = defineTool({
  name: 'samsung_unset_backup',
  title: 'Switch backups off',
  description: 'Ends the scheduled backups of a cluster and the archiving of its WAL.',
  route: 'DELETE /v1/clusters/{cluster_id}/backups',
  permission: 'postgresql:UnsetBackup',
  risk: 'destructive',
  warning:
    'No more backups are made and recovery to a point in time ends. That the stored backups stay is nowhere promised.',
  undo: 'samsung_set_backup starts anew; backups that went with it do not come back.',
  irreversible: true,
  input: z.object({ cluster_id: clusterId }),
  planReads: [
    {
      label: 'backup settings now',
      read: 'samsung_get_cluster',
      at: 'init_config_option.backup_option',
      shows: Object.keys(fields.backupSettings),
    },
  ],
  async: true,
});

export const removeBackupHistories = defineTool({
  name: 'samsung_remove_backup_histories',
  title: 'Remove backups',
  description: 'Deletes chosen backups of a cluster.',
  route: 'PUT /v1/clusters/{cluster_id}/backup-histories',
  permission: 'postgresql:RemoveBackupHistories',
  risk: 'destructive',
  warning: 'The chosen backups are deleted, and with them the way back to those moments.',
  undo: 'None.',
  irreversible: true,
  input: z.object({
    cluster_id: clusterId,
    backup_history_number: listOf(z.string().min(1)).min(1).describe('from samsung_list_backup_histories'),
  }),
  planReads: [chosenBackups, newestOtherBackup],
  async: true,
});

export const createRestoreCluster = defineTool({
  name: 'samsung_create_restore_cluster',
  title: 'Restore to new cluster',
  description:
    'Makes a new cluster from a backup or a point in time of another, which stays as it is. ' +
    'Takes backup_history_number or backup_recovery_time.',
  route: 'POST /v1/clusters/{cluster_id}/restore',
  permission: 'postgresql:CreateRestore',
  risk: 'write',
  input: z.object({
    cluster_id: clusterId.describe('the source'),
    name: fields.clusterName,
    instance_name_prefix: fields.instanceNamePrefix(16),
    server_type_name: fields.serverTypeName,
    backup_history_number: z.string().min(1).describe('one of samsung_list_backup_histories').optional(),
    backup_recovery_time: timestamp().describe('after the first backup, before the last archived WAL').optional(),
    block_storage_groups: fields.blockStorageGroups.describe('at least as large as those of the source').optional(),
    allowable_ip_addresses: fields.allowedAddresses.optional(),
    maintenance_option: fields.maintenanceOption.optional(),
    tags: fields.tags.optional(),
  }),
  async: true,
});
