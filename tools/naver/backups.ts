import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import * as fields from './_fields.js';
import { backupFile } from './_targets.js';

const { cloudPostgresqlInstanceNo, regionCode } = fields;

export const listBackups = defineTool({
  name: 'naver_list_backups',
  title: 'List backup settings',
  description:
    'Lists one row an instance: backup time, retention (days), last backup. ' +
    'naver_list_backup_details lists the files of one instance.',
  route: 'GET /getCloudPostgresqlBackupList',
  core: true,
  risk: 'read',
  input: z.object({ regionCode, ...fields.page }),
  rules: fields.pageRules,
});

export const listBackupDetails = defineTool({
  name: 'naver_list_backup_details',
  title: 'List backup files',
  description: 'Lists the backup files of an instance with start, end and size.',
  route: 'GET /getCloudPostgresqlBackupDetailList',
  risk: 'read',
  input: z.object({ cloudPostgresqlInstanceNo, regionCode, ...fields.page }),
  rules: fields.pageRules,
  about: ['cloudPostgresqlInstanceNo'],
});

export const listBuckets = defineTool({
  name: 'naver_list_buckets',
  title: 'List buckets',
  description: 'Lists the object storage buckets that backups and logs can be exported to.',
  route: 'GET /getCloudPostgresqlBucketList',
  risk: 'read',
  input: z.object({
    regionCode,
    cloudPostgresqlServerInstanceNo: z.string().min(1).describe('only those this server reaches').optional(),
  }),
  selects: ['cloudPostgresqlServerInstanceNo'],
});

export const exportBackup = defineTool({
  name: 'naver_export_backup',
  title: 'Export backup',
  description: 'Copies a backup file to an object storage bucket.',
  route: 'POST /exportBackupToObjectStorage',
  risk: 'exposing',
  warning:
    'All data in the backup leaves the service for the bucket {bucketName}; all who can read the bucket can read it.',
  undo: 'Delete the object in the bucket; copies that others made stay.',
  input: z.object({
    cloudPostgresqlInstanceNo,
    regionCode,
    fileName: fields.fileName.describe('from naver_list_backup_details'),
    bucketName: fields.bucketName,
  }),
  about: ['cloudPostgresqlInstanceNo'],
  planReads: [backupFile],
  next: 'Only accepted so far: the bucket itself shows when the file has arrived.',
});
