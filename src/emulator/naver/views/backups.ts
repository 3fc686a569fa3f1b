import { type BackupFile, backupFilesOf } from '../backups.js';
import type { Instance } from '../entities.js';
import { shownTime } from './time.js';

/** The instance's line in the list of backups. There is none when backups are off. */
export function backupView(instance: Instance, now: number) {
  if (!instance.backup) return [];
  const files = backupFilesOf(instance, now);
  const newest = files[0];
  return [
    {
      cloudPostgresqlInstanceNo: instance.id,
      cloudPostgresqlServiceName: instance.serviceName,
      // Only USER is documented. The other word is a guess.
      backupType: instance.backup.isAutomatic ? 'AUTO' : 'USER',
      backupRetention: String(instance.backup.retentionDays),
      backupTime: instance.backup.time,
      backupSize: String(files.reduce((sum, { backupSize }) => sum + backupSize, 0)),
      lastBackupDate: newest && shownTime(newest.endTime),
      backupFileStorageCount: instance.backup.storageCount,
    },
  ];
}

export const backupFileView = ({ startTime, endTime, ...file }: BackupFile) => ({
  ...file,
  startTime: shownTime(startTime),
  endTime: shownTime(endTime),
});
