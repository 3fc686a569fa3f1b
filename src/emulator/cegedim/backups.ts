import { serviceOf } from './catalog.js';
import { day, hour, isoOrNull, lastAtHour } from './dates.js';
import type { Instance } from './entities.js';

const startsAtHour = 1;

/** Backups are taken every night while the instance runs. */
export function lastBackupAt(instance: Instance, now: number): number | undefined {
  if (!instance.backedUp) return instance.lastBackupAt;
  const last = lastAtHour(startsAtHour, instance.stoppedAt ?? now);
  return last < instance.createdAt ? undefined : last;
}

/** How far back a restore may reach: documented as 14 days for production, 7 for the rest. */
export const retentionOf = (instance: Instance): number => (serviceOf(instance).isProduction ? 14 : 7) * day;

const kinds = [
  { id: 1, type: 'FULL', policyId: 'PG-DAILY', label: 'Databases, every night', scope: 'DATABASE', share: 1 },
  { id: 2, type: 'SERVER', policyId: 'VM-DAILY', label: 'Servers, every night', scope: 'SERVER', share: 1.2 },
];

/** Sizes are in GB here; the documents name no unit. */
export function backupPolicyDetails(instance: Instance, now: number) {
  const last = lastBackupAt(instance, now);
  const taken = kinds.map((kind) => ({
    ...kind,
    backupLastDate: isoOrNull(last),
    backupSize: Math.ceil(instance.usedGb * kind.share),
  }));
  return {
    backups:
      last === undefined
        ? []
        : taken.map(({ backupLastDate, backupSize, id, type }) => ({ backupLastDate, backupSize, id, type })),
    policies: instance.backedUp
      ? taken.map(({ backupLastDate, backupSize, policyId, label, scope, type }) => ({
          backupLastDate,
          backupSize,
          durationInHours: retentionOf(instance) / hour,
          frequencies: { daily: true },
          label,
          name: policyId,
          policyId,
          replication: true,
          scope,
          startTime: `${String(startsAtHour).padStart(2, '0')}:00`,
          timezone: 'UTC',
          type,
        }))
      : [],
  };
}

/** The backup of one server. */
export function serverBackup(instance: Instance, now: number) {
  const last = lastBackupAt(instance, now);
  if (last === undefined) return null;
  return {
    backupSystem: 'SANDBOX',
    filesNb: 1240 + instance.usedGb * 8,
    lastDate: isoOrNull(last),
    size: Math.ceil(instance.usedGb * 1.2),
    type: 'FULL',
  };
}
