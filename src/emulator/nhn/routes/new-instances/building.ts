import * as z from 'zod';
import type { DbInstance, Progress } from '../../entities.js';
import { newInstance, refuseOverlappingWindows, scheduleOf } from '../../fields.js';
import { addStandby, anyZone, emptyLoad, newGroup, newRow, refuseForeignParameters } from '../../provisioning.js';
import type { Call } from '../../requests.js';
import { flavorOf } from '../../seed/catalog.js';
import { type Nhn, refuseTakenName } from '../../store.js';
import { startWork } from '../../work.js';

/** What creating and both ways of restoring ask for. */
export const building = z.strictObject(newInstance);
export type Building = z.infer<typeof building>;

export function refuseUnknownParts(
  { store }: Nhn,
  given: Pick<Building, 'dbInstanceName' | 'dbSecurityGroupIds' | 'userGroupIds'>,
): void {
  refuseTakenName(store.instances.noun, store.instances.all(), given.dbInstanceName);
  for (const groupId of given.dbSecurityGroupIds) store.securityGroups.get(groupId);
  for (const groupId of given.userGroupIds) store.userGroups.get(groupId);
}

/** The default alarms that a new instance can have. */
export function addAlarms(
  nhn: Nhn,
  instance: DbInstance,
  given: Pick<Building, 'useDefaultNotification' | 'userGroupIds'>,
): void {
  if (!given.useDefaultNotification) return;
  const watchdog = (metricName: string, comparisonOperator: 'LE' | 'GE', threshold: number) => ({
    ...newRow(nhn),
    metricName,
    comparisonOperator,
    threshold,
    duration: 5,
  });
  nhn.store.notificationGroups.add({
    ...newRow(nhn),
    name: `${instance.name}-default`,
    notifyEmail: true,
    notifySms: true,
    isEnabled: true,
    instanceIds: [instance.id],
    userGroupIds: given.userGroupIds,
    watchdogs: [
      watchdog('DATABASE_STATUS', 'LE', 0),
      watchdog('CPU_USAGE', 'GE', 80),
      watchdog('STORAGE_USAGE', 'GE', 80),
    ],
  });
}

/** An instance of its own, as it was asked for, which nobody sees yet. */
export function blueprint(nhn: Nhn, given: Building, dbVersion: string): DbInstance {
  const { world, store } = nhn;
  refuseUnknownParts(nhn, given);
  flavorOf({ flavorId: given.dbFlavorId });
  store.subnets.get(given.network.subnetId);
  refuseForeignParameters(nhn, given.parameterGroupId, dbVersion);
  const backupSchedules = given.backup.backupSchedules.map(scheduleOf);
  refuseOverlappingWindows(backupSchedules);
  const now = world.now();
  return {
    ...newRow(nhn),
    groupId: '',
    name: given.dbInstanceName,
    description: given.description ?? null,
    dbVersion,
    dbPort: given.dbPort,
    type: 'MASTER',
    status: 'BEFORE_CREATE',
    progress: 'NONE',
    flavorId: given.dbFlavorId,
    parameterGroupId: given.parameterGroupId,
    parametersAppliedAt: now,
    securityGroupIds: given.dbSecurityGroupIds,
    useDeletionProtection: given.useDeletionProtection,
    needMigration: false,
    osVersion: 'Rocky Linux 8.10',
    storageType: given.storage.storageType,
    storageSizes: [{ since: now, sizeGb: given.storage.storageSize }],
    availabilityZone: given.network.availabilityZone ?? anyZone(store),
    subnetId: given.network.subnetId,
    usePublicAccess: given.network.usePublicAccess,
    backup: { ...given.backup, backupSchedules },
    maintenance: {
      allowAutoMaintenance: true,
      useAutoStorageCleanup: true,
      maintWndBgnTime: '18:00:00',
      maintWndDuration: 'ONE_HOUR',
      logRetentionPeriod: 7,
    },
    load: emptyLoad(now),
    downtimes: [],
  };
}

/** Registers the instance as BEFORE_CREATE. Its storage is made while the job runs, and then it is AVAILABLE. */
export function build(
  nhn: Nhn,
  call: Call,
  given: Building,
  { instance, progress, topic }: { instance: DbInstance; progress: Progress; topic: string },
): { jobId: string } {
  const group = newGroup(nhn);
  nhn.store.instances.add(instance);
  instance.groupId = group.id;
  addAlarms(nhn, instance, given);
  return startWork(nhn, call, {
    seconds: 60,
    resources: [
      ['DB_INSTANCE_GROUP', group.id],
      ['DB_INSTANCE', instance.id],
    ],
    busy: { instances: [instance], progress },
    event: { topic, source: instance },
    begins: () => void (instance.status = 'STORAGE_CREATING'),
    effect: () => {
      instance.status = 'AVAILABLE';
      if (!given.useHighAvailability) return;
      const { pingInterval, failoverReplWaitingTime } = given;
      group.highAvailability = { haStatus: 'STABLE', pingInterval, failoverReplWaitingTime };
      addStandby(nhn, instance);
    },
  });
}
