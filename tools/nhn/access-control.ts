import * as z from 'zod';
import { addressOrHost, defineTool, type InputRule, listOf, uuid } from '../../src/define/index.js';
import { dbInstanceId } from './_fields.js';
import { hbaRuleOrder, remainingHbaRules, reservedHbaRules } from './_targets-access.js';

const applyType = z.enum(['ENTIRE', 'USER_CUSTOM']);

const hbaRule = {
  databaseApplyType: applyType.describe('USER_CUSTOM: only databaseIds'),
  dbUserApplyType: applyType.describe('USER_CUSTOM: only dbUserIds'),
  databaseIds: listOf(uuid()).describe('from nhn_list_databases').optional(),
  dbUserIds: listOf(uuid()).describe('from nhn_list_db_users').optional(),
  address: addressOrHost().describe('address range (CIDR), host name or domain'),
  authMethod: z.enum(['TRUST', 'REJECT', 'SCRAM_SHA_256']).describe('TRUST asks for no password'),
};

/** The provider ignores a list beside ENTIRE: a rule meant for one user would let in all. */
const scopeRules: readonly InputRule[] = [
  { if: { databaseApplyType: 'USER_CUSTOM' }, needs: ['databaseIds'] },
  { if: { databaseApplyType: 'ENTIRE' }, forbids: ['databaseIds'] },
  { if: { dbUserApplyType: 'USER_CUSTOM' }, needs: ['dbUserIds'] },
  { if: { dbUserApplyType: 'ENTIRE' }, forbids: ['dbUserIds'] },
];

const next =
  'Reserved only: nhn_apply_hba_rules makes it live. A rule of a security group has to let in the same address too ' +
  '(nhn_create_db_security_group_rule), and a rule behind one that already decides has no effect ' +
  '(nhn_reorder_hba_rules).';

export const listHbaRules = defineTool({
  name: 'nhn_list_hba_rules',
  title: 'List access rules',
  description:
    'Lists who may log in from where, first match first, and what is reserved but not applied yet. ' +
    'A rule that is not applicable is ignored.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/hba-rules',
  permission: 'RDSforPostgreSQL:DbInstanceHba.List',
  core: true,
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

export const createHbaRule = defineTool({
  name: 'nhn_create_hba_rule',
  title: 'Add access rule',
  description: 'Reserves a new access rule (pg_hba). nhn_apply_hba_rules makes it live.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/hba-rules',
  permission: 'RDSforPostgreSQL:DbInstanceHba.Create',
  core: true,
  risk: 'exposing',
  warning:
    'Once applied, {authMethod} decides about logins from {address} (databases: {databaseApplyType}, users: ' +
    '{dbUserApplyType}). ENTIRE means all of them; TRUST asks for no password.',
  undo: 'nhn_delete_hba_rule, then nhn_apply_hba_rules.',
  input: z.object({ dbInstanceId, ...hbaRule }),
  rules: scopeRules,
  next,
});

export const modifyHbaRule = defineTool({
  name: 'nhn_modify_hba_rule',
  title: 'Replace access rule',
  description: 'Reserves a change of an access rule. It replaces the whole rule: what is to stay is sent again.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/hba-rules/{hbaRuleId}',
  permission: 'RDSforPostgreSQL:DbInstanceHba.Modify',
  risk: 'exposing',
  warning:
    'Once applied, {authMethod} decides about logins from {address} (databases: {databaseApplyType}, users: ' +
    '{dbUserApplyType}), and the old rule no longer holds. ENTIRE means all of them; TRUST asks for no password.',
  undo: 'Send the old rule again, then nhn_apply_hba_rules.',
  input: z.object({ dbInstanceId, hbaRuleId: uuid(), ...hbaRule }),
  rules: scopeRules,
  idempotent: true,
  next,
});

export const deleteHbaRule = defineTool({
  name: 'nhn_delete_hba_rule',
  title: 'Delete access rule',
  description: 'Reserves the removal of an access rule. nhn_apply_hba_rules removes it.',
  route: 'DELETE /v1.0/db-instances/{dbInstanceId}/hba-rules/{hbaRuleId}',
  permission: 'RDSforPostgreSQL:DbInstanceHba.Delete',
  risk: 'destructive',
  warning: 'Once applied, clients that this rule let in are locked out; a REJECT no longer keeps anyone out.',
  undo: 'Add the rule again with nhn_create_hba_rule and put it in its place with nhn_reorder_hba_rules.',
  input: z.object({ dbInstanceId, hbaRuleId: uuid() }),
  planReads: [remainingHbaRules],
  idempotent: true,
  next,
});

export const reorderHbaRules = defineTool({
  name: 'nhn_reorder_hba_rules',
  title: 'Reorder access rules',
  description: 'Reserves a new order of the access rules. The first rule that matches a login decides.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/hba-rules/orders',
  permission: 'RDSforPostgreSQL:DbInstanceHba.Modify',
  risk: 'exposing',
  warning:
    'Once applied, another rule can be the first to match: clients may get in, or be refused, that were not before.',
  undo: 'Send the old order, then nhn_apply_hba_rules.',
  input: z.object({ dbInstanceId, hbaRuleIds: listOf(uuid()).min(1).describe('all rules, first match first') }),
  planReads: [hbaRuleOrder],
  idempotent: true,
  next,
});

export const applyHbaRules = defineTool({
  name: 'nhn_apply_hba_rules',
  title: 'Apply access rules',
  description: 'Makes every reserved access rule change of a DB instance live; single ones cannot be chosen.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/hba-rules/apply',
  permission: 'RDSforPostgreSQL:DbInstance.Modify',
  core: true,
  risk: 'exposing',
  warning:
    'Every reserved access rule change goes live, also those that others reserved: who may log in changes at once.',
  undo: 'Change the rules back and apply again.',
  input: z.object({ dbInstanceId }),
  planReads: [reservedHbaRules],
  async: true,
});
