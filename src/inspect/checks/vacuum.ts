import { day, duration, gradeOf, hour, minute, rounded } from '../../define/finding.js';
import type { DatabaseCheck, Threshold } from '../check.js';
import type { Row } from '../open-look.js';
import {
  bytesText,
  countedFor,
  evidenceOf,
  limited,
  numberOf,
  objectOf,
  statementRemedy,
  textOf,
  timeOf,
} from './reading.js';

const deadPercent: Threshold = {
  of: 'percent of the rows that are dead, above the trigger of the table itself',
  warning: 10,
  critical: 50,
  source: 'pgEdge AI DBA Workbench; critical is our own',
};
/** Fewer are removed soon enough, and autovacuum looks at each database once a minute. */
const leastDead = 10_000;
const vacuumComesWithin = 10 * minute;

/** What a table sets for itself, else what the server has. */
const ownSetting = (name: string) => `coalesce(
  (SELECT o.option_value FROM pg_options_to_table(c.reloptions) o WHERE o.option_name = '${name}'),
  current_setting('${name}', true))`;

/** The view of these counters groups all tables first, which takes many times as long where there are very many. */
const ownTables = "FROM pg_class c WHERE c.relkind IN ('r', 'm') AND c.oid >= 16384 AND c.relpersistence <> 't'";
const counter = (name: string) => `pg_stat_get_${name}(c.oid)`;

const isVacuumed = ownSetting('autovacuum_enabled');

const deadRows: DatabaseCheck = {
  id: 'dead-rows',
  topic: 'vacuum',
  title: 'Vacuum does not keep up with a table',
  meaning:
    'Its dead rows take room and make each read slower. Something holds vacuum back, or it is off or too slow for ' +
    'this table.',
  thresholds: [deadPercent],
  only: 'primary',
  isOfDatabase: true,
  query: () => ({
    text: `SELECT c.oid::regclass::text AS object, ${counter('dead_tuples')} AS dead, ${counter('live_tuples')} AS live,
        greatest(${counter('last_vacuum_time')}, ${counter('last_autovacuum_time')}) AS vacuumed,
        ${isVacuumed} AS enabled,
        (SELECT p.phase FROM pg_stat_progress_vacuum p WHERE p.relid = c.oid LIMIT 1) AS phase,
        'VACUUM (ANALYZE) ' || c.oid::regclass::text || ';' AS remedy
      ${ownTables} AND ${counter('dead_tuples')} >= ${leastDead} AND ${counter('dead_tuples')} > least(
        ${ownSetting('autovacuum_vacuum_max_threshold')}::float8,
        ${ownSetting('autovacuum_vacuum_threshold')}::float8
          + ${ownSetting('autovacuum_vacuum_scale_factor')}::float8 * greatest(c.reltuples, 0))
      ORDER BY dead DESC ${limited}`,
  }),
  judge: (rows, { now }) =>
    rows.flatMap((row) => {
      const dead = numberOf(row, 'dead') ?? 0;
      const percent = (100 * dead) / (dead + (numberOf(row, 'live') ?? 0));
      const vacuumed = timeOf(row, 'vacuumed');
      const severity = gradeOf(percent, deadPercent);
      if (!severity || (vacuumed !== undefined && now - vacuumed < vacuumComesWithin)) return [];
      const evidence = evidenceOf({
        table: textOf(row, 'object'),
        'dead rows': `${dead} (${rounded(percent, '%')})`,
        'last vacuum': vacuumed === undefined ? 'none is counted' : `${duration(now - vacuumed)} ago`,
        autovacuum: isOff(row) ? 'off for this table' : undefined,
        'vacuum at work': textOf(row, 'phase'),
      });
      const facts = { ...objectOf(row), used: dead, percent, ...(vacuumed !== undefined && { since: vacuumed }) };
      return [{ severity, evidence, facts, ...statementRemedy(row) }];
    }),
  hidden: (_, { countedSince, now }) => countedFor(countedSince, now, hour),
};

const isOff = (row: Row) => ['false', 'off', 'no', '0'].includes(textOf(row, 'enabled')?.toLowerCase() ?? '');

const autovacuumOff: DatabaseCheck = {
  id: 'autovacuum-off-for-table',
  topic: 'vacuum',
  title: 'Autovacuum is off for a table',
  meaning: 'Its dead rows are never removed and its statistics go stale, but for what somebody does by hand.',
  thresholds: [{ of: 'any table for which it is off', source: 'our own' }],
  isOfDatabase: true,
  query: () => ({
    text: `SELECT c.oid::regclass::text AS object, pg_table_size(c.oid) AS bytes, ${isVacuumed} AS enabled,
        'ALTER TABLE ' || c.oid::regclass::text || ' RESET (autovacuum_enabled);' AS remedy
      FROM pg_class c
      WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND c.reloptions::text ~ 'autovacuum_enabled'
      ORDER BY c.relpages DESC ${limited}`,
  }),
  judge: (rows) =>
    rows.filter(isOff).map((row) => {
      const bytes = numberOf(row, 'bytes') ?? 0;
      const evidence = evidenceOf({ table: textOf(row, 'object'), size: bytesText(bytes) });
      return { severity: 'warning', evidence, facts: { ...objectOf(row), bytes }, ...statementRemedy(row) };
    }),
};

const analysedDays: Threshold = {
  of: 'days since the statistics of a changed table were gathered',
  warning: 7,
  source: 'pgEdge AI DBA Workbench',
};
const leastChanged = { rows: 10_000, percent: 10 };

const staleStatistics: DatabaseCheck = {
  id: 'stale-statistics',
  topic: 'vacuum',
  title: 'Statistics of a table are old, or there are none',
  meaning: 'The planner guesses, so that queries may take a plan that is many times slower.',
  thresholds: [analysedDays],
  only: 'primary',
  isOfDatabase: true,
  query: () => ({
    text: `SELECT c.oid::regclass::text AS object, ${counter('mod_since_analyze')} AS changed,
        ${counter('live_tuples')} AS live,
        greatest(${counter('last_analyze_time')}, ${counter('last_autoanalyze_time')}) AS analysed,
        'ANALYZE ' || c.oid::regclass::text || ';' AS remedy
      ${ownTables} AND ${counter('mod_since_analyze')} >= ${leastChanged.rows}
        AND ${counter('mod_since_analyze')} >= ${leastChanged.percent / 100} * ${counter('live_tuples')}
      ORDER BY changed DESC ${limited}`,
  }),
  judge: (rows, { now, countedSince }) =>
    rows.flatMap((row) => {
      const analysed = timeOf(row, 'analysed');
      // A table that was loaded a moment ago was not analysed either.
      const since = analysed ?? countedSince;
      const days = (now - since) / day;
      const isDue = analysed === undefined ? now - since >= hour : days >= (analysedDays.warning ?? Infinity);
      if (!isDue) return [];
      const evidence = evidenceOf({
        table: textOf(row, 'object'),
        'last analysed': analysed === undefined ? 'never, as far as it is counted' : `${duration(now - analysed)} ago`,
        'rows changed since': textOf(row, 'changed'),
        rows: textOf(row, 'live'),
      });
      return [{ severity: 'warning', evidence, facts: { ...objectOf(row), since }, ...statementRemedy(row) }];
    }),
  hidden: (_, { countedSince, now }) => countedFor(countedSince, now, hour),
};

const longVacuum: DatabaseCheck = {
  id: 'long-vacuum',
  topic: 'vacuum',
  title: 'A vacuum runs for long',
  meaning: 'On a large table that is no fault. If it never ends, give it more memory, or let it pause less.',
  thresholds: [{ of: 'a vacuum that runs for an hour', source: 'our own' }],
  query: ({ major }) => ({
    text: `SELECT p.pid, p.datname::text AS database, p.phase, a.xact_start AS since,
        CASE WHEN p.datname = current_database() THEN p.relid::regclass::text END AS object,
        100.0 * p.heap_blks_scanned / nullif(p.heap_blks_total, 0) AS percent,
        ${major >= 18 ? 'p.delay_time' : 'NULL'} AS paused
      FROM pg_stat_progress_vacuum p JOIN pg_stat_activity a ON a.pid = p.pid
      ORDER BY a.xact_start ${limited}`,
  }),
  judge: (rows, { now }) =>
    rows.flatMap((row) => {
      const since = timeOf(row, 'since');
      if (since === undefined || now - since < hour) return [];
      const percent = numberOf(row, 'percent');
      const paused = numberOf(row, 'paused');
      const pid = numberOf(row, 'pid');
      const evidence = evidenceOf({
        table: textOf(row, 'object'),
        database: textOf(row, 'database'),
        'runs for': duration(now - since),
        phase: textOf(row, 'phase'),
        scanned: percent === undefined ? undefined : rounded(percent, '%'),
        'paused for': paused === undefined || paused === 0 ? undefined : duration(paused),
      });
      const facts = {
        ...objectOf(row),
        since,
        ...(percent !== undefined && { percent }),
        ...(pid !== undefined && { pid }),
      };
      return [{ severity: 'notice', evidence, facts }];
    }),
  hidden(rows, { role }) {
    if (role.isMonitor || rows.every((row) => timeOf(row, 'since') !== undefined)) return undefined;
    return { what: 'How far vacuums are is hidden.', allow: `GRANT pg_monitor TO ${role.quoted};` };
  },
};

export const vacuumChecks: readonly DatabaseCheck[] = [deadRows, autovacuumOff, staleStatistics, longVacuum];
