import * as z from 'zod';
import { addressOrHost, defineTool, type InputRule, oneOfKnown, secret, uuid } from '../../src/define/index.js';
import { dbInstanceId } from './_fields.js';
import { reservedHbaRules, rulesNaming } from './_targets-access.js';

const dbUserName = z.string().min(1).max(32);
const dbPassword = secret({ min: 1, max: 32 });
const authorityType = oneOfKnown('CRUD', 'DDL').describe(
  'CRUD: data statements; DDL: schema statements too. None only reads: that takes GRANT in the database',
);

const defaultRule = {
  createDefaultHbaRules: z.boolean().describe('adds the rule that lets it in from address').optional(),
  address: addressOrHost().describe('only with createDefaultHbaRules').optional(),
};

/** Without an address the service chooses one itself. */
const addressRules: readonly InputRule[] = [{ ifGiven: 'address', needs: ['createDefaultHbaRules'] }];

const changes = {
  dbUserName: dbUserName.optional(),
  dbPassword: dbPassword.optional(),
  authorityType: authorityType.optional(),
};

export const listDbUsers = defineTool({
  name: 'nhn_list_db_users',
  title: 'List DB users',
  description: 'Lists the logins of a DB instance with their rights.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/db-users',
  permission: 'RDSforPostgreSQL:DbInstanceUser.List',
  core: true,
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

export const createDbUser = defineTool({
  name: 'nhn_create_db_user',
  title: 'Create DB user',
  description:
    'Adds a PostgreSQL login to a DB instance. It can connect only where an access rule lets it in: one of ' +
    'nhn_list_hba_rules, or the default rule made along with it.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/db-users',
  permission: 'RDSforPostgreSQL:DbInstanceUser.Create',
  core: true,
  risk: 'exposing',
  warning:
    'Login {dbUserName} with {authorityType} rights can connect from wherever an access rule lets it in. ' +
    'createDefaultHbaRules adds such a rule for the given address.',
  undo: 'nhn_delete_db_user removes the login.',
  input: z.object({ dbInstanceId, dbUserName, dbPassword, authorityType, ...defaultRule }),
  rules: addressRules,
  async: true,
});

export const modifyDbUser = defineTool({
  name: 'nhn_modify_db_user',
  title: 'Change DB user',
  description:
    'Changes the name, password or rights of a login; what is left out stays. Access rules follow a new name.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/db-users/{dbUserId}',
  permission: 'RDSforPostgreSQL:DbInstanceUser.Modify',
  risk: 'exposing',
  warning:
    'Clients that log in with the old name or password fail; changed rights hold at once. ' +
    'applyHbaRulesImmediately makes every reserved access rule change live too.',
  undo: 'Change it back; the old password cannot be read, it has to be known.',
  input: z.object({
    dbInstanceId,
    dbUserId: uuid(),
    ...changes,
    applyHbaRulesImmediately: z.boolean().describe('also makes reserved access rule changes live').optional(),
  }),
  rules: [{ anyOf: Object.keys(changes) }],
  planReads: [reservedHbaRules],
  async: true,
  idempotent: true,
});

export const deleteDbUser = defineTool({
  name: 'nhn_delete_db_user',
  title: 'Delete DB user',
  description: 'Deletes a login. One that owns tables or other objects is refused.',
  route: 'DELETE /v1.0/db-instances/{dbInstanceId}/db-users/{dbUserId}',
  permission: 'RDSforPostgreSQL:DbInstanceUser.Delete',
  risk: 'destructive',
  warning: 'The login is gone; every application that uses it can no longer connect.',
  undo: 'None; create it again with a new password, rights and access rules.',
  irreversible: true,
  input: z.object({ dbInstanceId, dbUserId: uuid() }),
  planReads: [rulesNaming('dbUsers[].dbUserId', '{dbUserId}')],
  async: true,
});
