import { z } from 'zod';
import { buckets } from '../catalog.js';
import { day, koreanDay, koreanTime, lastTimeAt, minute } from '../dates.js';
import type { Instance } from '../entities.js';
import { notFound } from '../replies.js';
import { hasWholePaging, number, pageOf, paging, parameters, type Routes, wholePaging } from '../requests.js';
import { usedBytes } from '../rows.js';
import { type Naver, primaryOf, refuseUnlessRunning } from '../store.js';

/** Backups come by themselves, once a day; no operation takes or deletes one. */
export function backupRoutes({ world, store }: Naver): Routes {
  return {
    // The documented answer writes its numbers as strings.
    getCloudPostgresqlBackupList: (call) => {
      const wanted = call.read(paged);
      const rows = store.all().flatMap((instance) => backupRow(instance, world.now()));
      return { totalRows: String(rows.length), cloudPostgresqlBackupList: pageOf(rows, wanted) };
    },

    getCloudPostgresqlBackupDetailList: (call) => {
      const wanted = call.read(pagedOfInstance);
      const instance = store.get(wanted.cloudPostgresqlInstanceNo);
      const rows = backupFilesOf(instance, world.now()).map(({ startTime, endTime, ...file }) => ({
        ...file,
        startTime: koreanTime(startTime),
        endTime: koreanTime(endTime),
      }));
      return { totalRows: rows.length, cloudPostgresqlBackupDetailList: pageOf(rows, wanted) };
    },

    getCloudPostgresqlBucketList: (call) => {
      const { cloudPostgresqlServerInstanceNo } = call.read(reachable);
      if (cloudPostgresqlServerInstanceNo) store.getServer(cloudPostgresqlServerInstanceNo);
      return {
        totalRows: buckets.length,
        cloudPostgresqlBucketList: buckets.map((bucketName) => ({ bucketName })),
      };
    },

    exportBackupToObjectStorage: (call) => {
      const { cloudPostgresqlInstanceNo, fileName, bucketName } = call.read(exportation);
      const instance = store.get(cloudPostgresqlInstanceNo);
      refuseUnlessRunning(instance);
      refuseUnknownBucket(bucketName);
      if (!backupFilesOf(instance, world.now()).some((file) => file.fileName === fileName))
        throw notFound('Backup file', `${fileName} of instance ${instance.serviceName}`);
      return {};
    },
  };
}

export function refuseUnknownBucket(bucketName: string): void {
  if (!buckets.includes(bucketName)) throw notFound('Bucket', bucketName);
}

const paged = parameters(paging).refine(hasWholePaging, wholePaging);
const pagedOfInstance = parameters({ ...paging, cloudPostgresqlInstanceNo: number }).refine(
  hasWholePaging,
  wholePaging,
);
const reachable = parameters({ cloudPostgresqlServerInstanceNo: number.optional() });
const exportation = parameters({
  cloudPostgresqlInstanceNo: number,
  fileName: z.string(),
  bucketName: z.string(),
});

const backupLasts = 10 * minute;

/** The files that are kept at `now`, the newest first. What is in them follows from the plan and the clock. */
function backupFilesOf(instance: Instance, now: number) {
  const { backup, createdAt } = instance;
  const primary = primaryOf(instance);
  if (!backup || !primary) return [];
  const newest = lastTimeAt(backup.time, now - backupLasts);
  return Array.from({ length: Math.min(backup.retentionDays, backup.storageCount) }, (_, age) => newest - age * day)
    .filter((startTime) => startTime > createdAt)
    .map((startTime) => {
      const dataBytes = usedBytes(instance, primary, startTime);
      return {
        fileName: koreanDay(startTime),
        startTime,
        endTime: startTime + backupLasts,
        backupSize: Math.round(dataBytes * (backup.isCompressed ? 0.35 : 1)),
        dataStorageSize: dataBytes,
        archivedWalFileSize: 16 * 1024 ** 2 * (4 + (Number(koreanDay(startTime)) % 9)),
      };
    });
}

function backupRow(instance: Instance, now: number) {
  if (!instance.backup) return [];
  const files = backupFilesOf(instance, now);
  const newest = files[0];
  return [
    {
      cloudPostgresqlInstanceNo: instance.no,
      cloudPostgresqlServiceName: instance.serviceName,
      // Only USER is documented; the other word is a guess.
      backupType: instance.backup.isAutomatic ? 'AUTO' : 'USER',
      backupRetention: String(instance.backup.retentionDays),
      backupTime: instance.backup.time,
      backupSize: String(files.reduce((sum, { backupSize }) => sum + backupSize, 0)),
      lastBackupDate: newest && koreanTime(newest.endTime),
      backupFileStorageCount: instance.backup.storageCount,
    },
  ];
}
