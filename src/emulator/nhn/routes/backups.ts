import * as z from 'zod';
import { pageOf } from '../../core/requests.js';
import { dropExpired, restorableBackups, restorableRange, takeBackup } from '../backups.js';
import type { Backup } from '../entities.js';
import {
  backupPeriod,
  backupRetryCount,
  backupSchedule,
  id,
  name,
  refuseOverlappingWindows,
  scheduleOf,
} from '../fields.js';
import { wrongState } from '../replies.js';
import { paging, type Routes } from '../requests.js';
import { type Nhn, refuseTakenName } from '../store.js';
import { backupView, restorableBackupView } from '../views/backups.js';
import { shownTime } from '../views/time.js';
import { refuseBusy, refuseUnlessReady, startWork } from '../work.js';

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
      return { totalCounts: backups.length, backups: pageOf(backups, { page, size }).map(backupView) };
    },

    'POST /v1.0/backups/:backupId/export': (call) => {
      const backup = store.backups.get(call.path('backupId'));
      call.body(objectStorage);
      refuseUnfinished(backup);
      const source = store.instances.find(backup.instanceId);
      if (!source) throw wrongState(`Backup ${backup.name} cannot be exported: its DB instance is deleted.`);
      refuseBusy(source);
      return startWork(nhn, call, {
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
      return startWork(nhn, call, {
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
      return startWork(nhn, call, {
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
      return startWork(nhn, call, {
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
      const backupSchedules = change.backupSchedules?.map(scheduleOf);
      refuseOverlappingWindows(backupSchedules ?? []);
      refuseBusy(instance);
      return startWork(nhn, call, {
        seconds: 8,
        resources: [['DB_INSTANCE', instance.id]],
        busy: { instances: [instance], progress: 'MODIFYING' },
        event: { topic: 'DB_INSTANCE_09', source: instance },
        effect: () => {
          const { backup } = instance;
          backup.backupPeriod = change.backupPeriod ?? backup.backupPeriod;
          backup.backupRetryCount = change.backupRetryCount ?? backup.backupRetryCount;
          backup.backupSchedules = backupSchedules ?? backup.backupSchedules;
          dropExpired(nhn, instance);
        },
      });
    },

    'GET /v1.0/db-instances/:dbInstanceId/restoration-info': (call) => {
      const instance = store.instances.get(call.path('dbInstanceId'));
      const backups = restorableBackups(store, instance);
      const range = restorableRange(nhn, instance);
      return {
        ...(range && { oldestRestorableYmdt: shownTime(range.oldest), latestRestorableYmdt: shownTime(range.latest) }),
        restorableBackups: backups.map(restorableBackupView),
      };
    },
  };
}

function refuseUnfinished(backup: Backup): void {
  if (backup.status !== 'COMPLETED')
    throw wrongState(`Backup ${backup.name} is not ready: its backupStatus is ${backup.status}.`);
}

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
