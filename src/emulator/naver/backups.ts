import { clockDigits, day, hour, lastMoment, minute } from '../core/dates.js';
import type { Instance } from './entities.js';
import { usedBytes } from './provisioning.js';
import { primaryOf } from './store.js';

const backupLasts = 10 * minute;

const sinceMidnight = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * hour + minutes * minute;
};

/** The day in Korea, such as `20260131`. */
const dayOf = (time: number): string => clockDigits(time, 'korea').slice(0, 8);

/** The files that are kept at `now`, the newest first. They are computed from the plan and the clock. */
export function backupFilesOf(instance: Instance, now: number) {
  const { backup, createdAt } = instance;
  const primary = primaryOf(instance);
  if (!backup || !primary) return [];
  const newest = lastMoment(sinceMidnight(backup.time), now - backupLasts, 'korea');
  return Array.from({ length: Math.min(backup.retentionDays, backup.storageCount) }, (_, age) => newest - age * day)
    .filter((startTime) => startTime > createdAt)
    .map((startTime) => {
      const dataBytes = usedBytes(instance, primary, startTime);
      return {
        fileName: dayOf(startTime),
        startTime,
        endTime: startTime + backupLasts,
        backupSize: Math.round(dataBytes * (backup.isCompressed ? 0.35 : 1)),
        dataStorageSize: dataBytes,
        archivedWalFileSize: 16 * 1024 ** 2 * (4 + (Number(dayOf(startTime)) % 9)),
      };
    });
}

export type BackupFile = ReturnType<typeof backupFilesOf>[number];
