import * as z from 'zod';
import { nothing } from '../../core/requests.js';
import type { DbInstance } from '../entities.js';
import { id } from '../fields.js';
import { newRow } from '../provisioning.js';
import { invalidArgument, notFound, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import type { Nhn, Store } from '../store.js';
import { hbaRuleView } from '../views/contents.js';
import { primaryFor, startWork } from '../work.js';

/** Access rules. Creating, changing, ordering and deleting only reserve a change, and `apply` makes it. */
export function hbaRuleRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const ruleOf = (call: Call, { groupId }: DbInstance) => {
    const rule = store.hbaRules.get(call.path('hbaRuleId'));
    if (rule.groupId !== groupId) throw notFound(store.hbaRules.noun, rule.id);
    return rule;
  };
  const readTarget = (call: Call, { groupId }: DbInstance) => {
    const target = call.body(ruleBody);
    // The lists are only used when the choice is USER_CUSTOM.
    const databaseIds = target.databaseApplyType === 'USER_CUSTOM' ? target.databaseIds : [];
    const dbUserIds = target.dbUserApplyType === 'USER_CUSTOM' ? target.dbUserIds : [];
    for (const databaseId of databaseIds)
      if (store.databases.get(databaseId).groupId !== groupId) throw notFound(store.databases.noun, databaseId);
    for (const userId of dbUserIds)
      if (store.dbUsers.get(userId).groupId !== groupId) throw notFound(store.dbUsers.noun, userId);
    return { ...target, databaseIds, dbUserIds };
  };
  return {
    'GET /v1.0/db-instances/:dbInstanceId/hba-rules': (call) => {
      const rules = rulesOf(store, store.instances.get(call.path('dbInstanceId')).groupId);
      return {
        hbaRules: rules.map((rule, order) => hbaRuleView(store, rule, order)),
        needToApply: rules.some(({ reservedAction }) => reservedAction !== 'NONE'),
      };
    },

    'POST /v1.0/db-instances/:dbInstanceId/hba-rules': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const target = readTarget(call, instance);
      const row = { ...newRow(nhn), groupId: instance.groupId };
      const rule = store.hbaRules.add({ ...row, ...target, status: 'CREATED', reservedAction: 'CREATE' });
      return { hbaRuleId: rule.id };
    },

    'POST /v1.0/db-instances/:dbInstanceId/hba-rules/apply': (call) => {
      call.body(nothing);
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      if (rulesOf(store, instance.groupId).every(({ reservedAction }) => reservedAction === 'NONE'))
        throw wrongState(`DB instance ${instance.name} has no reserved access rule changes.`);
      return startWork(nhn, call, {
        seconds: 6,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'APPLYING_DB_INSTANCE_HBA_RULE' },
        event: { topic: 'DB_INSTANCE_27', source: instance },
        effect: () => applyReserved(store, instance.groupId),
      });
    },

    'PUT /v1.0/db-instances/:dbInstanceId/hba-rules/orders': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const { hbaRuleIds } = call.body(ordering);
      const rules = rulesOf(store, instance.groupId);
      const chosen = hbaRuleIds.map((ruleId) => {
        const rule = rules.find(({ id }) => id === ruleId);
        if (!rule) throw notFound(store.hbaRules.noun, ruleId);
        return rule;
      });
      if (new Set(chosen).size !== rules.length || chosen.length !== rules.length)
        throw invalidArgument(`hbaRuleIds: give each of the ${rules.length} rules of ${instance.name} once.`);
      // The order of a table is the order in which its rows were added.
      for (const [order, rule] of chosen.entries()) {
        if (rules[order] !== rule && rule.reservedAction === 'NONE') rule.reservedAction = 'MODIFY';
        store.hbaRules.remove(rule.id);
        store.hbaRules.add(rule);
      }
      return {};
    },

    'PUT /v1.0/db-instances/:dbInstanceId/hba-rules/:hbaRuleId': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const rule = ruleOf(call, instance);
      Object.assign(rule, readTarget(call, instance), { updatedAt: world.now() });
      if (rule.reservedAction !== 'CREATE') rule.reservedAction = 'MODIFY';
      return {};
    },

    'DELETE /v1.0/db-instances/:dbInstanceId/hba-rules/:hbaRuleId': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const rule = ruleOf(call, instance);
      // A rule that was never applied is removed at once.
      if (rule.reservedAction === 'CREATE') store.hbaRules.remove(rule.id);
      else rule.reservedAction = 'DELETE';
      return {};
    },
  };
}

const rulesOf = (store: Store, groupId: string) => store.hbaRules.all().filter((rule) => rule.groupId === groupId);

/** Applies all reserved changes of a group. */
export function applyReserved(store: Store, groupId: string): void {
  for (const rule of rulesOf(store, groupId)) {
    if (rule.reservedAction === 'DELETE') store.hbaRules.remove(rule.id);
    rule.reservedAction = 'NONE';
    rule.status = 'APPLIED';
  }
}

/** Rules that name a renamed database or user have to be written again. */
export function reserveRulesOf(store: Store, renamedId: string): void {
  for (const rule of store.hbaRules.all())
    if (rule.reservedAction === 'NONE' && [...rule.databaseIds, ...rule.dbUserIds].includes(renamedId))
      rule.reservedAction = 'MODIFY';
}

/** A domain with a dot before it, such as `.example.com`, means all hosts in it. */
const domain = z.string().refine((value) => value.startsWith('.') && z.hostname().safeParse(value.slice(1)).success);
export const address = z.union([z.cidrv4(), z.cidrv6(), z.hostname(), domain], 'expected a CIDR, a host or a domain');

const applyType = z.enum(['ENTIRE', 'USER_CUSTOM']);

const ruleBody = z
  .strictObject({
    databaseApplyType: applyType,
    dbUserApplyType: applyType,
    databaseIds: z.array(id).default([]),
    dbUserIds: z.array(id).default([]),
    address,
    authMethod: z.enum(['TRUST', 'REJECT', 'SCRAM_SHA_256']),
  })
  .refine(({ databaseApplyType, databaseIds }) => databaseApplyType === 'ENTIRE' || databaseIds.length > 0, {
    path: ['databaseIds'],
    message: 'USER_CUSTOM needs at least one database',
  })
  .refine(({ dbUserApplyType, dbUserIds }) => dbUserApplyType === 'ENTIRE' || dbUserIds.length > 0, {
    path: ['dbUserIds'],
    message: 'USER_CUSTOM needs at least one user',
  });

const ordering = z.strictObject({ hbaRuleIds: z.array(id) });
