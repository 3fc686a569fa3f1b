import * as z from 'zod';
import { number } from './_shapes.js';

export const contentsAnswers = {
  naver_list_db_users: z.strictObject({
    totalRows: number,
    cloudPostgresqlUserList: z.array(
      z.strictObject({ userName: z.string(), clientCidr: z.string(), isReplicationRole: z.boolean() }),
    ),
  }),

  naver_list_databases: z.strictObject({
    totalRows: number,
    cloudPostgresqlDatabaseList: z.array(z.strictObject({ databaseName: z.string(), owner: z.string() })),
  }),

  naver_list_backups: z.strictObject({
    totalRows: number,
    cloudPostgresqlBackupList: z.array(
      z.strictObject({
        cloudPostgresqlInstanceNo: z.string(),
        cloudPostgresqlServiceName: z.string(),
        backupType: z.string(),
        backupRetention: number,
        backupTime: z.string(),
        backupSize: number,
        lastBackupDate: z.string(),
        backupFileStorageCount: number,
      }),
    ),
  }),

  naver_list_backup_details: z.strictObject({
    totalRows: number,
    cloudPostgresqlBackupDetailList: z.array(
      z.strictObject({
        fileName: z.string(),
        startTime: z.string(),
        endTime: z.string(),
        backupSize: number,
        dataStorageSize: number,
        archivedWalFileSize: number,
      }),
    ),
  }),

  naver_list_buckets: z.strictObject({
    totalRows: number,
    cloudPostgresqlBucketList: z.array(z.strictObject({ bucketName: z.string() })),
  }),

  naver_list_db_server_logs: z.strictObject({
    totalRows: number,
    cloudPostgresqlDbServerLogList: z.array(
      z.strictObject({ fileName: z.string(), fileSize: number, fileDate: z.string() }),
    ),
  }),
};
