import * as z from 'zod';
import { clock, windowDuration } from '../fields.js';
import { invalidArgument } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { majorOf, versions } from '../seed/catalog.js';
import { type Nhn, sizeGbOf } from '../store.js';
import { versionView } from '../views/catalog.js';
import { networkView } from '../views/instances.js';
import { refuseBusy, refuseUnlessReady, startWork } from '../work.js';

/** What is read and changed in parts: storage, network, maintenance, deletion protection. */
export function instanceSettingRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const instanceOf = (call: Call) => store.instances.get(call.path('dbInstanceId'));
  return {
    'GET /v1.0/db-instances/:dbInstanceId/storage-info': (call) => {
      const instance = instanceOf(call);
      return { storageType: instance.storageType, storageSize: sizeGbOf(instance), storageStatus: 'ATTACHED' };
    },

    'PUT /v1.0/db-instances/:dbInstanceId/storage-info': (call) => {
      const instance = instanceOf(call);
      const { storageSize } = call.body(storageInfo);
      refuseUnlessReady(instance);
      const size = sizeGbOf(instance);
      // The present size is the documented minimum.
      if (storageSize < size)
        throw invalidArgument(`storageSize: the disk of ${instance.name} has ${size} GB and can only grow.`);
      return startWork(nhn, call, {
        seconds: 30,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'MODIFYING' },
        restarts: storageSize > size ? [instance] : [],
        event: { topic: 'DB_INSTANCE_13', source: instance },
        effect: () => {
          if (storageSize === size) return;
          instance.storageSizes.push({ since: world.now(), sizeGb: storageSize });
          if (instance.status === 'STORAGE_FULL') instance.status = 'AVAILABLE';
        },
      });
    },

    'GET /v1.0/db-instances/:dbInstanceId/network-info': (call) => {
      const instance = instanceOf(call);
      return networkView(instance, store.subnets.get(instance.subnetId));
    },

    'PUT /v1.0/db-instances/:dbInstanceId/network-info': (call) => {
      const instance = instanceOf(call);
      const { usePublicAccess } = call.body(networkInfo);
      refuseBusy(instance);
      return startWork(nhn, call, {
        seconds: 10,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'MODIFYING' },
        event: { topic: usePublicAccess ? 'DB_INSTANCE_14' : 'DB_INSTANCE_15', source: instance },
        effect: () => {
          instance.usePublicAccess = usePublicAccess;
        },
      });
    },

    // There is no job: the setting is in effect with the answer.
    'PUT /v1.0/db-instances/:dbInstanceId/deletion-protection': (call) => {
      const instance = instanceOf(call);
      instance.useDeletionProtection = call.body(deletionProtection).useDeletionProtection;
      instance.updatedAt = world.now();
      return {};
    },

    'GET /v1.0/db-instances/:dbInstanceId/maintenance-info': (call) => instanceOf(call).maintenance,

    'PUT /v1.0/db-instances/:dbInstanceId/maintenance-info': (call) => {
      const instance = instanceOf(call);
      const change = call.body(maintenanceInfo);
      refuseBusy(instance);
      return startWork(nhn, call, {
        seconds: 5,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'MODIFYING' },
        event: { topic: 'DB_INSTANCE_09', source: instance },
        effect: () => void Object.assign(instance.maintenance, change),
      });
    },

    // The versions to upgrade to are later versions of the same major version.
    'GET /v1.0/db-instances/:dbInstanceId/available-db-versions': (call) => {
      const { dbVersion: present } = instanceOf(call);
      const index = versions.findIndex(({ dbVersion }) => dbVersion === present);
      const later = versions.slice(index + 1).filter(({ dbVersion }) => majorOf(dbVersion) === majorOf(present));
      return { dbVersions: later.map(versionView) };
    },
  };
}

const storageInfo = z.strictObject({ storageSize: z.number().int().max(2048) });
const networkInfo = z.strictObject({ usePublicAccess: z.boolean() });
const deletionProtection = z.strictObject({ useDeletionProtection: z.boolean() });

// The window is marked as required but missing in the documented example, so it may be left out.
const maintenanceInfo = z.strictObject({
  allowAutoMaintenance: z.boolean(),
  useAutoStorageCleanup: z.boolean(),
  maintWndBgnTime: clock.optional(),
  maintWndDuration: windowDuration.optional(),
  logRetentionPeriod: z.number().int().min(1).optional(),
});
