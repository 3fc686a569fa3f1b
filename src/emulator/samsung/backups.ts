import { clockDigits, day, hour, lastMoment, minute } from '../core/dates.js';
import { repeat } from '../core/work.js';
import type { Backup, Cluster } from './entities.js';
import { engineOf } from './provisioning.js';
import type { Samsung } from './store.js';

const lasts = 9 * minute;

/** The number of a backup is the minute in which it began, in Korean time. */
const numberOf = (time: number): string => clockDigits(time, 'korea').slice(0, 12);

/** The latest time up to now at which the backup of a cluster is due. */
export const lastDue = (startingHour: string, now: number): number =>
  lastMoment(Number(startingHour) * hour, now, 'korea');

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

/** Deletes backups that are older than the retention. */
export function expireBackups(cluster: Cluster, now: number): void {
  const kept = Number(cluster.backupOption?.retention_period_day ?? 0) * day;
  cluster.backups = cluster.backups.filter(({ startAt }) => startAt > now - kept);
}

/** Takes the scheduled backups, hour by hour. */
export function backUpDaily({ world, store }: Samsung): void {
  const untilNextHour = (now: number) => hour - (now % hour);
  repeat(world, untilNextHour, () => {
    for (const cluster of store.clusters.all()) {
      const isUp = cluster.serviceState !== 'STOPPED' && cluster.serviceState !== 'CREATING';
      const isDue =
        cluster.backupOption && lastDue(cluster.backupOption.starting_time_hour, world.now()) === world.now();
      if (!isDue || !isUp) continue;
      addBackup(cluster, world.now());
      expireBackups(cluster, world.now());
    }
  });
}

export const isFinished = (backup: Backup, now: number): boolean => backup.endAt <= now && !backup.failure;
