import { day, hour, koreanOffset, minute, utc } from './dates.js';
import type { Backup, Cluster } from './entities.js';
import { engineOf } from './new-clusters.js';
import type { Samsung } from './work.js';

const lasts = 9 * minute;

/** The number of a backup is when it began, in Korean time to the minute. */
const numberOf = (time: number): string =>
  new Date(time + koreanOffset).toISOString().replaceAll(/\D/g, '').slice(0, 12);

/** The latest time up to now at which the backup of a cluster is due. */
export function lastDue(startingHour: string, now: number): number {
  const midnight = Math.floor((now + koreanOffset) / day) * day - koreanOffset;
  const due = midnight + Number(startingHour) * hour;
  return due <= now ? due : due - day;
}

export function addBackup(cluster: Cluster, startAt: number): void {
  const usedGb = cluster.groups.flatMap(({ disks }) => disks).reduce((sum, { sizeGb }) => sum + sizeGb, 0) / 12;
  cluster.backups.push({
    number: numberOf(startAt),
    startAt,
    endAt: startAt + lasts,
    sizeGb: cluster.diskFull ? 0 : Math.round(usedGb * 10) / 10,
    softwareVersion: engineOf(cluster).softwareVersion,
    failure: cluster.diskFull ? 'No space left on device.' : null,
  });
}

/** Backups older than the retention go. */
export function expireBackups(cluster: Cluster, now: number): void {
  const kept = Number(cluster.backupOption?.retention_period_day ?? 0) * day;
  cluster.backups = cluster.backups.filter(({ startAt }) => startAt > now - kept);
}

/** Takes the scheduled backups, hour after hour. */
export function backUpDaily({ world, store }: Samsung): void {
  const untilNextHour = hour - (world.now() % hour);
  world.later(untilNextHour, () => {
    for (const cluster of store.clusters.all()) {
      const isUp = cluster.serviceState !== 'STOPPED' && cluster.serviceState !== 'CREATING';
      const isDue =
        cluster.backupOption && lastDue(cluster.backupOption.starting_time_hour, world.now()) === world.now();
      if (!isDue || !isUp) continue;
      addBackup(cluster, world.now());
      expireBackups(cluster, world.now());
    }
    backUpDaily({ world, store });
  });
}

export const isFinished = (backup: Backup, now: number): boolean => backup.endAt <= now && !backup.failure;

/** The words for the state are the emulator's own: the real ones are not documented. */
export function backupView(backup: Backup, now: number) {
  const isRunning = backup.endAt > now;
  return {
    backup_end_at: isRunning ? null : utc(backup.endAt),
    backup_history_number: backup.number,
    backup_size_gb: isRunning ? 0 : backup.sizeGb,
    backup_start_at: utc(backup.startAt),
    backup_state: isRunning ? 'IN_PROGRESS' : backup.failure ? 'FAILED' : 'COMPLETED',
    backup_state_detail: isRunning ? '' : (backup.failure ?? ''),
    software_version: backup.softwareVersion,
  };
}
