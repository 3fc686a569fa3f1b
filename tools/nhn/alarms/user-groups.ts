import * as z from 'zod';
import { defineTool, listOf, uuid } from '../../../src/define/index.js';
import { userGroupId } from '../_fields.js';
import { groupsThatTell } from '../_targets-access.js';

const userGroupName = z.string().min(1);
const memberIds = listOf(uuid()).describe('from nhn_list_project_members').optional();
const selectAllYN = z.boolean().describe('true: every project member; memberIds is ignored').optional();

export const listUserGroups = defineTool({
  name: 'nhn_list_user_groups',
  title: 'List user groups',
  description: 'Lists the groups of people who receive alarms.',
  route: 'GET /v1.0/user-groups',
  permission: 'RDSforPostgreSQL:UserGroup.List',
  risk: 'read',
  input: z.object({}),
});

export const getUserGroup = defineTool({
  name: 'nhn_get_user_group',
  title: 'Get user group',
  description: 'Reads a user group with the ids of its members.',
  route: 'GET /v1.0/user-groups/{userGroupId}',
  permission: 'RDSforPostgreSQL:UserGroup.Get',
  risk: 'read',
  input: z.object({ userGroupId }),
});

export const createUserGroup = defineTool({
  name: 'nhn_create_user_group',
  title: 'Create user group',
  description: 'Creates a group of people who receive alarms, once a notification group names it.',
  route: 'POST /v1.0/user-groups',
  permission: 'RDSforPostgreSQL:UserGroup.Create',
  risk: 'write',
  input: z.object({ userGroupName, memberIds, selectAllYN }),
  rules: [{ unless: { selectAllYN: true }, needs: ['memberIds'] }],
});

export const modifyUserGroup = defineTool({
  name: 'nhn_modify_user_group',
  title: 'Change user group',
  description:
    'Changes name or members of a user group; what is left out stays. memberIds is expected to replace the old list.',
  route: 'PUT /v1.0/user-groups/{userGroupId}',
  permission: 'RDSforPostgreSQL:UserGroup.Modify',
  risk: 'write',
  input: z.object({ userGroupId, userGroupName: userGroupName.optional(), memberIds, selectAllYN }),
  rules: [{ anyOf: ['userGroupName', 'memberIds', 'selectAllYN'] }],
  idempotent: true,
});

export const deleteUserGroup = defineTool({
  name: 'nhn_delete_user_group',
  title: 'Delete user group',
  description: 'Deletes a user group; the project members stay.',
  route: 'DELETE /v1.0/user-groups/{userGroupId}',
  permission: 'RDSforPostgreSQL:UserGroup.Delete',
  risk: 'destructive',
  warning: 'The group is gone; its members get no more alarms through it.',
  undo: 'Create the group again and name it in the notification groups.',
  input: z.object({ userGroupId }),
  planReads: [groupsThatTell],
  idempotent: true,
});
