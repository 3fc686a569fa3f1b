import * as z from 'zod';
import { newInstance } from '../../fields.js';
import { newRow } from '../../provisioning.js';
import { invalidArgument } from '../../replies.js';
import type { Routes } from '../../requests.js';
import { versions } from '../../seed/catalog.js';
import type { Nhn } from '../../store.js';
import { blueprint, build } from './building.js';

export function creationRoutes(nhn: Nhn): Routes {
  const { store } = nhn;
  return {
    'POST /v1.0/db-instances': (call) => {
      const given = call.body(creation);
      if (!versions.some(({ dbVersion, canCreate }) => canCreate && dbVersion === given.dbVersion))
        throw invalidArgument(`dbVersion: a new DB instance cannot have ${given.dbVersion}.`);
      const instance = blueprint(nhn, given, given.dbVersion);
      const answer = build(nhn, call, given, { instance, progress: 'CREATING', topic: 'DB_INSTANCE_01' });
      const row = () => ({ ...newRow(nhn), groupId: instance.groupId });
      const user = store.dbUsers.add({ ...row(), name: given.dbUserName, authorityType: 'DDL', status: 'STABLE' });
      const owned = { ownerId: user.id, schemas: ['public'] };
      store.databases.add({ ...row(), ...owned, name: given.databaseName, status: 'STABLE' });
      store.hbaRules.add({
        ...row(),
        status: 'APPLIED',
        databaseApplyType: 'ENTIRE',
        dbUserApplyType: 'USER_CUSTOM',
        databaseIds: [],
        dbUserIds: [user.id],
        address: store.subnets.get(given.network.subnetId).cidr,
        authMethod: 'SCRAM_SHA_256',
        reservedAction: 'NONE',
      });
      return answer;
    },
  };
}

const creation = z.strictObject({
  ...newInstance,
  dbVersion: z.string(),
  databaseName: z.string().min(1).max(63),
  dbUserName: z.string().min(1).max(63),
  dbPassword: z.string().min(4).max(16),
});
