import * as z from 'zod';
import type { DbInstance } from '../entities.js';
import { newRow } from '../provisioning.js';
import { notFound, ownsObjects } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { type Nhn, refuseTakenName } from '../store.js';
import { dbUserView } from '../views/contents.js';
import { primaryFor, startWork } from '../work.js';
import { refuseReservedName } from './databases.js';
import { address, applyReserved, reserveRulesOf } from './hba-rules.js';

/** Passwords are kept for the real server behind, if there is one. Nothing ever shows them again. */
export function dbUserRoutes(nhn: Nhn): Routes {
  const { store } = nhn;
  const usersOf = ({ groupId }: DbInstance) => store.dbUsers.all().filter((row) => row.groupId === groupId);
  const userOf = (call: Call, { groupId }: DbInstance) => {
    const user = store.dbUsers.get(call.path('dbUserId'));
    if (user.groupId !== groupId) throw notFound(store.dbUsers.noun, user.id);
    return user;
  };
  return {
    // The table says dbUsers. The example beside it is that of the databases.
    'GET /v1.0/db-instances/:dbInstanceId/db-users': (call) => ({
      dbUsers: usersOf(store.instances.get(call.path('dbInstanceId'))).map(dbUserView),
    }),

    'POST /v1.0/db-instances/:dbInstanceId/db-users': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const given = call.body(creation);
      refuseReservedName('dbUserName', given.dbUserName);
      refuseTakenName(store.dbUsers.noun, usersOf(instance), given.dbUserName);
      const { groupId } = instance;
      const row = { ...newRow(nhn), groupId, name: given.dbUserName, authorityType: given.authorityType };
      const user = store.dbUsers.add({ ...row, password: given.dbPassword, status: 'CREATING' });
      return startWork(nhn, call, {
        seconds: 5,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'CREATING_USER' },
        event: { topic: 'DB_INSTANCE_17', source: instance },
        effect: () => {
          user.status = 'STABLE';
          if (!given.createDefaultHbaRules) return;
          store.hbaRules.add({
            ...newRow(nhn),
            groupId,
            status: 'APPLIED',
            databaseApplyType: 'ENTIRE',
            dbUserApplyType: 'USER_CUSTOM',
            databaseIds: [],
            dbUserIds: [user.id],
            address: given.address ?? store.subnets.get(instance.subnetId).cidr,
            authMethod: 'SCRAM_SHA_256',
            reservedAction: 'NONE',
          });
        },
      });
    },

    'PUT /v1.0/db-instances/:dbInstanceId/db-users/:dbUserId': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const user = userOf(call, instance);
      const change = call.body(modification);
      if (change.dbUserName) refuseReservedName('dbUserName', change.dbUserName);
      if (change.dbUserName) refuseTakenName(store.dbUsers.noun, usersOf(instance), change.dbUserName, user.id);
      user.status = 'MODIFYING';
      return startWork(nhn, call, {
        seconds: 5,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'UPDATING_USER' },
        event: { topic: 'DB_INSTANCE_18', source: instance },
        effect: () => {
          const isRenamed = change.dbUserName !== undefined && change.dbUserName !== user.name;
          user.name = change.dbUserName ?? user.name;
          user.authorityType = change.authorityType ?? user.authorityType;
          user.password = change.dbPassword ?? user.password;
          user.status = 'STABLE';
          user.updatedAt = nhn.world.now();
          if (isRenamed) reserveRulesOf(store, user.id);
          if (change.applyHbaRulesImmediately) applyReserved(store, instance.groupId);
        },
      });
    },

    'DELETE /v1.0/db-instances/:dbInstanceId/db-users/:dbUserId': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const user = userOf(call, instance);
      const owned = store.databases.all().filter(({ ownerId }) => ownerId === user.id);
      // The API has no way to say what becomes of them.
      if (owned.length > 0)
        throw ownsObjects(
          user.name,
          owned.map(({ name }) => name),
        );
      user.status = 'DELETING';
      return startWork(nhn, call, {
        seconds: 5,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'DELETING_USER' },
        event: { topic: 'DB_INSTANCE_19', source: instance },
        effect: () => store.dbUsers.remove(user.id),
      });
    },
  };
}

const dbUserName = z.string().min(1).max(32);
const dbPassword = z.string().min(1).max(32);
const authorityType = z.enum(['CRUD', 'DDL']);

const creation = z.strictObject({
  dbUserName,
  dbPassword,
  authorityType,
  createDefaultHbaRules: z.boolean().optional(),
  address: address.optional(),
});

const modification = z.strictObject({
  dbUserName: dbUserName.optional(),
  dbPassword: dbPassword.optional(),
  authorityType: authorityType.optional(),
  applyHbaRulesImmediately: z.boolean().optional(),
});
