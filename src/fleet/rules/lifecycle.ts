import { day, duration, type Evidence, hour } from '../../define/finding.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import type { Rule } from '../finding.js';
import type { Observations } from '../instance.js';
import { isPrimary } from './reading.js';

const parametersPending: Rule = {
  id: 'parameters-pending',
  topic: 'lifecycle',
  reads: ['settings'],
  title: 'Parameters wait to be applied',
  meaning: 'Settings were changed, and the instance still runs with the old ones. Applying them may need a restart.',
  remedies: ['applyParameters', 'restart', 'readDetails'],
  check({ instance, parametersPending }) {
    if (!parametersPending || instance.role === 'failed primary') return undefined;
    const { source, value } = parametersPending;
    return { severity: 'notice', evidence: [{ field: source, value: sanitizeWords(value) }] };
  },
};

const migrationNeeded: Rule = {
  id: 'migration-needed',
  topic: 'lifecycle',
  reads: ['settings'],
  title: 'The provider wants the instance migrated',
  meaning:
    'It runs on a base that the provider gives up, often an old operating system. Move it on a day of your choice.',
  remedies: ['migrate', 'readDetails'],
  check({ migrationNeeded: needed }) {
    if (!needed) return undefined;
    return { severity: 'warning', evidence: [{ field: needed.source, value: sanitizeWords(needed.value) }] };
  },
};

/** The dates of the last fixes of each major version, as the PostgreSQL project announces them. */
const endsOfLife: readonly [major: number, date: string][] = [
  [11, '2023-11-09'],
  [12, '2024-11-21'],
  [13, '2025-11-13'],
  [14, '2026-11-12'],
  [15, '2027-11-11'],
  [16, '2028-11-09'],
  [17, '2029-11-08'],
  [18, '2030-11-14'],
];
const endIsNear = 180 * day;

const engineVersionOld: Rule = {
  id: 'engine-version-old',
  topic: 'lifecycle',
  reads: [],
  title: 'The PostgreSQL version is at its end of life',
  meaning:
    'After that day the PostgreSQL project fixes nothing in this major version, not even security. Plan the upgrade.',
  remedies: ['upgrade', 'listVersions', 'readDetails'],
  check({ instance, now }) {
    const major = Number(/\d+/.exec(instance.engineVersion ?? '')?.[0]);
    const [, date] = endsOfLife.find(([last]) => major <= last) ?? [];
    if (date === undefined || Date.parse(date) - now > endIsNear) return undefined;
    const isOlder = endsOfLife.every(([each]) => each !== major);
    return {
      severity: Date.parse(date) <= now ? 'warning' : 'notice',
      evidence: [
        { field: 'engineVersion', value: sanitizeWords(instance.engineVersion ?? '') },
        { field: `end of life of PostgreSQL ${major}`, value: isOlder ? `before ${date}` : date },
      ],
    };
  },
};

const deletionProtectionOff: Rule = {
  id: 'deletion-protection-off',
  topic: 'lifecycle',
  reads: ['settings'],
  title: 'Deletion protection is off',
  meaning: 'One call deletes this instance. The protection makes that two.',
  remedies: ['protectFromDeletion', 'readDetails'],
  check({ instance }) {
    if (instance.deletionProtection !== false || !isPrimary(instance)) return undefined;
    return { severity: 'notice', evidence: [{ field: 'deletionProtection', value: 'false' }] };
  },
};

type Job = NonNullable<Observations['jobs']>[number];

const jobEvidence = ({ handle, word, since }: Job, now: number): Evidence => ({
  field: `job ${sanitizeWords(handle)}`,
  // The time comes first, because the words of a provider may be long, and what is too long is cut.
  value: `${since}, ${duration(now - Date.parse(since))} ago: ${sanitizeWords(word)}`,
});

const stuckAfter = hour;

const jobStuck: Rule = {
  id: 'job-stuck',
  topic: 'lifecycle',
  reads: ['jobs'],
  title: 'A job runs unusually long',
  meaning: 'Most jobs take minutes. While this one runs, the provider may refuse other changes of the instance.',
  remedies: ['followJob', 'listEvents', 'readDetails'],
  check({ jobs = [], now }) {
    const stuck = jobs.filter(({ state, since }) => state === 'running' && now - Date.parse(since) >= stuckAfter);
    if (stuck.length === 0) return undefined;
    return { severity: 'warning', evidence: stuck.map((job) => jobEvidence(job, now)) };
  },
};

/** A failure of Friday evening still matters on Monday. */
const freshFor = 3 * day;

const jobFailed: Rule = {
  id: 'job-failed',
  topic: 'lifecycle',
  reads: ['jobs'],
  title: 'A job failed',
  meaning: 'What was asked for did not happen, or only in part. Check the instance before you ask again.',
  remedies: ['followJob', 'listEvents', 'readDetails'],
  check({ jobs = [], now }) {
    const failed = jobs.filter(({ state }) => state === 'failed');
    if (failed.length === 0) return undefined;
    const isFresh = failed.some(({ since }) => now - Date.parse(since) <= freshFor);
    return { severity: isFresh ? 'warning' : 'notice', evidence: failed.map((job) => jobEvidence(job, now)) };
  },
};

export const lifecycleRules: readonly Rule[] = [
  engineVersionOld,
  parametersPending,
  migrationNeeded,
  deletionProtectionOff,
  jobStuck,
  jobFailed,
];
