import * as z from 'zod';
import { defineTool } from '../../src/define/index.js';
import * as fields from './_fields.js';
import { logFile } from './_targets.js';

const { cloudPostgresqlServerInstanceNo, logType, regionCode } = fields;

export const listDbServerLogs = defineTool({
  name: 'naver_list_db_server_logs',
  title: 'List server log files',
  description: 'Lists the PostgreSQL log files of one server; naver_export_db_server_log is the way to their lines.',
  route: 'GET /getDbServerLogList',
  risk: 'read',
  input: z.object({ cloudPostgresqlServerInstanceNo, logType, regionCode, ...fields.page }),
  rules: fields.pageRules,
  about: ['cloudPostgresqlServerInstanceNo'],
});

export const exportDbServerLog = defineTool({
  name: 'naver_export_db_server_log',
  title: 'Export server log file',
  description: 'Copies a log file of one server to an object storage bucket.',
  route: 'POST /exportDbServerLogToObjectStorage',
  risk: 'exposing',
  warning:
    'The log lines, statements and the values in them included, leave the service for the bucket {bucketName}; ' +
    'all who can read the bucket can read them.',
  undo: 'Delete the object in the bucket; copies that others made stay.',
  input: z.object({
    cloudPostgresqlServerInstanceNo,
    logType,
    regionCode,
    fileName: fields.fileName.describe('from naver_list_db_server_logs'),
    bucketName: fields.bucketName,
  }),
  about: ['cloudPostgresqlServerInstanceNo'],
  planReads: [logFile],
  next: 'Only accepted so far: the bucket itself shows when the file has arrived.',
});
