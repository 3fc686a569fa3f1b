import * as z from 'zod';
import { cidr, defineTool, listOf } from '../../src/define/index.js';
import { clusterId, dayOfWeek, windowHours } from './_fields.js';

export const setSecurityGroupRules = defineTool({
  name: 'samsung_set_security_group_rules',
  title: 'Change allowed addresses',
  description: 'Adds address ranges that may connect to a cluster, or takes some away; one of the two at least.',
  route: 'POST /v1/clusters/{cluster_id}/security-group-rules',
  permission: 'postgresql:SetSecurityGroupRules',
  core: true,
  risk: 'exposing',
  warning:
    'Added ranges can reach the database at once; 0.0.0.0/0 is every address. ' +
    'Clients in ranges that are taken away are cut off.',
  undo: 'Send the same ranges in the other list.',
  input: z.object({
    cluster_id: clusterId,
    add_ip_addresses: listOf(cidr()).describe('e.g. 192.0.2.7/32').optional(),
    del_ip_addresses: listOf(cidr()).optional(),
  }),
  planReads: [{ label: 'allowed now', read: 'samsung_get_cluster', shows: ['allowable_ip_addresses'] }],
  async: true,
});

export const setMaintenance = defineTool({
  name: 'samsung_set_maintenance',
  title: 'Set maintenance window',
  description: 'Sets the weekly window for maintenance; nothing happens now.',
  route: 'POST /v1/clusters/{cluster_id}/maintenance',
  permission: 'postgresql:SetMaintenance',
  risk: 'disruptive',
  warning:
    'From then on the provider may interrupt the service from {start_day_of_week} {start_time}:{start_minute}, for ' +
    '{term_hour} hours.',
  undo: 'Set the old window again.',
  input: z.object({
    cluster_id: clusterId,
    start_day_of_week: dayOfWeek,
    start_time: z.string().min(1).describe('hour, e.g. 03'),
    start_minute: z.string().min(1).describe('e.g. 00'),
    term_hour: windowHours,
  }),
  async: true,
  idempotent: true,
});

export const unsetMaintenance = defineTool({
  name: 'samsung_unset_maintenance',
  title: 'Remove maintenance window',
  description: 'Removes the maintenance window of a cluster.',
  route: 'DELETE /v1/clusters/{cluster_id}/maintenance',
  permission: 'postgresql:UnsetMaintenance',
  risk: 'disruptive',
  warning: 'The window is gone, and when the provider may interrupt the service then is not documented.',
  undo: 'Set the old window again.',
  input: z.object({ cluster_id: clusterId }),
  async: true,
  idempotent: true,
});
