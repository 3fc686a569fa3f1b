import * as z from 'zod';
import { backupPeriod, backupRetryCount, id, name, port, storage } from '../../fields.js';
import { anyZone, copyOf, refuseForeignParameters } from '../../provisioning.js';
import { wrongState } from '../../replies.js';
import type { Routes } from '../../requests.js';
import { availabilityZones, flavorOf, storageTypes } from '../../seed/catalog.js';
import { membersOf, type Nhn } from '../../store.js';
import { refuseUnlessReady, startWork } from '../../work.js';
import { addAlarms, refuseUnknownParts } from './building.js';

const mostReplicas = 5;

export function replicationRoutes(nhn: Nhn): Routes {
  const { store } = nhn;
  return {
    'POST /v1.0/db-instances/:dbInstanceId/replicate': (call) => {
      const source = store.instances.get(call.path('dbInstanceId'));
      const given = call.body(replication);
      refuseUnknownParts(nhn, { ...given, dbSecurityGroupIds: given.dbSecurityGroupIds ?? [] });
      if (source.type !== 'MASTER')
        throw wrongState(`DB instance ${source.name} is a ${source.type}: only a primary can be replicated.`);
      refuseUnlessReady(source);
      const replicas = membersOf(store, source.groupId).filter(({ type }) => type === 'READ_ONLY_SLAVE');
      if (replicas.length >= mostReplicas)
        throw wrongState(`DB instance ${source.name} has ${mostReplicas} read replicas already.`);
      const flavorId = given.dbFlavorId ?? source.flavorId;
      flavorOf({ flavorId });
      const parameterGroupId = given.parameterGroupId ?? source.parameterGroupId;
      refuseForeignParameters(nhn, parameterGroupId, source.dbVersion);
      const replica = copyOf(nhn, source, {
        name: given.dbInstanceName,
        description: given.description ?? null,
        type: 'READ_ONLY_SLAVE',
        flavorId,
        parameterGroupId,
        dbPort: given.dbPort ?? source.dbPort,
        securityGroupIds: given.dbSecurityGroupIds ?? source.securityGroupIds,
        useDeletionProtection: given.useDeletionProtection,
        usePublicAccess: given.network?.usePublicAccess ?? false,
        // Unlike most of its settings, its zone is not that of the source.
        availabilityZone: given.network?.availabilityZone ?? anyZone(store),
      });
      if (given.storage?.storageSize)
        replica.storageSizes = [{ since: replica.createdAt, sizeGb: given.storage.storageSize }];
      replica.storageType = given.storage?.storageType ?? source.storageType;
      replica.backup.backupPeriod = given.backup?.backupPeriod ?? source.backup.backupPeriod;
      replica.backup.backupRetryCount = given.backup?.backupRetryCount ?? source.backup.backupRetryCount;
      store.instances.add(replica);
      addAlarms(nhn, replica, given);
      return startWork(nhn, call, {
        seconds: 60,
        resources: [
          ['DB_INSTANCE', source.id],
          ['DB_INSTANCE', replica.id],
        ],
        busy: { instances: [source, replica], progress: 'REPLICATING' },
        event: { topic: 'DB_INSTANCE_31', source: replica },
        effect: () => {
          replica.status = 'AVAILABLE';
        },
      });
    },
  };
}

const replication = z.strictObject({
  dbInstanceName: name,
  description: z.string().nullish(),
  dbFlavorId: id.optional(),
  dbPort: port.optional(),
  parameterGroupId: id.optional(),
  dbSecurityGroupIds: z.array(id).optional(),
  userGroupIds: z.array(id).default([]),
  useDefaultNotification: z.boolean().default(false),
  useDeletionProtection: z.boolean().default(false),
  network: z
    .strictObject({
      usePublicAccess: z.boolean().default(false),
      availabilityZone: z.enum(availabilityZones).optional(),
    })
    .optional(),
  storage: z
    .strictObject({
      storageType: z.enum(storageTypes).optional(),
      storageSize: storage.shape.storageSize.optional(),
    })
    .optional(),
  backup: z
    .strictObject({ backupPeriod: backupPeriod.optional(), backupRetryCount: backupRetryCount.optional() })
    .optional(),
});
