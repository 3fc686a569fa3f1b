import type { Effect } from '../../../src/define/index.js';
import { backup, completedBackups, incomplete } from './_looks.js';

export const deleteBackup: Effect = {
  looks: {
    backup,
    others: {
      ...completedBackups,
      with: { page: 1, size: 100, dbInstanceId: '{backup.dbInstanceId}' },
      where: { backupStatus: 'COMPLETED' },
      whereNot: { backupId: '{backupId}' },
    },
  },
  dangers: [
    {
      risk: 'destructive',
      warning:
        'The recovery point {backup.backupName} of {backup.completedYmdt} is gone, and incremental backups that ' +
        'build on it go too.',
      undo: 'None. The newest other backup of the instance is: {others.said}.',
      irreversible: true,
    },
    {
      if: { not: { has: 'others' } },
      risk: 'destructive',
      warning: 'It is the last backup of its instance.',
      undo: 'nhn_backup_db_instance takes another, as long as the instance is there.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { is: { 'backup.backupStatus': ['DELETING', 'DELETED'] } },
      because: 'The backup {backup.backupName} is being deleted already ({backup.backupStatus}).',
      instead: 'nhn_list_backups shows which are left.',
    },
  ],
};

export const exportBackup: Effect = {
  looks: {
    backup,
    source: {
      read: 'nhn_list_db_instances',
      with: {},
      at: 'dbInstances[]',
      where: { dbInstanceId: '{backup.dbInstanceId}' },
    },
  },
  impossible: [
    incomplete,
    {
      if: {
        all: [{ is: { 'backup.backupType': 'MANUAL' } }, { has: 'backup.dbInstanceId' }, { not: { has: 'source' } }],
      },
      because: 'The instance of the manual backup {backup.backupName} is deleted, so that it cannot be exported.',
      instead: 'nhn_restore_backup makes an instance of it, and nhn_backup_to_object_storage takes a backup of that.',
    },
  ],
};
