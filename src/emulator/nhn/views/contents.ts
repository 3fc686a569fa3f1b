import type { Database, DbUser, GroupExtension, HbaRule } from '../entities.js';
import type { extensions } from '../seed/catalog.js';
import type { Store } from '../store.js';
import { shownTimes } from './time.js';

export const databaseView = (database: Database) => ({
  databaseId: database.id,
  databaseName: database.name,
  databaseStatus: database.status,
  ...shownTimes(database),
  schemas: database.schemas.map((schemaName) => ({ schemaName })),
});

export const dbUserView = (user: DbUser) => ({
  dbUserId: user.id,
  dbUserName: user.name,
  authorityType: user.authorityType,
  dbUserStatus: user.status,
  ...shownTimes(user),
});

export function hbaRuleView(store: Store, rule: HbaRule, order: number) {
  const databases = rule.databaseIds.flatMap((databaseId) => store.databases.find(databaseId) ?? []);
  const dbUsers = rule.dbUserIds.flatMap((userId) => store.dbUsers.find(userId) ?? []);
  // The engine skips a rule whose databases or users are gone.
  const isOrphan =
    (rule.databaseApplyType === 'USER_CUSTOM' && databases.length === 0) ||
    (rule.dbUserApplyType === 'USER_CUSTOM' && dbUsers.length === 0);
  return {
    hbaRuleId: rule.id,
    hbaRuleStatus: rule.status,
    databaseApplyType: rule.databaseApplyType,
    dbUserApplyType: rule.dbUserApplyType,
    databases: databases.map(({ id, name }) => ({ databaseId: id, databaseName: name })),
    dbUsers: dbUsers.map(({ id, name }) => ({ dbUserId: id, dbUserName: name })),
    address: rule.address,
    authMethod: rule.authMethod,
    reservedAction: rule.reservedAction,
    order,
    applicable: !isOrphan,
  };
}

/** An extension, and where in the group it is or will be installed. */
export function extensionView(
  store: Store,
  extension: (typeof extensions)[number],
  { rows, isApplying }: { rows: GroupExtension[]; isApplying: boolean },
) {
  const own = rows.filter(({ extensionId }) => extensionId === extension.id);
  const isReserved = own.some(({ reservedAction }) => reservedAction !== 'NONE');
  return {
    extensionId: extension.id,
    extensionName: extension.name,
    extensionStatus: !isReserved ? 'AVAILABLE' : isApplying ? 'APPLYING' : 'NEED_TO_APPLY',
    databases: own.map((row) => ({
      dbInstanceGroupExtensionId: row.id,
      databaseId: row.databaseId,
      databaseName: store.databases.find(row.databaseId)?.name ?? null,
      dbInstanceGroupExtensionStatus: row.status,
      reservedAction: row.reservedAction,
      errorReason: row.errorReason,
    })),
  };
}
