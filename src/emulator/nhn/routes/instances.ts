import * as z from 'zod';
import { takeBackup } from '../backups.js';
import type { DbInstance } from '../entities.js';
import { id, name, port } from '../fields.js';
import { refuseForeignParameters, removeInstances } from '../provisioning.js';
import { deletionProtected, wrongState } from '../replies.js';
import type { Routes } from '../requests.js';
import { flavorOf } from '../seed/catalog.js';
import { differing, needRestart } from '../seed/parameters.js';
import { membersOf, type Nhn, needsParameters, refuseTakenName } from '../store.js';
import { instanceView } from '../views/instances.js';
import { refuseBusy, refuseUnlessReady, startWork } from '../work.js';

export function instanceRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const noun = store.instances.noun;
  const valuesOf = (groupId: string) => store.parameterGroups.get(groupId).values;
  const needsRestart = (instance: DbInstance, change: z.infer<typeof modification>) =>
    change.dbFlavorId !== undefined ||
    change.dbPort !== undefined ||
    (change.parameterGroupId !== undefined &&
      needRestart(differing(valuesOf(instance.parameterGroupId), valuesOf(change.parameterGroupId))));
  return {
    'GET /v1.0/db-instances': () => ({ dbInstances: store.instances.all().map(instanceView) }),

    'GET /v1.0/db-instances/:dbInstanceId': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      const alarms = store.notificationGroups.all().filter(({ instanceIds }) => instanceIds.includes(instance.id));
      return {
        ...instanceView(instance),
        dbFlavorId: instance.flavorId,
        parameterGroupId: instance.parameterGroupId,
        dbSecurityGroupIds: instance.securityGroupIds,
        notificationGroupIds: alarms.map(({ id }) => id),
        useDeletionProtection: instance.useDeletionProtection,
        needToApplyParameterGroup: needsParameters(store, instance),
        needMigration: instance.needMigration,
        osVersion: instance.osVersion,
      };
    },

    'PUT /v1.0/db-instances/:dbInstanceId': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      const change = call.body(modification);
      refuseBusy(instance);
      if (change.dbFlavorId || change.dbPort !== undefined || change.parameterGroupId) refuseUnlessReady(instance);
      if (change.dbInstanceName) refuseTakenName(noun, store.instances.all(), change.dbInstanceName, instance.id);
      if (change.dbFlavorId) flavorOf({ flavorId: change.dbFlavorId });
      if (change.parameterGroupId) refuseForeignParameters(nhn, change.parameterGroupId, instance.dbVersion);
      for (const groupId of change.dbSecurityGroupIds ?? []) store.securityGroups.get(groupId);
      return startWork(nhn, call, {
        seconds: change.dbFlavorId ? 40 : 15,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'MODIFYING' },
        restarts: needsRestart(instance, change) ? [instance] : [],
        event: { topic: change.dbFlavorId ? 'DB_INSTANCE_12' : 'DB_INSTANCE_09', source: instance },
        effect: () => {
          if (change.executeBackup) takeBackup(nhn, instance);
          if (change.parameterGroupId) instance.parametersAppliedAt = world.now();
          instance.name = change.dbInstanceName ?? instance.name;
          if (change.description !== undefined) instance.description = change.description;
          instance.dbPort = change.dbPort ?? instance.dbPort;
          instance.flavorId = change.dbFlavorId ?? instance.flavorId;
          instance.parameterGroupId = change.parameterGroupId ?? instance.parameterGroupId;
          instance.securityGroupIds = change.dbSecurityGroupIds ?? instance.securityGroupIds;
        },
      });
    },

    'DELETE /v1.0/db-instances/:dbInstanceId': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      if (instance.type === 'CANDIDATE_MASTER')
        throw wrongState(`DB instance ${instance.name} is the standby: turn high availability off instead.`);
      // The standby and the read replicas of a primary are deleted with it.
      const doomed = instance.type === 'MASTER' ? membersOf(store, instance.groupId) : [instance];
      for (const member of doomed) {
        if (member.useDeletionProtection) throw deletionProtected(member.name);
        refuseBusy(member);
      }
      return startWork(nhn, call, {
        seconds: 20,
        resources: doomed.map(({ id }) => ['DB_INSTANCE', id]),
        busy: { instances: doomed, progress: 'DELETING' },
        event: { topic: 'DB_INSTANCE_06', source: instance },
        effect: () => removeInstances(nhn, doomed),
      });
    },
  };
}

const modification = z.strictObject({
  dbInstanceName: name.optional(),
  description: z.string().nullish(),
  dbPort: port.optional(),
  dbFlavorId: id.optional(),
  parameterGroupId: id.optional(),
  dbSecurityGroupIds: z.array(id).optional(),
  executeBackup: z.boolean().default(false),
});
