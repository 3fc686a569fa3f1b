import * as z from 'zod';
import { defineTool, uuid } from '../../src/define/index.js';
import { dbInstanceId } from './_fields.js';
import { reservedHbaRules, rulesNaming } from './_targets-access.js';

export const listDatabases = defineTool({
  name: 'nhn_list_databases',
  title: 'List databases',
  description: 'Lists the databases of a DB instance with their schemas.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/databases',
  permission: 'RDSforPostgreSQL:DbInstanceDatabase.List',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

export const createDatabase = defineTool({
  name: 'nhn_create_database',
  title: 'Create database',
  description: 'Adds an empty database to a DB instance.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/databases',
  permission: 'RDSforPostgreSQL:DbInstanceDatabase.Create',
  risk: 'write',
  input: z.object({ dbInstanceId, databaseName: z.string().min(1) }),
  async: true,
});

export const modifyDatabase = defineTool({
  name: 'nhn_modify_database',
  title: 'Rename database',
  description: 'Renames a database. Access rules follow the new name once they are applied.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/databases/{databaseId}',
  permission: 'RDSforPostgreSQL:DbInstanceDatabase.Modify',
  risk: 'disruptive',
  warning: 'Every client that connects under the old name fails until it uses {databaseName}.',
  undo: 'Rename it back.',
  input: z.object({
    dbInstanceId,
    databaseId: uuid(),
    databaseName: z.string().min(1),
    applyHbaRulesImmediately: z.boolean().describe('also makes reserved access rule changes live').optional(),
  }),
  planReads: [reservedHbaRules],
  async: true,
  idempotent: true,
});

export const deleteDatabase = defineTool({
  name: 'nhn_delete_database',
  title: 'Delete database',
  description: 'Deletes a database with everything in it.',
  route: 'DELETE /v1.0/db-instances/{dbInstanceId}/databases/{databaseId}',
  permission: 'RDSforPostgreSQL:DbInstanceDatabase.Delete',
  risk: 'destructive',
  warning: 'The database and all its data are gone.',
  undo: 'None for the database itself; a backup of the instance can be restored to a new instance.',
  irreversible: true,
  input: z.object({ dbInstanceId, databaseId: uuid() }),
  planReads: [rulesNaming('databases[].databaseId', '{databaseId}')],
  async: true,
});
