import * as z from 'zod';
import { defineTool, listOf } from '../../src/define/index.js';
import * as fields from './_fields.js';

const { cloudPostgresqlInstanceNo, regionCode } = fields;

export const listDatabases = defineTool({
  name: 'naver_list_databases',
  title: 'List databases',
  description: 'Lists the databases of an instance with their owners.',
  route: 'GET /getCloudPostgresqlDatabaseList',
  risk: 'read',
  input: z.object({ cloudPostgresqlInstanceNo, regionCode }),
  about: ['cloudPostgresqlInstanceNo'],
});

const newDatabase = z.object({
  name: fields.databaseName,
  owner: fields.userName.describe('a user of naver_list_db_users'),
});

export const addDatabases = defineTool({
  name: 'naver_add_databases',
  title: 'Add databases',
  description: 'Adds up to 10 databases to an instance.',
  route: 'POST /addCloudPostgresqlDatabaseList',
  risk: 'write',
  input: z.object({
    cloudPostgresqlInstanceNo,
    regionCode,
    cloudPostgresqlDatabaseList: listOf(newDatabase, 'name').min(1).max(10),
  }),
  about: ['cloudPostgresqlInstanceNo'],
  async: true,
});

export const deleteDatabases = defineTool({
  name: 'naver_delete_databases',
  title: 'Delete databases',
  description: 'Deletes up to 10 databases of an instance with everything in them.',
  route: 'POST /deleteCloudPostgresqlDatabaseList',
  risk: 'destructive',
  warning: 'The databases and all their data are gone; clients that use one fail.',
  undo: 'None with these tools; a backup from before may still hold the data.',
  irreversible: true,
  input: z.object({
    cloudPostgresqlInstanceNo,
    regionCode,
    cloudPostgresqlDatabaseList: listOf(z.object({ name: fields.databaseName }), 'name')
      .min(1)
      .max(10),
  }),
  about: ['cloudPostgresqlInstanceNo', 'cloudPostgresqlDatabaseList[].name'],
  async: true,
});
