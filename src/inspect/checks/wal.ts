import { duration, gradeOf, hour, rounded } from '../../define/finding.js';
import type { DatabaseCheck, ServerFacts, Threshold } from '../check.js';
import {
  bytesText,
  countedFor,
  evidenceOf,
  gigabyte,
  limited,
  megabyte,
  numberOf,
  objectOf,
  statementRemedy,
  textOf,
  timeOf,
} from './reading.js';

/** Slots with what they keep, but for copies that a standby keeps in step: these are inactive by design. */
const slotsWhere = (condition: string, { major, isStandby }: ServerFacts) => ({
  text: `SELECT s.slot_name::text AS object, s.slot_type AS type, s.active,
      ${major >= 13 ? 's.wal_status' : 'NULL'} AS status,
      ${major >= 17 ? 's.inactive_since' : 'NULL'} AS since,
      ${major >= 17 ? 's.invalidation_reason' : 'NULL'} AS reason,
      pg_wal_lsn_diff(${isStandby ? 'pg_last_wal_receive_lsn()' : 'pg_current_wal_lsn()'}, s.restart_lsn) AS bytes,
      greatest(age(s.xmin), age(s.catalog_xmin)) AS "xminAge",
      'SELECT pg_drop_replication_slot(' || quote_literal(s.slot_name) || ');' AS remedy
    FROM pg_replication_slots s
    WHERE NOT s.temporary ${major >= 17 ? 'AND NOT s.synced' : ''} AND ${condition}
    ORDER BY bytes DESC NULLS LAST ${limited}`,
});

const inactiveSlot: DatabaseCheck = {
  id: 'inactive-slot',
  topic: 'replication',
  title: 'A replication slot has no consumer',
  meaning:
    'It keeps all WAL since its consumer went, until the disk is full, and may hold back vacuum. Bring the consumer ' +
    'back, or drop the slot when it is gone for good.',
  thresholds: [{ of: 'any inactive slot', source: 'pgEdge AI DBA Workbench' }],
  query: (facts) => slotsWhere('NOT s.active', facts),
  judge: (rows, { now }) =>
    rows.map((row) => {
      const bytes = numberOf(row, 'bytes');
      const since = timeOf(row, 'since');
      const xminAge = numberOf(row, 'xminAge');
      const evidence = evidenceOf({
        slot: `${textOf(row, 'object')} (${textOf(row, 'type')})`,
        keeps: bytes === undefined ? 'nothing yet' : bytesText(bytes),
        'inactive for': since === undefined ? undefined : duration(now - since),
        'holds back transactions': xminAge === undefined ? undefined : String(xminAge),
      });
      const facts = {
        ...objectOf(row),
        ...(bytes !== undefined && { bytes }),
        ...(since !== undefined && { since }),
        ...(xminAge !== undefined && { xminAge }),
      };
      return { severity: bytes === undefined ? 'warning' : 'critical', evidence, facts, ...statementRemedy(row) };
    }),
};

const keptBytes: Threshold = {
  of: 'bytes of WAL that a slot keeps',
  warning: gigabyte,
  critical: 20 * gigabyte,
  source: 'pgEdge AI DBA Workbench; critical is our own',
};

const slotKeepsWal: DatabaseCheck = {
  id: 'slot-keeps-wal',
  topic: 'replication',
  title: 'A replication slot keeps much WAL',
  meaning: 'Its consumer does not follow. Without a limit the slot fills the disk, and then no change is possible.',
  thresholds: [keptBytes],
  query: (facts) => slotsWhere('s.restart_lsn IS NOT NULL', facts),
  judge: (rows, { settings, major }) =>
    rows.flatMap((row) => {
      const bytes = numberOf(row, 'bytes') ?? 0;
      const severity = gradeOf(bytes, keptBytes);
      if (!severity) return [];
      const limit = settings.get('max_slot_wal_keep_size');
      const evidence = evidenceOf({
        slot: textOf(row, 'object'),
        keeps: bytesText(bytes),
        status: textOf(row, 'status'),
        max_slot_wal_keep_size: limit === '-1' ? '-1 (no limit)' : limit && bytesText(Number(limit) * megabyte),
      });
      const remedy = major >= 13 && { remedy: { parameter: 'max_slot_wal_keep_size', restart: false } };
      return [{ severity, evidence, facts: { ...objectOf(row), bytes }, ...remedy }];
    }),
};

const lostSlot: DatabaseCheck = {
  id: 'lost-slot',
  topic: 'replication',
  title: 'A replication slot has lost what its consumer needs',
  meaning: 'Its consumer cannot go on and has to be set up anew. Until the slot is dropped it may hold back vacuum.',
  thresholds: [{ of: 'any slot that is lost', source: 'our own' }],
  from: 13,
  query: (facts) =>
    slotsWhere(`(s.wal_status = 'lost'${facts.major >= 17 ? ' OR s.invalidation_reason IS NOT NULL' : ''})`, facts),
  judge: (rows) =>
    rows.map((row) => ({
      severity: 'critical',
      evidence: evidenceOf({ slot: textOf(row, 'object'), status: 'lost', reason: textOf(row, 'reason') }),
      facts: objectOf(row),
      ...statementRemedy(row),
    })),
};

const archiverFailing: DatabaseCheck = {
  id: 'archiver-failing',
  topic: 'replication',
  title: 'WAL cannot be archived',
  meaning: 'Restoring to a moment ends at the last archived segment, and WAL gathers on the disk until it is full.',
  thresholds: [{ of: 'a failure that is newer than the last success', source: 'our own' }],
  query: () => ({
    text: `SELECT w.failed_count AS failed, w.last_failed_wal AS object, w.last_failed_time AS failure,
        w.last_archived_time AS success
      FROM pg_stat_archiver w`,
  }),
  judge([row], { now }) {
    const failure = timeOf(row, 'failure');
    const success = timeOf(row, 'success');
    if (failure === undefined || failure <= (success ?? 0)) return [];
    const evidence = evidenceOf({
      'last failure': `${duration(now - failure)} ago`,
      'last success': success === undefined ? 'none is counted' : `${duration(now - success)} ago`,
      failures: textOf(row, 'failed'),
      segment: textOf(row, 'object'),
    });
    return [{ severity: 'critical', evidence, facts: { ...objectOf(row), since: success ?? failure } }];
  },
};

const requestedPercent: Threshold = {
  of: 'percent of the checkpoints that were requested',
  warning: 50,
  source: 'postgres_exporter mixin',
};
/** Fewer say little. */
const leastCheckpoints = 20;

const requestedCheckpoints: DatabaseCheck = {
  id: 'requested-checkpoints',
  topic: 'storage',
  title: 'Checkpoints come before their time',
  meaning: 'WAL reaches max_wal_size before checkpoint_timeout, so that pages are written more often than needed.',
  thresholds: [requestedPercent],
  only: 'primary',
  query: ({ major }) => ({
    text:
      major >= 17
        ? `SELECT c.num_timed AS timed, c.num_requested AS requested, c.stats_reset AS since
           FROM pg_stat_checkpointer c`
        : `SELECT c.checkpoints_timed AS timed, c.checkpoints_req AS requested, c.stats_reset AS since
           FROM pg_stat_bgwriter c`,
  }),
  judge([row], { settings }) {
    const requested = numberOf(row, 'requested') ?? 0;
    const all = requested + (numberOf(row, 'timed') ?? 0);
    const percent = (100 * requested) / all;
    const severity = all < leastCheckpoints ? undefined : gradeOf(percent, requestedPercent);
    if (!severity) return [];
    const size = settings.get('max_wal_size');
    const evidence = evidenceOf({
      requested: `${requested} of ${all} (${rounded(percent, '%')})`,
      max_wal_size: size && bytesText(Number(size) * megabyte),
    });
    const value = size === undefined ? {} : { value: String(2 * Number(size)), unit: 'MB' };
    const remedy = { parameter: 'max_wal_size', ...value, restart: false };
    return [{ severity, evidence, facts: { percent }, remedy }];
  },
  hidden: ([row], { now }) => countedFor(timeOf(row, 'since'), now, hour),
};

const walDirectory: DatabaseCheck = {
  id: 'wal-directory',
  topic: 'storage',
  title: 'WAL takes much more room than it should',
  meaning: 'A slot, the archiver or wal_keep_size keeps it. What keeps it is a finding of its own where it is known.',
  thresholds: [{ of: 'twice max_wal_size and what is kept on purpose, and a gigabyte', source: 'our own' }],
  query: () => ({ text: 'SELECT sum(w.size) AS bytes, count(*) AS files FROM pg_ls_waldir() w' }),
  judge([row], { settings }) {
    const bytes = numberOf(row, 'bytes') ?? 0;
    const megabytes = (name: string) => Number(settings.get(name) ?? 0);
    const kept = megabytes('wal_keep_size') + 16 * megabytes('wal_keep_segments');
    const limit = 2 * (megabytes('max_wal_size') + kept) * megabyte;
    if (bytes < Math.max(limit, gigabyte)) return [];
    const evidence = evidenceOf({ WAL: `${bytesText(bytes)} in ${textOf(row, 'files')} files` });
    return [{ severity: 'warning', evidence, facts: { bytes, limit } }];
  },
};

export const walChecks: readonly DatabaseCheck[] = [
  inactiveSlot,
  slotKeepsWal,
  lostSlot,
  archiverFailing,
  requestedCheckpoints,
  walDirectory,
];
