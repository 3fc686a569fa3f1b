import { z } from 'zod';
import { restorableBackups, restorableRange } from '../backups.js';
import type { DbInstance, Progress } from '../entities.js';
import { backupPeriod, backupRetryCount, id, name, newInstance, port, scheduleOf, storage, time } from '../fields.js';
import {
  addStandby,
  copyContents,
  copyOf,
  emptyLoad,
  newGroup,
  newRow,
  refuseForeignParameters,
} from '../provisioning.js';
import { invalidArgument, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { availabilityZones, flavorOf, storageTypes, versions } from '../seed/catalog.js';
import { membersOf, type Nhn, refuseTakenName } from '../store.js';
import { refuseUnlessReady, startWork } from '../work.js';

const mostReplicas = 5;

/** The four ways to create an instance: new, as a replica, and restored from an instance or from a backup. */
export function newInstanceRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const noun = store.instances.noun;

  function refuseUnknownParts(given: Pick<Creation, 'dbInstanceName' | 'dbSecurityGroupIds' | 'userGroupIds'>): void {
    refuseTakenName(noun, store.instances.all(), given.dbInstanceName);
    for (const groupId of given.dbSecurityGroupIds ?? []) store.securityGroups.get(groupId);
    for (const groupId of given.userGroupIds) store.userGroups.get(groupId);
  }

  /** The default alarms that a new instance can have. */
  function addAlarms(instance: DbInstance, given: Pick<Creation, 'useDefaultNotification' | 'userGroupIds'>): void {
    if (!given.useDefaultNotification) return;
    const watchdog = (metricName: string, comparisonOperator: 'LE' | 'GE', threshold: number) => ({
      ...newRow(nhn),
      metricName,
      comparisonOperator,
      threshold,
      duration: 5,
    });
    store.notificationGroups.add({
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

  function blueprint(given: Creation, dbVersion: string): DbInstance {
    refuseUnknownParts(given);
    flavorOf({ flavorId: given.dbFlavorId });
    store.subnets.get(given.network.subnetId);
    refuseForeignParameters(nhn, given.parameterGroupId, dbVersion);
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
      availabilityZone: given.network.availabilityZone ?? 'kr-pub-a',
      subnetId: given.network.subnetId,
      usePublicAccess: given.network.usePublicAccess,
      backup: { ...given.backup, backupSchedules: given.backup.backupSchedules.map(scheduleOf) },
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

  /** Registers the instance at once, as BEFORE_CREATE. It is AVAILABLE when the job is done. */
  function build(call: Call, given: Creation, plan: { instance: DbInstance; progress: Progress; topic: string }) {
    const { instance, progress, topic } = plan;
    const group = newGroup(nhn);
    store.instances.add(instance);
    instance.groupId = group.id;
    addAlarms(instance, given);
    return startWork(nhn, call, {
      seconds: 60,
      resources: [
        ['DB_INSTANCE_GROUP', group.id],
        ['DB_INSTANCE', instance.id],
      ],
      busy: { instances: [instance], progress },
      event: { topic, source: instance },
      effect: () => {
        instance.status = 'AVAILABLE';
        if (!given.useHighAvailability) return;
        const { pingInterval, failoverReplWaitingTime } = given;
        group.highAvailability = { haStatus: 'STABLE', pingInterval, failoverReplWaitingTime };
        addStandby(nhn, instance);
      },
    });
  }

  function restore(call: Call, given: Creation, from: { groupId?: string; dbVersion: string; usedGb: number }) {
    const instance = blueprint(given, from.dbVersion);
    if (given.storage.storageSize < from.usedGb)
      throw invalidArgument(`storage.storageSize: the data of the source needs ${Math.ceil(from.usedGb)} GB.`);
    const answer = build(call, given, { instance, progress: 'RESTORING', topic: 'DB_INSTANCE_08' });
    instance.load.usedGb = from.usedGb;
    if (from.groupId) copyContents(nhn, from.groupId, instance.groupId);
    return answer;
  }

  return {
    'POST /v1.0/db-instances': (call) => {
      const given = call.body(creation);
      if (!versions.some(({ dbVersion, canCreate }) => canCreate && dbVersion === given.dbVersion))
        throw invalidArgument(`dbVersion: a new DB instance cannot have ${given.dbVersion}.`);
      const instance = blueprint(given, given.dbVersion);
      const answer = build(call, given, { instance, progress: 'CREATING', topic: 'DB_INSTANCE_01' });
      const row = () => ({ ...newRow(nhn), groupId: instance.groupId });
      store.databases.add({ ...row(), name: given.databaseName, status: 'STABLE', schemas: ['public'] });
      const user = store.dbUsers.add({ ...row(), name: given.dbUserName, authorityType: 'DDL', status: 'STABLE' });
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

    'POST /v1.0/db-instances/:dbInstanceId/replicate': (call) => {
      const source = store.instances.get(call.path('dbInstanceId'));
      const given = call.body(replication);
      refuseUnknownParts({ ...given, dbSecurityGroupIds: given.dbSecurityGroupIds ?? [] });
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
        availabilityZone: given.network?.availabilityZone ?? source.availabilityZone,
      });
      if (given.storage?.storageSize)
        replica.storageSizes = [{ since: replica.createdAt, sizeGb: given.storage.storageSize }];
      replica.storageType = given.storage?.storageType ?? source.storageType;
      replica.backup.backupPeriod = given.backup?.backupPeriod ?? source.backup.backupPeriod;
      replica.backup.backupRetryCount = given.backup?.backupRetryCount ?? source.backup.backupRetryCount;
      store.instances.add(replica);
      addAlarms(replica, given);
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

    // The guide has a GET with a body, which HTTP clients do not send. Other editions of the guide say POST.
    'POST /v1.0/db-instances/:dbInstanceId/restore': (call) => {
      const source = store.instances.get(call.path('dbInstanceId'));
      const given = call.body(instanceRestoration);
      const { restoreType, restoreYmdt = 0, backupId } = given.restore;
      if (restoreType === 'BACKUP' && !restorableBackups(store, source).some(({ id }) => id === backupId))
        throw invalidArgument(`restore.backupId: DB instance ${source.name} cannot be restored from it.`);
      const range = restorableRange(nhn, source);
      if (restoreType === 'TIMESTAMP' && (!range || restoreYmdt < range.oldest || restoreYmdt > range.latest))
        throw invalidArgument(`restore.restoreYmdt: DB instance ${source.name} cannot be restored to that time.`);
      const { groupId, dbVersion } = source;
      return restore(call, given, { groupId, dbVersion, usedGb: source.load.usedGb });
    },

    'POST /v1.0/backups/:backupId/restore': (call) => {
      const backup = store.backups.get(call.path('backupId'));
      const given = call.body(backupRestoration);
      if (backup.status !== 'COMPLETED')
        throw wrongState(`Backup ${backup.name} cannot be restored: its backupStatus is ${backup.status}.`);
      const usedGb = backup.sizeBytes / 1024 ** 3;
      const groupId = store.instances.find(backup.instanceId)?.groupId;
      return restore(call, given, { groupId, dbVersion: backup.dbVersion, usedGb });
    },
  };
}

const restorationOnly = z.strictObject({ ...newInstance, backup: newInstance.backup });
type Creation = z.infer<typeof restorationOnly>;

const creation = z.strictObject({
  ...newInstance,
  dbVersion: z.string(),
  databaseName: z.string().min(1).max(63),
  dbUserName: z.string().min(1).max(63),
  dbPassword: z.string().min(4).max(16),
});

const backupRestoration = restorationOnly;

const instanceRestoration = z
  .strictObject({
    ...newInstance,
    dbPort: z.number().int().min(3306).max(43_306),
    restore: z.strictObject({
      restoreType: z.enum(['TIMESTAMP', 'BACKUP']),
      restoreYmdt: time.optional(),
      backupId: id.optional(),
    }),
    // Both are only in the documented example. The users of the source are copied in any case.
    dbUserName: z.string().optional(),
    dbPassword: z.string().optional(),
  })
  .refine(
    ({ restore }) => (restore.restoreType === 'TIMESTAMP' ? restore.restoreYmdt : restore.backupId) !== undefined,
    {
      path: ['restore'],
      message: 'TIMESTAMP needs restoreYmdt, BACKUP needs backupId',
    },
  );

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
