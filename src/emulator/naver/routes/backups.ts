import * as z from 'zod';
import { backupFilesOf } from '../backups.js';
import { number } from '../fields.js';
import { notFound } from '../replies.js';
import { hasWholePaging, paging, parameters, type Routes, wantedPage, wholePaging } from '../requests.js';
import { buckets } from '../seed/catalog.js';
import { type Naver, refuseUnlessRunning, serverOf } from '../store.js';
import { backupFileView, backupView } from '../views/backups.js';

/** Backups are taken automatically, once a day. No operation takes or deletes one. */
export function backupRoutes({ world, store }: Naver): Routes {
  return {
    // The documented answer writes its numbers as strings.
    getCloudPostgresqlBackupList: (call) => {
      const wanted = call.read(paged);
      const rows = store.instances.all().flatMap((instance) => backupView(instance, world.now()));
      return { totalRows: String(rows.length), cloudPostgresqlBackupList: wantedPage(rows, wanted) };
    },

    getCloudPostgresqlBackupDetailList: (call) => {
      const wanted = call.read(pagedOfInstance);
      const instance = store.instances.get(wanted.cloudPostgresqlInstanceNo);
      const rows = backupFilesOf(instance, world.now()).map(backupFileView);
      return { totalRows: rows.length, cloudPostgresqlBackupDetailList: wantedPage(rows, wanted) };
    },

    getCloudPostgresqlBucketList: (call) => {
      const { cloudPostgresqlServerInstanceNo } = call.read(reachable);
      if (cloudPostgresqlServerInstanceNo) serverOf(store, cloudPostgresqlServerInstanceNo);
      return {
        totalRows: buckets.length,
        cloudPostgresqlBucketList: buckets.map((bucketName) => ({ bucketName })),
      };
    },

    exportBackupToObjectStorage: (call) => {
      const { cloudPostgresqlInstanceNo, fileName, bucketName } = call.read(exportation);
      const instance = store.instances.get(cloudPostgresqlInstanceNo);
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
