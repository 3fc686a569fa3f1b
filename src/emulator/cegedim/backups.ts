import { day, hour, lastMoment } from '../core/dates.js';
import type { Instance } from './entities.js';
import { serviceOf } from './seed/catalog.js';

export const startsAtHour = 1;

/** Backups are taken every night while the instance runs. */
export function lastBackupAt(instance: Instance, now: number): number | undefined {
  if (!instance.backedUp) return instance.lastBackupAt;
  const last = lastMoment(startsAtHour * hour, instance.stoppedAt ?? now, 'utc');
  return last < instance.createdAt ? undefined : last;
}

/** What was in an instance at a time. */
export const contentsAt = (instance: Instance, time: number): Pick<Instance, 'databases' | 'usedGb'> =>
  instance.past.find(({ until }) => time < until) ?? instance;

/** How far back a restore can go: the documents say 14 days for production, and 7 for other environments. */
export const retentionOf = (instance: Instance): number => (serviceOf(instance).isProduction ? 14 : 7) * day;
