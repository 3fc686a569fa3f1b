import * as z from 'zod';
import { cidr, defineTool, type InputRule, listOf, uuid } from '../../src/define/index.js';
import { dbSecurityGroupId } from './_fields.js';
import { rulesOfGroup } from './_targets-access.js';

const rule = {
  direction: z.enum(['INGRESS', 'EGRESS']).describe('INGRESS: to the instance'),
  etherType: z.enum(['IPV4', 'IPV6']),
  cidr: cidr(),
  port: z.object({
    portType: z.enum(['DB_PORT', 'PORT', 'PORT_RANGE']).describe('DB_PORT: that of each instance; needs no numbers'),
    minPort: z.int().min(1).describe('INGRESS: from 5432').optional(),
    maxPort: z.int().min(1).max(65535).describe('INGRESS: to 45432; PORT: same as minPort').optional(),
  }),
  description: z.string().optional(),
};

const wholeRules: readonly InputRule[] = [
  { if: { etherType: 'IPV4' }, at: 'cidr', matches: /^[^:]*$/, as: 'an IPv4 range' },
  { if: { etherType: 'IPV6' }, at: 'cidr', matches: /:/, as: 'an IPv6 range' },
  { if: { 'port.portType': ['PORT', 'PORT_RANGE'] }, needs: ['port.minPort', 'port.maxPort'] },
  { if: { 'port.portType': 'PORT' }, equal: ['port.minPort', 'port.maxPort'] },
  { if: { 'port.portType': 'PORT_RANGE' }, ascending: ['port.minPort', 'port.maxPort'] },
  { if: { direction: 'INGRESS' }, atLeast: 5432, of: 'port.minPort' },
  { if: { direction: 'INGRESS' }, atMost: 45432, of: 'port.maxPort' },
];

export const listDbSecurityGroups = defineTool({
  name: 'nhn_list_db_security_groups',
  title: 'List DB security groups',
  description: 'Lists the DB security groups: network rules that instances share.',
  route: 'GET /v1.0/db-security-groups',
  permission: 'RDSforPostgreSQL:DbSecurityGroup.List',
  risk: 'read',
  input: z.object({}),
});

export const getDbSecurityGroup = defineTool({
  name: 'nhn_get_db_security_group',
  title: 'Get DB security group',
  description: 'Reads a DB security group with its rules; progressStatus tells whether a rule change is under way.',
  route: 'GET /v1.0/db-security-groups/{dbSecurityGroupId}',
  permission: 'RDSforPostgreSQL:DbSecurityGroup.Get',
  risk: 'read',
  input: z.object({ dbSecurityGroupId }),
});

export const createDbSecurityGroup = defineTool({
  name: 'nhn_create_db_security_group',
  title: 'Create DB security group',
  description: 'Creates a DB security group with its rules. It takes effect on the instances it is attached to.',
  route: 'POST /v1.0/db-security-groups',
  permission: 'RDSforPostgreSQL:DbSecurityGroup.Create',
  risk: 'exposing',
  warning: 'Each rule opens its address range and ports on every instance that {dbSecurityGroupName} is attached to.',
  undo: 'nhn_delete_db_security_group removes it.',
  input: z.object({
    dbSecurityGroupName: z.string().min(1),
    description: z.string().optional(),
    rules: z.array(z.object(rule)),
  }),
  rules: wholeRules.map((each) => ({ in: 'rules', ...each })),
  next:
    'No instance uses it yet: nhn_modify_db_instance attaches it. Without a rule it lets in nobody ' +
    '(nhn_create_db_security_group_rule).',
});

export const modifyDbSecurityGroup = defineTool({
  name: 'nhn_modify_db_security_group',
  title: 'Rename DB security group',
  description: 'Changes the name or description of a DB security group. Its rules have tools of their own.',
  route: 'PUT /v1.0/db-security-groups/{dbSecurityGroupId}',
  permission: 'RDSforPostgreSQL:DbSecurityGroup.Modify',
  risk: 'write',
  input: z.object({
    dbSecurityGroupId,
    dbSecurityGroupName: z.string().min(1).optional(),
    description: z.string().optional(),
  }),
  rules: [{ anyOf: ['dbSecurityGroupName', 'description'] }],
  idempotent: true,
});

export const deleteDbSecurityGroup = defineTool({
  name: 'nhn_delete_db_security_group',
  title: 'Delete DB security group',
  description: 'Deletes a DB security group with its rules.',
  route: 'DELETE /v1.0/db-security-groups/{dbSecurityGroupId}',
  permission: 'RDSforPostgreSQL:DbSecurityGroup.Delete',
  risk: 'destructive',
  warning: 'The group and its rules are gone; clients that came in through them can no longer connect.',
  undo: 'Create the group and its rules again and attach it to the instances.',
  input: z.object({ dbSecurityGroupId }),
  planReads: [{ ...rulesOfGroup, isWhole: true }],
  idempotent: true,
});

export const createDbSecurityGroupRule = defineTool({
  name: 'nhn_create_db_security_group_rule',
  title: 'Add security group rule',
  description: 'Opens traffic on every instance that has the group. A group takes one rule change at a time.',
  route: 'POST /v1.0/db-security-groups/{dbSecurityGroupId}/rules',
  permission: 'RDSforPostgreSQL:DbSecurityGroupRule.Create',
  risk: 'exposing',
  warning:
    '{direction} traffic of {cidr} is open on every instance that has this group. ' +
    '0.0.0.0/0 and ::/0 are the whole internet.',
  undo: 'nhn_delete_db_security_group_rules closes it again.',
  input: z.object({ dbSecurityGroupId, ...rule }),
  rules: wholeRules,
  async: true,
  next: 'An access rule of each instance has to let in the same address too: nhn_list_hba_rules shows them.',
});

export const modifyDbSecurityGroupRule = defineTool({
  name: 'nhn_modify_db_security_group_rule',
  title: 'Replace security group rule',
  description:
    'Replaces a rule on every instance that has the group: what is to stay is sent again. ' +
    'A group takes one rule change at a time.',
  route: 'PUT /v1.0/db-security-groups/{dbSecurityGroupId}/rules/{ruleId}',
  permission: 'RDSforPostgreSQL:DbSecurityGroupRule.Modify',
  risk: 'exposing',
  warning:
    '{direction} traffic of {cidr} is open on every instance that has this group; what only the old rule let through ' +
    'is cut off. 0.0.0.0/0 and ::/0 are the whole internet.',
  undo: 'Send the old rule again.',
  input: z.object({ dbSecurityGroupId, ruleId: uuid(), ...rule }),
  rules: wholeRules,
  async: true,
  idempotent: true,
});

export const deleteDbSecurityGroupRules = defineTool({
  name: 'nhn_delete_db_security_group_rules',
  title: 'Delete security group rules',
  description: 'Deletes rules of a DB security group, on every instance that has it.',
  route: 'DELETE /v1.0/db-security-groups/{dbSecurityGroupId}/rules',
  permission: ['RDSforPostgreSQL:DbSecurityGroupRule.Create', 'RDSforPostgreSQL:DbSecurityGroupRule.Delete'],
  risk: 'destructive',
  warning: 'Clients that came in through these rules are cut off from every instance that has this group.',
  undo: 'Add the rules again with nhn_create_db_security_group_rule.',
  input: z.object({ dbSecurityGroupId, ruleIds: listOf(uuid()).min(1).describe('from nhn_get_db_security_group') }),
  about: ['ruleIds'],
  async: true,
});
