import * as z from 'zod';
import type { DbInstance } from '../entities.js';
import { newRow } from '../provisioning.js';
import { invalidArgument, notFound } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { type Nhn, refuseTakenName } from '../store.js';
import { databaseView } from '../views/contents.js';
import { primaryFor, startWork } from '../work.js';
import { applyReserved, reserveRulesOf } from './hba-rules.js';

export function databaseRoutes(nhn: Nhn): Routes {
  const { store } = nhn;
  const databasesOf = ({ groupId }: DbInstance) => store.databases.all().filter((row) => row.groupId === groupId);
  const databaseOf = (call: Call, { groupId }: DbInstance) => {
    const database = store.databases.get(call.path('databaseId'));
    if (database.groupId !== groupId) throw notFound(store.databases.noun, database.id);
    return database;
  };
  return {
    'GET /v1.0/db-instances/:dbInstanceId/databases': (call) => ({
      databases: databasesOf(store.instances.get(call.path('dbInstanceId'))).map(databaseView),
    }),

    'POST /v1.0/db-instances/:dbInstanceId/databases': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const { databaseName } = call.body(creation);
      refuseReservedName('databaseName', databaseName);
      refuseTakenName(store.databases.noun, databasesOf(instance), databaseName);
      const row = { ...newRow(nhn), groupId: instance.groupId, name: databaseName, schemas: ['public'] };
      const database = store.databases.add({ ...row, status: 'CREATING' });
      return startWork(nhn, call, {
        seconds: 5,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'CREATING_DATABASE' },
        event: { topic: 'DB_INSTANCE_20', source: instance },
        effect: () => {
          database.status = 'STABLE';
        },
      });
    },

    'PUT /v1.0/db-instances/:dbInstanceId/databases/:databaseId': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const database = databaseOf(call, instance);
      const { databaseName, applyHbaRulesImmediately } = call.body(modification);
      refuseReservedName('databaseName', databaseName);
      refuseTakenName(store.databases.noun, databasesOf(instance), databaseName, database.id);
      database.status = 'MODIFYING';
      return startWork(nhn, call, {
        seconds: 5,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'UPDATING_DATABASE' },
        event: { topic: 'DB_INSTANCE_21', source: instance },
        effect: () => {
          Object.assign(database, { name: databaseName, status: 'STABLE', updatedAt: nhn.world.now() });
          reserveRulesOf(store, database.id);
          if (applyHbaRulesImmediately) applyReserved(store, instance.groupId);
        },
      });
    },

    'DELETE /v1.0/db-instances/:dbInstanceId/databases/:databaseId': (call) => {
      const instance = primaryFor(nhn, call.path('dbInstanceId'));
      const database = databaseOf(call, instance);
      database.status = 'DELETING';
      return startWork(nhn, call, {
        seconds: 5,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'DELETING_DATABASE' },
        event: { topic: 'DB_INSTANCE_22', source: instance },
        effect: () => {
          store.databases.remove(database.id);
          store.groupExtensions.removeWhere(({ databaseId }) => databaseId === database.id);
        },
      });
    },
  };
}

/** The service reserves some names, for databases as for users. */
export function refuseReservedName(field: string, name: string): void {
  if (reservedNames.has(name)) throw invalidArgument(`${field}: ${name} is reserved.`);
}

const reservedNames = new Set(['postgres', 'template0', 'template1', 'repmgr', 'barman', 'rds']);

const databaseName = z.string().min(1).max(63);
const creation = z.strictObject({ databaseName });
const modification = z.strictObject({ databaseName, applyHbaRulesImmediately: z.boolean().optional() });
