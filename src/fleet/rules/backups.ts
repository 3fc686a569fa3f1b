import { day, duration, gradeOf, hour } from '../../define/finding.js';
import type { Rule } from '../finding.js';
import type { FleetInstance } from '../instance.js';
import { isPrimary, isStopped } from './reading.js';

/** Whether backups are known to be on: settings that could not be read are no reason to expect one. */
const areOn = ({ backups: { enabled, retentionDays = 0 } = {} }: FleetInstance): boolean =>
  enabled ?? retentionDays > 0;

const backupsOff: Rule = {
  id: 'backups-off',
  topic: 'backups',
  reads: ['backups'],
  title: 'Automatic backups are off',
  meaning: 'What is lost or damaged here cannot be brought back to a recent state.',
  remedies: ['turnOnBackups', 'backUpNow', 'readDetails'],
  check({ instance }) {
    const { enabled, retentionDays, newest } = instance.backups ?? {};
    const isOff = enabled === false || (enabled === undefined && retentionDays === 0);
    if (!isOff || !isPrimary(instance)) return undefined;
    const field = enabled === false ? 'backups.enabled' : 'backups.retentionDays';
    const severity = isStopped(instance) ? 'notice' : 'warning';
    const evidence = [{ field, value: String(enabled ?? retentionDays) }];
    return { severity, evidence: newest ? [...evidence, { field: 'backups.newest', value: newest }] : evidence };
  },
};

/**
 * The age of the newest backup. Every provider backs up at least daily: one day, and two hours for the window and the
 * work.
 */
const backupAge = { warning: day + 2 * hour, critical: 3 * day };

const backupOverdue: Rule = {
  id: 'backup-overdue',
  topic: 'backups',
  reads: ['backups'],
  title: 'The newest backup is too old',
  meaning:
    'Backups are on, yet the last day brought none: the backup fails or does not start. Find out why, then make one.',
  remedies: ['backUpNow', 'listEvents', 'readDetails'],
  check({ instance, now }) {
    const { newest } = instance.backups ?? {};
    if (newest === undefined || !areOn(instance)) return undefined;
    if (!isPrimary(instance) || isStopped(instance)) return undefined;
    const age = now - Date.parse(newest);
    const severity = gradeOf(age, backupAge);
    if (!severity) return undefined;
    return { severity, evidence: [{ field: 'backups.newest', value: `${newest}, ${duration(age)} ago` }] };
  },
};

/** A new instance has this long for its first backup, which is as old as a newest backup may be. */
const firstWithin = backupAge.warning;

const backupNeverMade: Rule = {
  id: 'backup-never-made',
  topic: 'backups',
  reads: ['backups'],
  title: 'No backup was ever made',
  meaning: 'Backups are on, and yet there is none: nothing could be restored. If they were just turned on, look again.',
  remedies: ['backUpNow', 'listEvents', 'readDetails'],
  check({ instance, now }) {
    if (!areOn(instance) || !instance.backups?.noneMade || !isPrimary(instance)) return undefined;
    const age = now - Date.parse(instance.created ?? '');
    if (!(age >= firstWithin)) return undefined;
    const evidence = [
      { field: 'backups', value: 'none' },
      { field: 'created', value: `${instance.created}, ${duration(age)} ago` },
    ];
    return { severity: 'critical', evidence };
  },
};

export const backupRules: readonly Rule[] = [backupsOff, backupNeverMade, backupOverdue];
