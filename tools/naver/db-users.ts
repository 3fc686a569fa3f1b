import * as z from 'zod';
import { defineTool, listOf } from '../../src/define/index.js';
import * as fields from './_fields.js';
import { databasesOwned, usersNow } from './_targets.js';

const { cloudPostgresqlInstanceNo, regionCode } = fields;

const isReplicationRole = z.boolean().describe('may replicate, which reads all data');

export const listDbUsers = defineTool({
  name: 'naver_list_db_users',
  title: 'List DB users',
  description: 'Lists the logins of an instance, from where each may connect, and which hold the replication role.',
  route: 'GET /getCloudPostgresqlUserList',
  core: true,
  risk: 'read',
  input: z.object({ cloudPostgresqlInstanceNo, regionCode }),
  about: ['cloudPostgresqlInstanceNo'],
});

const newUser = z.object({
  name: fields.userName.describe('fixed from then on; no role name or reserved word'),
  password: fields.password(),
  clientCidr: fields.clientCidr,
  isReplicationRole,
});

export const addDbUsers = defineTool({
  name: 'naver_add_db_users',
  title: 'Add DB users',
  description:
    'Adds up to 10 logins to an instance. No argument gives rights on data: that takes GRANT in the database.',
  route: 'POST /addCloudPostgresqlUserList',
  risk: 'exposing',
  warning:
    'New logins open the instance to every client in their ranges that knows the password; ' +
    'a login with the replication role can copy all data.',
  undo: 'naver_delete_db_users removes them; what was read until then stays read.',
  input: z.object({
    cloudPostgresqlInstanceNo,
    regionCode,
    cloudPostgresqlUserList: listOf(newUser, 'name').min(1).max(10),
  }),
  rules: [{ in: 'cloudPostgresqlUserList[]', excludes: ['password', 'name'] }],
  about: ['cloudPostgresqlInstanceNo'],
  planReads: [usersNow],
  async: true,
});

const changedUser = z.object({
  name: fields.userName,
  password: fields.password().optional(),
  clientCidr: fields.clientCidr.optional(),
  isReplicationRole: isReplicationRole.optional(),
});

const changedUsers = listOf(changedUser, 'name').min(1).max(10);

export const changeDbUsers = defineTool({
  name: 'naver_change_db_users',
  title: 'Change DB users',
  description:
    'Changes password, client range or replication role of up to 10 logins; what is left out stays. ' +
    'A name cannot change.',
  route: 'POST /changeCloudPostgresqlUserList',
  risk: 'exposing',
  warning:
    'A wider range or the replication role lets others read data; clients outside a new range, and those that still ' +
    'use an old password, can no longer connect.',
  undo: 'Change it back. An old password cannot be read: somebody has to know it.',
  input: z.object({ cloudPostgresqlInstanceNo, regionCode, cloudPostgresqlUserList: changedUsers }),
  rules: [
    { in: 'cloudPostgresqlUserList[]', anyOf: ['clientCidr', 'password', 'isReplicationRole'] },
    { in: 'cloudPostgresqlUserList[]', excludes: ['password', 'name'] },
  ],
  about: ['cloudPostgresqlInstanceNo', 'cloudPostgresqlUserList[].name'],
  async: true,
  idempotent: true,
});

export const deleteDbUsers = defineTool({
  name: 'naver_delete_db_users',
  title: 'Delete DB users',
  description: 'Deletes up to 10 logins of an instance.',
  route: 'POST /deleteCloudPostgresqlUserList',
  risk: 'destructive',
  warning: 'The logins are gone with their passwords and grants; clients that use one can no longer connect.',
  undo: 'None. naver_add_db_users makes new logins of the same names; grants have to be given again.',
  irreversible: true,
  input: z.object({
    cloudPostgresqlInstanceNo,
    regionCode,
    cloudPostgresqlUserList: listOf(z.object({ name: fields.userName }), 'name')
      .min(1)
      .max(10),
  }),
  about: ['cloudPostgresqlInstanceNo', 'cloudPostgresqlUserList[].name'],
  planReads: [databasesOwned],
  async: true,
});
