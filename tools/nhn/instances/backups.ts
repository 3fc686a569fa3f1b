import * as z from 'zod';
import { defineTool, secret } from '../../../src/define/index.js';
import * as fields from '../_fields.js';

const { backupId, dbInstanceId } = fields;

export const listBackups = defineTool({
  name: 'nhn_list_backups',
  title: 'List backups',
  description: 'Lists backups, a page at a time.',
  route: 'GET /v1.0/backups',
  permission: 'RDSforPostgreSQL:Backup.List',
  core: true,
  risk: 'read',
  input: z.object({
    page: z.int().min(1),
    size: z.int().min(1).max(100),
    backupType: z.enum(['AUTO', 'MANUAL']).optional(),
    dbInstanceId: dbInstanceId.optional(),
    dbVersion: z.string().min(1).optional(),
  }),
  selects: ['dbInstanceId'],
});

export const backupDbInstance = defineTool({
  name: 'nhn_backup_db_instance',
  title: 'Back up DB instance',
  description: 'Takes a manual backup, which stays until nhn_delete_backup.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/backup',
  permission: 'RDSforPostgreSQL:DbInstance.Backup',
  core: true,
  risk: 'write',
  input: z.object({ dbInstanceId, backupName: z.string().min(1).describe('unique in the region') }),
  async: true,
});

export const getBackupInfo = defineTool({
  name: 'nhn_get_backup_info',
  title: 'Get backup info',
  description: 'Reads retention (days), retries and windows of automatic backups.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/backup-info',
  permission: 'RDSforPostgreSQL:DbInstance.Get',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

const settings = {
  backupPeriod: fields.backupPeriod.optional(),
  backupRetryCount: fields.backupRetryCount.optional(),
  backupSchedules: fields.backupSchedules.describe('replace the present ones; must not overlap').optional(),
};

export const modifyBackupInfo = defineTool({
  name: 'nhn_modify_backup_info',
  title: 'Modify backup info',
  description:
    'Changes retention, retries or windows of automatic backups; what is left out stays. ' +
    'A shorter retention deletes the backups beyond it at once.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/backup-info',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  risk: 'destructive',
  warning: 'Automatic backups older than {backupPeriod} days are deleted at once; with 0 days no more are made.',
  undo: 'None for deleted backups. The setting can be set back.',
  input: z.object({ dbInstanceId, ...settings }),
  rules: [{ anyOf: Object.keys(settings) }],
  planReads: [
    { label: 'backup settings now', read: 'nhn_get_backup_info', shows: ['backupPeriod', 'backupRetryCount'] },
    {
      label: 'restorable now',
      read: 'nhn_get_restoration_info',
      shows: ['oldestRestorableYmdt'],
      moves: ['oldestRestorableYmdt'],
    },
  ],
  async: true,
  idempotent: true,
});

const container = {
  tenantId: z.string().min(1).describe('of the object storage, from its console'),
  username: z.string().min(1).describe('NHN Cloud or IAM account'),
  password: secret(),
  targetContainer: z.string().min(1),
  objectPath: z.string().min(1).describe('path within the container'),
};

export const backupToObjectStorage = defineTool({
  name: 'nhn_backup_to_object_storage',
  title: 'Back up to object storage',
  description:
    'Takes a backup straight to an object storage container; the password is the API password there. ' +
    'nhn_export_backup copies a backup that exists.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/backup-to-object-storage',
  permission: 'RDSforPostgreSQL:DbInstance.BackupToObjectStorage',
  risk: 'exposing',
  warning:
    'All data of the instance leaves the service for {targetContainer} of tenant {tenantId}; ' +
    'all who can read that container can read it.',
  undo: 'Delete the object there; copies that others made stay.',
  input: z.object({ dbInstanceId, ...container }),
  async: true,
});

export const exportBackup = defineTool({
  name: 'nhn_export_backup',
  title: 'Export backup',
  description:
    'Copies a backup to an object storage container; the password is the API password there. ' +
    'A manual backup whose instance is deleted cannot be exported.',
  route: 'POST /v1.0/backups/{backupId}/export',
  permission: 'RDSforPostgreSQL:Backup.Export',
  risk: 'exposing',
  warning:
    'All data in the backup leaves the service for {targetContainer} of tenant {tenantId}; ' +
    'all who can read that container can read it.',
  undo: 'Delete the object there; copies that others made stay.',
  input: z.object({ backupId, ...container }),
  async: true,
});

export const deleteBackup = defineTool({
  name: 'nhn_delete_backup',
  title: 'Delete backup',
  description: 'Deletes a backup, and with a full one the incremental ones built on it.',
  route: 'DELETE /v1.0/backups/{backupId}',
  permission: 'RDSforPostgreSQL:Backup.Delete',
  risk: 'destructive',
  warning: 'This recovery point is gone, and incremental backups that build on it go too.',
  undo: 'None.',
  irreversible: true,
  input: z.object({ backupId }),
  async: true,
});
