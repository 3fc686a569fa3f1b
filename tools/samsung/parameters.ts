import * as z from 'zod';
import { defineTool, listOf } from '../../src/define/index.js';
import { clusterId, id, pages, productImageType, sort } from './_fields.js';
import { replicas } from './_targets.js';

export const listParameterGroups = defineTool({
  name: 'samsung_list_parameter_groups',
  title: 'List parameter groups',
  description: 'Lists the catalogue of parameter groups, one for each major version.',
  route: 'GET /v1/parameter-groups',
  permission: 'postgresql:ListParameterGroups',
  risk: 'read',
  input: z.object({ major_version: z.string().min(1).optional(), product_image_type: productImageType, sort }),
});

export const listParameters = defineTool({
  name: 'samsung_list_parameters',
  title: 'List parameters',
  description:
    'Lists the parameters of a parameter group with their defaults. ' +
    'samsung_list_parameter_values has the values of one cluster.',
  route: 'GET /v1/parameters',
  permission: 'postgresql:ListParameters',
  risk: 'read',
  input: z.object({
    dbaas_parameter_group_id: id().describe('from samsung_list_parameter_groups'),
    ...pages,
    sort,
  }),
});

export const listParameterValues = defineTool({
  name: 'samsung_list_parameter_values',
  title: 'List parameter values',
  description:
    'Lists the parameters of a cluster with value, default and allowed values, as of modified_at; ' +
    'samsung_sync_parameter_values renews them.',
  route: 'GET /v1/clusters/{cluster_id}/parameters',
  permission: 'postgresql:ListParameterValues',
  risk: 'read',
  input: z.object({ cluster_id: clusterId }),
});

const change = z.object({
  id: id(),
  old_value: z.string().describe('the applied_value'),
  new_value: z.string(),
});

export const setParameterValues = defineTool({
  name: 'samsung_set_parameter_values',
  title: 'Set parameter values',
  description: 'Changes parameters of a cluster; ids and old values are those of samsung_list_parameter_values.',
  route: 'PUT /v1/clusters/{cluster_id}/parameters',
  permission: 'postgresql:SetParameterValues',
  risk: 'disruptive',
  warning: 'The database runs with other settings; its apply_type says whether a parameter waits for a restart.',
  undo: 'Set the old values again.',
  input: z.object({ cluster_id: clusterId, parameters: listOf(change, 'id').min(1) }),
  planReads: [
    {
      label: 'parameters now',
      read: 'samsung_list_parameter_values',
      at: 'contents[]',
      where: { id: '{parameters[].id}' },
      shows: ['id', 'name', 'applied_value', 'allows_value', 'apply_type'],
    },
    replicas,
  ],
  async: true,
});

export const syncParameterValues = defineTool({
  name: 'samsung_sync_parameter_values',
  title: 'Synchronize parameter values',
  description:
    'Brings the recorded parameter values and those of the database together. The documents disagree on whether ' +
    'values that wait are applied by it.',
  route: 'POST /v1/clusters/{cluster_id}/parameters/sync',
  permission: 'postgresql:SyncParameterValues',
  risk: 'write',
  input: z.object({ cluster_id: clusterId }),
  async: true,
  idempotent: true,
});
