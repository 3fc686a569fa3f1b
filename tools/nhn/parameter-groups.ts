import * as z from 'zod';
import { defineTool, listOf, type PlanRead } from '../../src/define/index.js';
import { dbInstanceId, parameterGroupId } from './_fields.js';
import { instancesOfParameterGroup } from './_targets-access.js';

const dbVersion = z.string().min(1).describe('from nhn_list_db_versions');
const parameterGroupName = z.string().min(1);
const description = z.string().optional();

export const listParameterGroups = defineTool({
  name: 'nhn_list_parameter_groups',
  title: 'List parameter groups',
  description: 'Lists the parameter groups, all or those for one engine version.',
  route: 'GET /v1.0/parameter-groups',
  permission: 'RDSforPostgreSQL:ParameterGroup.List',
  risk: 'read',
  input: z.object({ dbVersion: dbVersion.optional() }),
});

export const getParameterGroup = defineTool({
  name: 'nhn_get_parameter_group',
  title: 'Get parameter group',
  description:
    'Reads a parameter group with every parameter: value, default, allowed values, how a change takes effect.',
  route: 'GET /v1.0/parameter-groups/{parameterGroupId}',
  permission: 'RDSforPostgreSQL:ParameterGroup.Get',
  risk: 'read',
  input: z.object({ parameterGroupId }),
});

export const createParameterGroup = defineTool({
  name: 'nhn_create_parameter_group',
  title: 'Create parameter group',
  description: 'Creates a parameter group with the default values of an engine version.',
  route: 'POST /v1.0/parameter-groups',
  permission: 'RDSforPostgreSQL:ParameterGroup.Create',
  risk: 'write',
  input: z.object({ parameterGroupName, description, dbVersion }),
});

export const copyParameterGroup = defineTool({
  name: 'nhn_copy_parameter_group',
  title: 'Copy parameter group',
  description: 'Creates a parameter group with the values of another.',
  route: 'POST /v1.0/parameter-groups/{parameterGroupId}/copy',
  permission: 'RDSforPostgreSQL:ParameterGroup.Copy',
  risk: 'write',
  input: z.object({ parameterGroupId, parameterGroupName, description }),
});

export const modifyParameterGroup = defineTool({
  name: 'nhn_modify_parameter_group',
  title: 'Rename parameter group',
  description: 'Changes the name or description of a parameter group; values: nhn_modify_parameters.',
  route: 'PUT /v1.0/parameter-groups/{parameterGroupId}',
  permission: 'RDSforPostgreSQL:ParameterGroup.Modify',
  risk: 'write',
  input: z.object({ parameterGroupId, parameterGroupName: parameterGroupName.optional(), description }),
  rules: [{ anyOf: ['parameterGroupName', 'description'] }],
  idempotent: true,
});

export const modifyParameters = defineTool({
  name: 'nhn_modify_parameters',
  title: 'Change parameters',
  description:
    'Stores new values in a parameter group; parameters not named stay. ' +
    'Instances take them with nhn_apply_parameter_group.',
  route: 'PUT /v1.0/parameter-groups/{parameterGroupId}/parameters',
  permission: 'RDSforPostgreSQL:ParameterGroup.Modify',
  risk: 'write',
  input: z.object({
    parameterGroupId,
    modifiedParameters: listOf(
      z.object({ parameterName: z.string().min(1), value: z.string().describe('with its unit, e.g. 100s') }),
      'parameterName',
    ).min(1),
  }),
  planReads: [instancesOfParameterGroup],
  idempotent: true,
  next: 'Stored only: nhn_apply_parameter_group brings the values to each instance that uses the group.',
});

export const resetParameterGroup = defineTool({
  name: 'nhn_reset_parameter_group',
  title: 'Reset parameter group',
  description: 'Sets every parameter of a group back to its default. nhn_copy_parameter_group keeps the values first.',
  route: 'PUT /v1.0/parameter-groups/{parameterGroupId}/reset',
  permission: 'RDSforPostgreSQL:ParameterGroup.Reset',
  risk: 'destructive',
  warning:
    'Every value that was changed in this group is lost; its instances run with the defaults once it is applied.',
  undo: 'None, unless the group was copied before.',
  irreversible: true,
  input: z.object({ parameterGroupId }),
  planReads: [instancesOfParameterGroup],
  idempotent: true,
  next: 'Stored only: nhn_apply_parameter_group brings the defaults to each instance that uses the group.',
});

export const deleteParameterGroup = defineTool({
  name: 'nhn_delete_parameter_group',
  title: 'Delete parameter group',
  description: 'Deletes a parameter group. One that an instance uses is refused.',
  route: 'DELETE /v1.0/parameter-groups/{parameterGroupId}',
  permission: 'RDSforPostgreSQL:ParameterGroup.Delete',
  risk: 'destructive',
  warning: 'The group and the values in it are gone.',
  undo: 'None; create a group again and set its values.',
  irreversible: true,
  input: z.object({ parameterGroupId }),
  idempotent: true,
});

/** The service tells which values a group has, and not which of them an instance runs with. */
const ownValues = {
  read: 'nhn_get_parameter_group',
  at: 'parameters[]',
  differ: ['value', 'defaultValue'],
  shows: ['parameterName', 'value', 'defaultValue'],
  says: '{parameterName} {value} (default {defaultValue})',
  isWhole: true,
} as const;

const groupOfInstance: readonly PlanRead[] = [
  {
    label: 'parameter group',
    read: 'nhn_get_parameter_group',
    shows: ['parameterGroupName', 'parameterGroupStatus', 'updatedYmdt'],
  },
  { ...ownValues, label: 'values that take a restart', where: { applyType: 'FILE' } },
  { ...ownValues, label: 'other values that are not the default', whereNot: { applyType: 'FILE' } },
  {
    label: 'other instances with this group, which keep what they have',
    each: { read: 'nhn_list_db_instances', with: {}, at: 'dbInstances[]' },
    read: 'nhn_get_db_instance',
    with: { dbInstanceId: '{dbInstanceId}' },
    where: { parameterGroupId: '{parameterGroupId}' },
    whereNot: { dbInstanceId: '{call.dbInstanceId}' },
    shows: ['dbInstanceName', 'needToApplyParameterGroup'],
  },
];

export const applyParameterGroup = defineTool({
  name: 'nhn_apply_parameter_group',
  title: 'Apply parameter group',
  description:
    'Brings the stored values of its parameter group to a DB instance, with a restart where a parameter needs one. ' +
    'Wanted when needToApplyParameterGroup is true.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/apply-recent-parameter-group',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  risk: 'disruptive',
  warning:
    'Changed parameters go live. If one of them needs a restart, the instance restarts: ' +
    'all connections drop and clients wait until it is back. Data stays.',
  undo: 'Set the old values with nhn_modify_parameters and apply again, which can restart once more.',
  input: z.object({ dbInstanceId, executeBackup: z.boolean().describe('also takes a backup').optional() }),
  planReads: groupOfInstance,
  async: true,
});
