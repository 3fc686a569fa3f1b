import * as z from 'zod';
import { defineTool, listOf, type PlanRead, secret } from '../../../src/define/index.js';
import * as fields from '../_fields.js';

const { dbInstanceId } = fields;

export const listDbInstances = defineTool({
  name: 'nhn_list_db_instances',
  title: 'List DB instances',
  description: 'Lists all DB instances with version, role, status and running task.',
  route: 'GET /v1.0/db-instances',
  permission: 'RDSforPostgreSQL:DbInstance.List',
  core: true,
  risk: 'read',
  input: z.object({}),
});

export const getDbInstance = defineTool({
  name: 'nhn_get_db_instance',
  title: 'Get DB instance',
  description:
    'Reads one DB instance: role, status, running task (progressStatus), flavor, groups, deletion protection, ' +
    'and whether parameters wait to be applied.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}',
  permission: 'RDSforPostgreSQL:DbInstance.Get',
  core: true,
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

export const createDbInstance = defineTool({
  name: 'nhn_create_db_instance',
  title: 'Create DB instance',
  description:
    'Creates a DB instance with a first database and user, billed from then on. ' +
    'Without a security group it accepts no connections.',
  route: 'POST /v1.0/db-instances',
  permission: 'RDSforPostgreSQL:DbInstance.Create',
  risk: 'write',
  input: z.object({
    ...fields.newInstance,
    dbVersion: z.string().min(1).describe('from nhn_list_db_versions'),
    databaseName: z.string().min(1),
    dbUserName: z.string().min(1).describe('gets DDL rights'),
    dbPassword: secret({ min: 4, max: 16 }),
  }),
  rules: fields.highAvailabilityRules,
  async: true,
  next: fields.nextLocks,
});

const changes = {
  dbInstanceName: z.string().min(1).optional(),
  description: z.string().optional(),
  dbPort: fields.dbPort.optional(),
  dbFlavorId: fields.newInstance.dbFlavorId.optional(),
  parameterGroupId: fields.newInstance.parameterGroupId.optional(),
  dbSecurityGroupIds: listOf(fields.dbSecurityGroupId).describe('the whole new list; [] blocks all traffic').optional(),
  executeBackup: z.boolean().describe('also takes a backup').optional(),
};

const present: PlanRead = {
  label: 'settings now',
  read: 'nhn_get_db_instance',
  shows: ['dbPort', 'dbFlavorId', 'parameterGroupId', 'dbSecurityGroupIds'],
};

export const modifyDbInstance = defineTool({
  name: 'nhn_modify_db_instance',
  title: 'Modify DB instance',
  description: 'Changes a DB instance; what is left out stays. A new port or flavor restarts it.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  risk: 'disruptive',
  warning: 'A new port, flavor or parameter group can restart the instance: connections are cut until it is back.',
  undo: 'Set the old values again, which can restart it once more.',
  input: z.object({ dbInstanceId, ...changes }),
  rules: [{ anyOf: Object.keys(changes) }],
  planReads: [present],
  async: true,
});
