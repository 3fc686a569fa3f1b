import { z } from 'zod';
import { day, hour, koreanOffset, minute, ymdt } from '../dates.js';
import type { Backup, DbInstance } from '../entities.js';
import { backupPeriod, backupRetryCount, backupSchedule, scheduleOf } from '../fields.js';
import { newRow } from '../fleet.js';
import { type Nhn, refuseBusy, refuseUnlessReady, startJob } from '../jobs.js';
import { wrongState } from '../replies.js';
import { id, name, pageOf, paging, type Routes } from '../requests.js';
import { refuseTakenName, type Store } from '../store.js';

export function backupRoutes(nhn: Nhn): Routes {
  const { store } = nhn;
  return {
    'GET /v1.0/backups': (call) => {
      const { page, size, backupType, dbInstanceId, dbVersion } = call.query(listing);
      const backups = store.backups
        .all()
        .filter((backup) => !backupType || backup.type === backupType)
        .filter((backup) => !dbInstanceId || backup.instanceId === dbInstanceId)
        .filter((backup) => !dbVersion || backup.dbVersion === dbVersion)
        .toSorted((a, b) => b.createdAt - a.createdAt);
      return { totalCounts: backups.length, backups: pageOf(backups, { page, size }).map(view) };
    },

    'POST /v1.0/backups/:backupId/export': (call) => {
      const backup = store.backups.get(call.path('backupId'));
      call.body(objectStorage);
      refuseUnfinished(backup);
      const source = store.instances.find(backup.instanceId);
      if (!source) throw wrongState(`Backup ${backup.name} cannot be exported: its DB instance is deleted.`);
      refuseBusy(source);
      return startJob(nhn, call, {
        seconds: 25,
        resources: [
          ['BACKUP', backup.id],
          ['DB_INSTANCE', source.id],
        ],
        busy: { instances: [source], progress: 'EXPORTING_BACKUP' },
        event: { topic: 'BACKUP_05', source: backup },
        effect: () => undefined,
      });
    },

    'DELETE /v1.0/backups/:backupId': (call) => {
      const backup = store.backups.get(call.path('backupId'));
      refuseUnfinished(backup);
      backup.status = 'DELETING';
      return startJob(nhn, call, {
        seconds: 6,
        resources: [['BACKUP', backup.id]],
        event: { topic: 'BACKUP_02', source: backup },
        effect: () => store.backups.remove(backup.id),
      });
    },

    'POST /v1.0/db-instances/:dbInstanceId/backup': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      const { backupName } = call.body(manualBackup);
      refuseUnlessReady(instance);
      refuseTakenName(store.backups.noun, store.backups.all(), backupName);
      const backup = takeBackup(nhn, instance, backupName);
      backup.status = 'BACKING_UP';
      return startJob(nhn, call, {
        seconds: 30,
        resources: [
          ['DB_INSTANCE', instance.id],
          ['BACKUP', backup.id],
        ],
        busy: { instances: [instance], progress: 'BACKING_UP' },
        event: { topic: 'DB_INSTANCE_07', source: instance },
        effect: () => {
          backup.status = 'COMPLETED';
          backup.updatedAt = nhn.world.now();
        },
      });
    },

    'POST /v1.0/db-instances/:dbInstanceId/backup-to-object-storage': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      call.body(objectStorage);
      refuseUnlessReady(instance);
      return startJob(nhn, call, {
        seconds: 40,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'BACKING_UP' },
        event: { topic: 'DB_INSTANCE_52', source: instance },
        effect: () => undefined,
      });
    },

    'GET /v1.0/db-instances/:dbInstanceId/backup-info': (call) => store.instances.get(call.path('dbInstanceId')).backup,

    'PUT /v1.0/db-instances/:dbInstanceId/backup-info': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      const change = call.body(backupInfo);
      refuseBusy(instance);
      return startJob(nhn, call, {
        seconds: 8,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'MODIFYING' },
        event: { topic: 'DB_INSTANCE_09', source: instance },
        effect: () => {
          const { backup } = instance;
          backup.backupPeriod = change.backupPeriod ?? backup.backupPeriod;
          backup.backupRetryCount = change.backupRetryCount ?? backup.backupRetryCount;
          backup.backupSchedules = change.backupSchedules?.map(scheduleOf) ?? backup.backupSchedules;
          dropExpired(nhn, instance);
        },
      });
    },

    'GET /v1.0/db-instances/:dbInstanceId/restoration-info': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      const backups = restorableBackups(store, instance);
      const range = restorableRange(nhn, instance);
      return {
        ...(range && { oldestRestorableYmdt: ymdt(range.oldest), latestRestorableYmdt: ymdt(range.latest) }),
        // Each one wrapped once more, as in the documented example.
        restorableBackups: backups.map((backup) => ({
          backup: { ...view(backup), dbInstanceName: backup.instanceName, walFileName: walFileOf(backup) },
        })),
      };
    },
  };
}

/** Adds a finished backup: an automatic one unless it has a name of its own. */
export function takeBackup(nhn: Nhn, instance: DbInstance, backupName?: string): Backup {
  const row = newRow(nhn);
  return nhn.store.backups.add({
    ...row,
    name: backupName ?? automaticName(instance, row.createdAt),
    type: backupName ? 'MANUAL' : 'AUTO',
    status: 'COMPLETED',
    instanceId: instance.id,
    instanceName: instance.name,
    dbVersion: instance.dbVersion,
    sizeBytes: backupSizeOf(instance),
  });
}

export const automaticName = (instance: DbInstance, time: number): string =>
  `${instance.name}_${ymdt(time).slice(0, 16).replace(/\D/g, '')}`;

/** Compressed, a backup takes about a third of what is on the disk. */
export const backupSizeOf = ({ load }: DbInstance): number => Math.round(load.usedGb * 0.35 * 1024 ** 3);

/** Oldest first. */
export const restorableBackups = (store: Store, instance: DbInstance): Backup[] =>
  store.backups
    .all()
    .filter(({ instanceId, status }) => instanceId === instance.id && status === 'COMPLETED')
    .toSorted((a, b) => a.createdAt - b.createdAt);

/** Times to which an instance can be restored: logs are kept as far back as the automatic backups go. */
export function restorableRange({ world, store }: Nhn, instance: DbInstance) {
  const first = restorableBackups(store, instance).find(({ type }) => type === 'AUTO');
  return first && { oldest: first.createdAt, latest: world.now() - 5 * minute };
}

/** Takes the automatic backups of each day to come, at the hour in which the seeded windows begin. */
export function backUpDaily(nhn: Nhn): void {
  const { world, store } = nhn;
  const sinceMidnight = (world.now() + koreanOffset) % day;
  world.later(day - sinceMidnight + 2 * hour, () => {
    for (const instance of store.instances.all()) {
      if (instance.status === 'AVAILABLE' && instance.backup.backupPeriod > 0) takeBackup(nhn, instance);
      dropExpired(nhn, instance);
    }
    backUpDaily(nhn);
  });
}

/** Automatic backups beyond the retention go at once; manual ones never do. */
function dropExpired({ world, store }: Nhn, instance: DbInstance): void {
  const oldest = world.now() - instance.backup.backupPeriod * day;
  store.backups.removeWhere(
    ({ instanceId, type, createdAt }) => instanceId === instance.id && type === 'AUTO' && createdAt < oldest,
  );
}

function refuseUnfinished(backup: Backup): void {
  if (backup.status !== 'COMPLETED')
    throw wrongState(`Backup ${backup.name} is not ready: its backupStatus is ${backup.status}.`);
}

const view = (backup: Backup) => ({
  backupId: backup.id,
  backupName: backup.name,
  backupStatus: backup.status,
  dbInstanceId: backup.instanceId,
  dbVersion: backup.dbVersion,
  backupType: backup.type,
  backupSize: backup.sizeBytes,
  createdYmdt: ymdt(backup.createdAt),
  updatedYmdt: ymdt(backup.updatedAt),
  ...(backup.status === 'COMPLETED' && { completedYmdt: ymdt(backup.updatedAt) }),
});

const walFileOf = ({ createdAt }: Backup): string =>
  `0000000100000000${Math.floor(createdAt / hour)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0')}`;

const listing = z.strictObject({
  ...paging,
  backupType: z.enum(['AUTO', 'MANUAL']).optional(),
  dbInstanceId: id.optional(),
  dbVersion: z.string().optional(),
});

const manualBackup = z.strictObject({ backupName: name });

const objectStorage = z.strictObject({
  tenantId: z.string().min(1),
  username: z.string().min(1),
  password: z.string().min(1),
  targetContainer: z.string().min(1),
  objectPath: z.string().min(1),
});

const backupInfo = z.strictObject({
  backupPeriod: backupPeriod.optional(),
  backupRetryCount: backupRetryCount.optional(),
  backupSchedules: z.array(backupSchedule).optional(),
});
