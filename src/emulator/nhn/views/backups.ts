import { hour } from '../../core/dates.js';
import type { Backup } from '../entities.js';
import { shownTime, shownTimes } from './time.js';

export const backupView = (backup: Backup) => ({
  backupId: backup.id,
  backupName: backup.name,
  backupStatus: backup.status,
  dbInstanceId: backup.instanceId,
  dbVersion: backup.dbVersion,
  backupType: backup.type,
  // A compressed backup has about a third of the size of the data.
  backupSize: Math.round(backup.usedGb * 0.35 * 1024 ** 3),
  ...shownTimes(backup),
  ...(backup.status === 'COMPLETED' && { completedYmdt: shownTime(backup.updatedAt) }),
});

/** The backup is inside another object, as in the documented example. */
export const restorableBackupView = (backup: Backup) => ({
  backup: { ...backupView(backup), dbInstanceName: backup.instanceName, walFileName: walFileOf(backup) },
});

const walFileOf = ({ createdAt }: Backup): string =>
  `0000000100000000${Math.floor(createdAt / hour)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0')}`;
