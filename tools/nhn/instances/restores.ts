import * as z from 'zod';
import { defineTool, timestamp } from '../../../src/define/index.js';
import * as fields from '../_fields.js';

const { backupId, dbInstanceId, newInstance } = fields;

export const getRestorationInfo = defineTool({
  name: 'nhn_get_restoration_info',
  title: 'Get restoration info',
  description: 'Reads the range of moments that a DB instance can be restored to, and its restorable backups.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/restoration-info',
  permission: 'RDSforPostgreSQL:DbInstance.Get',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

const restore = z.object({
  restoreType: z.enum(['TIMESTAMP', 'BACKUP']),
  restoreYmdt: timestamp()
    .describe('for TIMESTAMP: before latestRestorableYmdt of nhn_get_restoration_info')
    .optional(),
  backupId: backupId.describe('for BACKUP').optional(),
});

const schedule = z.object({
  backupWndBgnTime: fields.windowStart.optional(),
  backupWndDuration: fields.windowLength.optional(),
});

export const restoreDbInstance = defineTool({
  name: 'nhn_restore_db_instance',
  title: 'Restore DB instance',
  description:
    'Creates a new DB instance from a moment or a backup of another, which stays as it is. ' +
    'Users and passwords are those of the source. nhn_restore_backup needs only a backup.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/restore',
  permission: 'RDSforPostgreSQL:DbInstance.Restore',
  risk: 'write',
  input: z.object({
    dbInstanceId,
    restore,
    ...newInstance,
    dbPort: z.int().min(3306).max(43306).describe('5432-43306 in practice'),
    backup: newInstance.backup.extend({ backupSchedules: z.array(schedule).describe('[{}]: as on the source') }),
  }),
  rules: [
    { if: { 'restore.restoreType': 'TIMESTAMP' }, needs: ['restore.restoreYmdt'] },
    { if: { 'restore.restoreType': 'BACKUP' }, needs: ['restore.backupId'] },
    ...fields.highAvailabilityRules,
  ],
  about: ['restore.backupId'],
  async: true,
  next: fields.nextLocks,
});

export const restoreBackup = defineTool({
  name: 'nhn_restore_backup',
  title: 'Restore backup',
  description:
    'Creates a new DB instance from a backup; nothing existing changes. ' +
    'Less storage or other parameters than the source had can make it fail.',
  route: 'POST /v1.0/backups/{backupId}/restore',
  permission: 'RDSforPostgreSQL:Backup.Restore',
  risk: 'write',
  input: z.object({ backupId, ...newInstance }),
  rules: fields.highAvailabilityRules,
  async: true,
  next: fields.nextLocks,
});
