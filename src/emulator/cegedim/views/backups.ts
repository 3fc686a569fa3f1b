import { hour } from '../../core/dates.js';
import { lastBackupAt, retentionOf, startsAtHour } from '../backups.js';
import type { Instance } from '../entities.js';
import { shownTimeOrNull } from './time.js';

const kinds = [
  { id: 1, type: 'FULL', policyId: 'PG-DAILY', label: 'Databases, every night', scope: 'DATABASE', share: 1 },
  { id: 2, type: 'SERVER', policyId: 'VM-DAILY', label: 'Servers, every night', scope: 'SERVER', share: 1.2 },
];

/** Sizes are in GB here. The documents name no unit. */
export function backupPolicyDetails(instance: Instance, now: number) {
  const last = lastBackupAt(instance, now);
  const taken = kinds.map((kind) => ({
    ...kind,
    backupLastDate: shownTimeOrNull(last),
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
    lastDate: shownTimeOrNull(last),
    size: Math.ceil(instance.usedGb * 1.2),
    type: 'FULL',
  };
}
