import * as z from 'zod';
import { defineTool, type PlanRead } from '../../../src/define/index.js';
import { dbInstanceId, windowLength, windowStart } from '../_fields.js';

export const getStorageInfo = defineTool({
  name: 'nhn_get_storage_info',
  title: 'Get storage info',
  description: 'Reads type, size (GB) and state of the storage of a DB instance.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/storage-info',
  permission: 'RDSforPostgreSQL:DbInstance.Get',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

export const modifyStorageInfo = defineTool({
  name: 'nhn_modify_storage_info',
  title: 'Grow storage',
  description: 'Grows the storage of a DB instance, which restarts it. Storage never shrinks.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/storage-info',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  core: true,
  risk: 'disruptive',
  warning: 'Storage grows to {storageSize} GB. The instance restarts: connections are cut until it is back.',
  undo: 'None: storage only grows. Less of it takes a new instance.',
  irreversible: true,
  input: z.object({ dbInstanceId, storageSize: z.int().min(1).max(2048).describe('GB, not below the present size') }),
  planReads: [
    { label: 'storage now', read: 'nhn_get_storage_info', shows: ['storageType', 'storageSize', 'storageStatus'] },
  ],
  async: true,
  idempotent: true,
});

export const getNetworkInfo = defineTool({
  name: 'nhn_get_network_info',
  title: 'Get network info',
  description: 'Reads endpoints, subnet and availability zone of a DB instance: where clients connect.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/network-info',
  permission: 'RDSforPostgreSQL:DbInstance.Get',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

const network: PlanRead = {
  label: 'network now',
  read: 'nhn_get_network_info',
  shows: ['subnet.publicAccessible', 'endPoints[].domain', 'endPoints[].endPointType'],
};

const rulesForAnyAddress: PlanRead = {
  label: 'access rules for any address',
  isWhole: true,
  read: 'nhn_list_hba_rules',
  at: 'hbaRules[]',
  where: { address: ['0.0.0.0/0', '::/0'] },
  shows: ['address', 'authMethod', 'hbaRuleStatus'],
};

/** Whom the security groups of the instance let in, once the internet is let in. */
const securityGroupRules: PlanRead = {
  label: 'what its security groups let in',
  isWhole: true,
  each: {
    read: 'nhn_list_db_security_groups',
    with: {},
    at: 'dbSecurityGroups[]',
    where: { dbSecurityGroupId: '{dbSecurityGroupIds}' },
  },
  read: 'nhn_get_db_security_group',
  with: { dbSecurityGroupId: '{dbSecurityGroupId}' },
  at: ['dbSecurityGroup.rules[]', 'rules[]'],
  where: { direction: 'INGRESS' },
  shows: ['cidr'],
};

export const modifyNetworkInfo = defineTool({
  name: 'nhn_modify_network_info',
  title: 'Switch public access',
  description: 'Turns access from the internet to a DB instance on or off.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/network-info',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  risk: 'exposing',
  warning:
    'usePublicAccess becomes {usePublicAccess}. With true anyone whom security groups and access rules let through ' +
    'can connect from the internet; with false clients out there lose the database.',
  undo: 'Switch it back.',
  input: z.object({ dbInstanceId, usePublicAccess: z.boolean() }),
  planReads: [network, securityGroupRules, rulesForAnyAddress],
  async: true,
  idempotent: true,
});

export const modifyDeletionProtection = defineTool({
  name: 'nhn_modify_deletion_protection',
  title: 'Switch deletion protection',
  description: 'Turns deletion protection of a DB instance on or off, at once and without a job.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/deletion-protection',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  risk: 'disruptive',
  warning: 'The provider no longer refuses to delete this instance and its data.',
  undo: 'Switch it on again, as long as the instance is there.',
  input: z.object({ dbInstanceId, useDeletionProtection: z.boolean() }),
  idempotent: true,
});

export const getMaintenanceInfo = defineTool({
  name: 'nhn_get_maintenance_info',
  title: 'Get maintenance info',
  description: 'Reads maintenance window, storage cleanup and log retention (days) of a DB instance.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/maintenance-info',
  permission: 'RDSforPostgreSQL:DbInstance.Get',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

export const modifyMaintenanceInfo = defineTool({
  name: 'nhn_modify_maintenance_info',
  title: 'Modify maintenance info',
  description: 'Sets when maintenance may run and what is cleaned up. A shorter log retention can remove older logs.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/maintenance-info',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  risk: 'write',
  input: z.object({
    dbInstanceId,
    allowAutoMaintenance: z.boolean(),
    useAutoStorageCleanup: z.boolean().describe('clears expired logs, and WAL archives not needed to restore'),
    maintWndBgnTime: windowStart.optional(),
    maintWndDuration: windowLength.optional(),
    logRetentionPeriod: z.int().min(0).describe('days').optional(),
  }),
  async: true,
  idempotent: true,
});

export const listAvailableDbVersions = defineTool({
  name: 'nhn_list_available_db_versions',
  title: 'List available versions',
  description: 'Lists the versions that a DB instance could move to. No operation moves it there.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/available-db-versions',
  permission: 'RDSforPostgreSQL:DbInstance.Get',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});
