import * as z from 'zod';
import * as words from './_words.js';

export const backupsAnswers = {
  nhn_get_backup_info: z.strictObject({
    backupPeriod: z.number(),
    backupRetryCount: z.number(),
    backupSchedules: z.array(
      z.strictObject({
        backupWndBgnTime: z.string(),
        backupWndDuration: words.windowDuration,
        backupRetryExpireTime: z.string().optional(),
      }),
    ),
  }),

  nhn_get_restoration_info: z.strictObject({
    oldestRestorableYmdt: z.string(),
    latestRestorableYmdt: z.string(),
    restorableBackups: z.array(
      z.strictObject({
        backup: z.strictObject({
          backupId: z.string(),
          backupName: z.string(),
          backupSize: z.number(),
          backupType: words.backupType,
          backupStatus: words.backupStatus,
          dbInstanceId: z.string(),
          dbInstanceName: z.string(),
          dbVersion: z.string(),
          failoverCount: z.number().optional(),
          walFileName: z.string(),
          createdYmdt: z.string(),
          updatedYmdt: z.string(),
          startYmdt: z.string().optional(),
          completedYmdt: z.string().optional(),
        }),
      }),
    ),
  }),

  nhn_list_backups: z.strictObject({
    totalCounts: z.number(),
    backups: z.array(
      z.strictObject({
        backupId: z.string(),
        backupName: z.string(),
        backupStatus: words.backupStatus,
        dbInstanceId: z.string(),
        dbVersion: z.string(),
        backupType: words.backupType,
        backupSize: z.number(),
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
        completedYmdt: z.string(),
      }),
    ),
  }),
};
