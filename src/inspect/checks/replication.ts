import { duration, gradeOf, worstOf } from '../../define/finding.js';
import type { DatabaseCheck, Threshold } from '../check.js';
import { bytesText, evidenceOf, limited, megabyte, numberOf, objectOf, textOf, timeOf } from './reading.js';

const behindBytes: Threshold = {
  of: 'bytes that a standby is behind',
  warning: 100 * megabyte,
  source: 'pgEdge AI DBA Workbench',
};

const behindSeconds: Threshold = {
  of: 'seconds that a standby is behind',
  warning: 30,
  critical: 3_600,
  source: 'pgEdge AI DBA Workbench; critical is of the postgres_exporter mixin',
};

const standbyBehind: DatabaseCheck = {
  id: 'standby-behind',
  topic: 'replication',
  title: 'A standby is behind',
  meaning: 'It answers with old rows, and a failover to it would lose what it has not received.',
  thresholds: [behindBytes, behindSeconds],
  query: ({ isStandby }) => ({
    // Bytes tell more: with its replay paused, a standby still reports the lag of the moment before.
    text: `SELECT r.application_name AS object, r.state, r.sync_state AS sync, r.backend_start AS start,
        pg_wal_lsn_diff(${isStandby ? 'pg_last_wal_receive_lsn()' : 'pg_current_wal_lsn()'}, r.replay_lsn) AS bytes,
        extract(epoch FROM r.replay_lag) AS seconds
      FROM pg_stat_replication r WHERE r.state IS DISTINCT FROM 'backup' ORDER BY bytes DESC ${limited}`,
  }),
  judge: (rows) =>
    rows.flatMap((row) => {
      const bytes = numberOf(row, 'bytes');
      const seconds = numberOf(row, 'seconds');
      const severity = worstOf([gradeOf(bytes, behindBytes), gradeOf(seconds, behindSeconds)]);
      if (!severity) return [];
      const evidence = evidenceOf({
        standby: textOf(row, 'object'),
        behind: bytes === undefined ? undefined : bytesText(bytes),
        'behind for': seconds === undefined ? undefined : duration(seconds * 1_000),
        state: textOf(row, 'state'),
        mode: textOf(row, 'sync'),
      });
      const facts = {
        ...objectOf(row),
        ...(bytes !== undefined && { bytes }),
        ...(seconds !== undefined && { seconds }),
      };
      return [{ severity, evidence, facts }];
    }),
  hidden: (rows, { role }) => {
    const count = rows.filter((row) => textOf(row, 'state') === undefined).length;
    if (count === 0) return undefined;
    return { what: `How far ${count} standbys are is hidden.`, allow: `GRANT pg_monitor TO ${role.quoted};` };
  },
};

const replayBehind: DatabaseCheck = {
  id: 'replay-behind',
  topic: 'replication',
  title: 'This standby is behind with what it received',
  meaning: 'It answers with old rows. A long query here, or a slow disk, keeps it from going on.',
  thresholds: [behindBytes, behindSeconds],
  only: 'standby',
  // The time of the last transaction alone says nothing: without writes there is none.
  query: () => ({
    text: `SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) AS bytes,
      pg_last_xact_replay_timestamp() AS since`,
  }),
  judge([row], { now }) {
    const bytes = numberOf(row, 'bytes') ?? 0;
    const since = timeOf(row, 'since');
    const seconds = since === undefined || bytes <= 0 ? undefined : (now - since) / 1_000;
    const severity = worstOf([gradeOf(bytes, behindBytes), gradeOf(seconds, behindSeconds)]);
    if (!severity) return [];
    const evidence = evidenceOf({
      'not yet replayed': bytesText(bytes),
      'behind for': seconds === undefined ? undefined : duration(seconds * 1_000),
    });
    return [{ severity, evidence, facts: { bytes, ...(since !== undefined && { since }) } }];
  },
};

const replayPaused: DatabaseCheck = {
  id: 'replay-paused',
  topic: 'replication',
  title: 'This standby has its replay paused',
  meaning: 'It receives changes and does not show them, until somebody lets it go on. WAL gathers on its disk.',
  thresholds: [{ of: 'any pause', source: 'our own' }],
  only: 'standby',
  query: () => ({
    text: `SELECT pg_last_xact_replay_timestamp() AS since, 'SELECT pg_wal_replay_resume();' AS remedy
      WHERE pg_is_wal_replay_paused()`,
  }),
  judge: (rows, { now }) =>
    rows.map((row) => {
      const since = timeOf(row, 'since');
      const evidence = evidenceOf({
        'replay paused': 'yes',
        'last change shown': since === undefined ? undefined : `${duration(now - since)} ago`,
      });
      const remedy = { statement: textOf(row, 'remedy') ?? '' };
      return { severity: 'critical', evidence, facts: { ...(since !== undefined && { since }) }, remedy };
    }),
};

const notStreaming: DatabaseCheck = {
  id: 'standby-not-streaming',
  topic: 'replication',
  title: 'This standby receives nothing',
  meaning: 'It falls behind with every change, and is no help in a failover. Its log says why it cannot connect.',
  thresholds: [{ of: 'any standby that does not stream', source: 'pgEdge AI DBA Workbench' }],
  only: 'standby',
  query: () => ({ text: 'SELECT count(r.pid) AS receivers, min(r.status) AS status FROM pg_stat_wal_receiver r' }),
  judge([row]) {
    const receives = (numberOf(row, 'receivers') ?? 0) > 0;
    const status = textOf(row, 'status');
    if (receives && (status === undefined || status === 'streaming')) return [];
    const evidence = evidenceOf({ 'WAL receiver': receives ? status : 'none' });
    return [{ severity: receives ? 'warning' : 'critical', evidence, facts: {} }];
  },
  hidden([row], { role }) {
    const isHidden = (numberOf(row, 'receivers') ?? 0) > 0 && textOf(row, 'status') === undefined;
    if (!isHidden) return undefined;
    return { what: 'The state of the WAL receiver is hidden.', allow: `GRANT pg_monitor TO ${role.quoted};` };
  },
};

const brokenSubscription: DatabaseCheck = {
  id: 'subscription-stopped',
  topic: 'replication',
  title: 'A subscription does not run',
  meaning: 'It is enabled, but nobody applies its changes. Its log says why, and its publisher keeps WAL for it.',
  thresholds: [{ of: 'any enabled subscription without a process', source: 'our own' }],
  only: 'primary',
  // Joined by name, since the ids are only open to everybody from version 15 on.
  query: ({ major }) => ({
    text: `SELECT u.subname::text AS object, ${major >= 15 ? 'e.apply_error_count' : 'NULL'} AS errors,
        max(s.last_msg_receipt_time) AS since
      FROM pg_subscription u LEFT JOIN pg_stat_subscription s ON s.subname = u.subname
        ${major >= 15 ? 'LEFT JOIN pg_stat_subscription_stats e ON e.subname = u.subname' : ''}
      WHERE u.subenabled AND u.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
      GROUP BY 1, 2 HAVING count(s.pid) = 0 ORDER BY 1 ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => ({
      severity: 'critical',
      evidence: evidenceOf({ subscription: textOf(row, 'object'), 'errors while applying': textOf(row, 'errors') }),
      facts: objectOf(row),
    })),
};

export const replicationChecks: readonly DatabaseCheck[] = [
  standbyBehind,
  replayBehind,
  replayPaused,
  notStreaming,
  brokenSubscription,
];
