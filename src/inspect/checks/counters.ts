import { duration, gradeOf, minute, rounded } from '../../define/finding.js';
import type { DatabaseCheck, ServerFacts, Threshold } from '../check.js';
import type { Row } from '../open-look.js';
import { evidenceOf, limited, numberOf, textOf, timeOf } from './reading.js';

/** What is counted of each database since its counters were reset. Every role sees it. */
const countersText = (columns: string, condition: string, order: string) => ({
  text: `SELECT d.datname::text AS database, d.stats_reset AS since, ${columns}
    FROM pg_stat_database d WHERE d.datname IS NOT NULL AND ${condition} ORDER BY ${order} DESC ${limited}`,
});

const filesAMinute: Threshold = {
  of: 'temporary files a minute, on average since the count began',
  warning: 10,
  source: 'pgEdge AI DBA Workbench',
};

const temporaryFiles: DatabaseCheck = {
  id: 'temporary-files',
  topic: 'statements',
  title: 'Sorts and joins go to the disk',
  meaning: 'They want more memory than work_mem gives. A statement may take it several times, and each session too.',
  thresholds: [filesAMinute],
  query: () => countersText('d.temp_files AS files, d.temp_bytes AS bytes', 'd.temp_files > 0', 'd.temp_bytes'),
  judge: (rows, facts) =>
    rows.flatMap((row) => {
      const { since, minutes } = countedOf(row, facts);
      const files = numberOf(row, 'files') ?? 0;
      const severity = gradeOf(files / minutes, filesAMinute);
      if (!severity) return [];
      const evidence = evidenceOf({
        database: textOf(row, 'database'),
        files: `${files}, ${rounded(files / minutes, 'a minute')}`,
        'counted for': duration(facts.now - since),
      });
      const remedy = { parameter: 'work_mem', restart: false };
      const bytes = numberOf(row, 'bytes');
      return [{ severity, evidence, facts: { object: textOf(row, 'database'), bytes, since }, remedy }];
    }),
};

/** Since when a database counts. A rate over less than an hour says nothing, so an hour is taken at least. */
function countedOf(row: Row, { now, countedSince }: ServerFacts) {
  const since = timeOf(row, 'since') ?? countedSince;
  return { since, minutes: Math.max(60, (now - since) / minute) };
}

const deadlocksAMinute: Threshold = {
  of: 'deadlocks a minute, on average since the count began; any is a notice',
  warning: 5,
  source: 'postgres_exporter’s mixin; the notice is our own',
};

const deadlocks: DatabaseCheck = {
  id: 'deadlocks',
  topic: 'locks',
  title: 'Transactions lock each other out',
  meaning: 'The server ended one of them each time. They take the same rows in different orders.',
  thresholds: [deadlocksAMinute],
  query: () => countersText('d.deadlocks', 'd.deadlocks > 0', 'd.deadlocks'),
  judge: (rows, facts) =>
    rows.map((row) => {
      const { since, minutes } = countedOf(row, facts);
      const count = numberOf(row, 'deadlocks') ?? 0;
      const evidence = evidenceOf({
        database: textOf(row, 'database'),
        deadlocks: String(count),
        'counted for': duration(facts.now - since),
      });
      const severity = gradeOf(count / minutes, deadlocksAMinute) ?? 'notice';
      return { severity, evidence, facts: { object: textOf(row, 'database'), used: count, since } };
    }),
};

const rollbackShare: Threshold = {
  of: 'percent of transactions rolled back, where there are 1,000 at least',
  warning: 10,
  source: 'postgres_exporter’s mixin; 1,000 is our own',
};

const rollbacks: DatabaseCheck = {
  id: 'rollbacks',
  topic: 'statements',
  title: 'Many transactions are rolled back',
  meaning: 'Statements fail, or a client gives up what it began. Its own log tells why.',
  thresholds: [rollbackShare],
  query: () =>
    countersText('d.xact_commit AS done, d.xact_rollback AS undone', 'd.xact_rollback >= 1000', 'd.xact_rollback'),
  judge: (rows, { now, countedSince }) =>
    rows.flatMap((row) => {
      const [done = 0, undone = 0] = [numberOf(row, 'done'), numberOf(row, 'undone')];
      const percent = (100 * undone) / (done + undone);
      const severity = gradeOf(percent, rollbackShare);
      if (!severity) return [];
      const since = timeOf(row, 'since') ?? countedSince;
      const evidence = evidenceOf({
        database: textOf(row, 'database'),
        'rolled back': `${undone} of ${done + undone} (${rounded(percent, '%')})`,
        'counted for': duration(now - since),
      });
      return [{ severity, evidence, facts: { object: textOf(row, 'database'), percent, since } }];
    }),
};

const cacheHits: DatabaseCheck = {
  id: 'cache-hits',
  topic: 'statements',
  title: 'Many pages are not found in memory',
  meaning:
    'More of the data is used than shared_buffers holds. The system may still have it, so look at the disk first.',
  thresholds: [
    {
      of: 'percent of pages found in memory below 98, where a million were asked for',
      source: 'postgres_exporter’s mixin; a million is our own',
    },
  ],
  query: () =>
    countersText('d.blks_hit AS hits, d.blks_read AS reads', 'd.blks_hit + d.blks_read >= 1000000', 'd.blks_read'),
  judge: (rows, { now, countedSince }) =>
    rows.flatMap((row) => {
      const [hits = 0, reads = 0] = [numberOf(row, 'hits'), numberOf(row, 'reads')];
      const percent = (100 * hits) / (hits + reads);
      if (!(percent < 98)) return [];
      const since = timeOf(row, 'since') ?? countedSince;
      const evidence = evidenceOf({
        database: textOf(row, 'database'),
        'found in memory': rounded(percent, '%'),
        'counted for': duration(now - since),
      });
      const facts = { object: textOf(row, 'database'), percent, since };
      return [{ severity: 'notice', evidence, facts, remedy: { parameter: 'shared_buffers', restart: true } }];
    }),
};

const checksumFailures: DatabaseCheck = {
  id: 'checksum-failures',
  topic: 'storage',
  title: 'Pages on the disk are damaged',
  meaning: 'What was read is not what was written. Keep the backups that there are, and move to other storage.',
  thresholds: [{ of: 'pages whose checksum is wrong', source: 'our own' }],
  from: 12,
  query: () =>
    countersText(
      'd.checksum_failures AS pages, d.checksum_last_failure AS last',
      'd.checksum_failures > 0',
      'd.checksum_failures',
    ),
  judge: (rows, { now }) =>
    rows.map((row) => ({
      severity: 'critical',
      evidence: evidenceOf({
        database: textOf(row, 'database'),
        pages: textOf(row, 'pages'),
        'last seen': `${duration(now - (timeOf(row, 'last') ?? now))} ago`,
      }),
      facts: { object: textOf(row, 'database'), since: timeOf(row, 'last') },
    })),
};

export const counterChecks: readonly DatabaseCheck[] = [
  temporaryFiles,
  deadlocks,
  rollbacks,
  cacheHits,
  checksumFailures,
];
