import { duration, gradeOf, hour, rounded } from '../../define/finding.js';
import type { DatabaseCheck, Hidden, ServerFacts, Threshold } from '../check.js';
import type { Row } from '../open-look.js';
import {
  endSession,
  evidenceOf,
  limited,
  numberOf,
  sessionColumns,
  sessionFacts,
  textOf,
  timeOf,
  whoIs,
} from './reading.js';

/** Client sessions of others tell a role without `pg_read_all_stats` neither their state nor their text. */
export function hiddenSessions(rows: readonly Row[], { role }: ServerFacts): Hidden | undefined {
  if (role.isMonitor) return undefined;
  const count = numberOf(rows[0], 'hidden');
  if (count === 0) return undefined;
  const which = count === undefined ? 'Sessions' : `${count} sessions`;
  return { what: `${which} of other roles tell ${role.name} nothing.`, allow: `GRANT pg_monitor TO ${role.quoted};` };
}

/** How many sessions of others are hidden, beside each row, so that it is known where no row is. */
const hiddenCount = `(SELECT count(*) FROM pg_stat_activity h
  WHERE h.datid IS NOT NULL AND h.backend_type IS NULL AND h.pid <> pg_backend_pid())`;

/** Client sessions but one's own, the longest first. Without one, a row says how many are hidden. */
const sessionsWhere = (condition: string, since: string) => ({
  text: `SELECT ${hiddenCount} AS hidden, s.* FROM (SELECT 1) one LEFT JOIN (
      SELECT ${sessionColumns}, a.state, a.state_change, a.xact_start, a.query_start, a.wait_event_type, a.wait_event,
        age(a.backend_xmin) AS "xminAge"
      FROM pg_stat_activity a
      WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid() AND ${condition}
      ORDER BY ${since} ${limited}) s ON true`,
});

const connectionsUsed: Threshold = {
  of: 'percent of the connections that are not reserved',
  warning: 80,
  critical: 95,
  source: 'pgEdge AI DBA Workbench; critical is our own',
};

const connections: DatabaseCheck = {
  id: 'connections-near-limit',
  topic: 'sessions',
  title: 'Connections are nearly used up',
  meaning:
    'At the limit new clients are refused. Find the clients that keep connections open, and put a pool before them, ' +
    'before the limit is raised.',
  thresholds: [connectionsUsed],
  query: () => ({
    text: `SELECT count(*) AS used, count(*) FILTER (WHERE a.state = 'idle') AS idle,
        (SELECT b.usename::text FROM pg_stat_activity b WHERE b.datid IS NOT NULL
          GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) AS login,
        (SELECT count(*) FROM pg_stat_activity b WHERE b.datid IS NOT NULL
          GROUP BY b.usename ORDER BY 1 DESC LIMIT 1) AS most
      FROM pg_stat_activity a
      WHERE a.backend_type = 'client backend' OR a.backend_type IS NULL AND a.datid IS NOT NULL`,
  }),
  judge([row], { settings }) {
    const setting = (name: string) => Number(settings.get(name) ?? 0);
    const limit =
      setting('max_connections') - setting('superuser_reserved_connections') - setting('reserved_connections');
    const used = numberOf(row, 'used') ?? 0;
    const percent = (100 * used) / limit;
    const severity = gradeOf(percent, connectionsUsed);
    if (!severity) return [];
    const evidence = evidenceOf({
      connections: `${used} of ${limit} (${rounded(percent, '%')})`,
      idle: textOf(row, 'idle'),
      'most of one login': `${textOf(row, 'login')}: ${textOf(row, 'most')}`,
    });
    const remedy = { parameter: 'max_connections', restart: true };
    return [{ severity, evidence, facts: { used, limit, percent }, remedy }];
  },
};

const idleSeconds: Threshold = {
  of: 'seconds idle in a transaction',
  warning: 300,
  critical: 3_600,
  source: 'pgEdge AI DBA Workbench; critical is our own',
};

const idleInTransaction: DatabaseCheck = {
  id: 'idle-in-transaction',
  topic: 'sessions',
  title: 'A session is idle within its transaction',
  meaning:
    'It keeps its locks, and vacuum cannot remove what it might still read. Its client forgot to end the ' +
    'transaction, or waits for something else.',
  thresholds: [idleSeconds],
  query: () => sessionsWhere(`a.state LIKE 'idle in transaction%'`, 'a.state_change'),
  judge: (rows, { now }) =>
    rows.flatMap((row) => {
      const since = timeOf(row, 'state_change');
      if (since === undefined) return [];
      const severity = gradeOf((now - since) / 1_000, idleSeconds);
      if (!severity) return [];
      const begun = timeOf(row, 'xact_start') ?? since;
      const evidence = [
        ...whoIs(row),
        ...evidenceOf({ idle: duration(now - since), 'transaction open for': duration(now - begun) }),
      ];
      const facts = { ...sessionFacts(row), since, seconds: (now - since) / 1_000, ...xminOf(row) };
      return [{ severity, evidence, facts, ...endSession(row, 'terminate'), ...statementOf(row) }];
    }),
  hidden: hiddenSessions,
};

const xminOf = (row: Row) => {
  const xminAge = numberOf(row, 'xminAge');
  return xminAge === undefined ? {} : { xminAge };
};

const statementOf = (row: Row) => {
  const rawStatement = textOf(row, 'query');
  return rawStatement ? { rawStatement } : {};
};

const transactionSeconds: Threshold = {
  of: 'seconds that a transaction is open',
  warning: 600,
  critical: 6 * 3_600,
  source: 'pgEdge AI DBA Workbench; critical is our own',
};

const longTransaction: DatabaseCheck = {
  id: 'long-transaction',
  topic: 'sessions',
  title: 'A transaction is open for long',
  meaning: 'Rows that were changed or deleted since it began cannot be removed, in any table, so that tables grow.',
  thresholds: [transactionSeconds],
  query: () => sessionsWhere('a.xact_start IS NOT NULL', 'a.xact_start'),
  judge: (rows, { now }) =>
    rows.flatMap((row) => {
      const since = timeOf(row, 'xact_start');
      const severity = since === undefined ? undefined : gradeOf((now - since) / 1_000, transactionSeconds);
      if (since === undefined || !severity) return [];
      const evidence = [
        ...whoIs(row),
        ...evidenceOf({
          'open for': duration(now - since),
          state: textOf(row, 'state'),
          'transactions since its snapshot': textOf(row, 'xminAge'),
        }),
      ];
      const facts = { ...sessionFacts(row), since, seconds: (now - since) / 1_000, ...xminOf(row) };
      return [{ severity, evidence, facts, ...endSession(row, 'terminate'), ...statementOf(row) }];
    }),
  hidden: hiddenSessions,
};

const statementSeconds: Threshold = {
  of: 'seconds that a statement runs',
  warning: 300,
  critical: hour / 1_000,
  source: 'pgEdge AI DBA Workbench; critical is our own',
};

const longStatement: DatabaseCheck = {
  id: 'long-statement',
  topic: 'sessions',
  title: 'A statement runs for long',
  meaning: 'It takes processor, memory and disk from the others. See what it waits for before it is cancelled.',
  thresholds: [statementSeconds],
  query: () => sessionsWhere(`a.state = 'active'`, 'a.query_start'),
  judge: (rows, { now }) =>
    rows.flatMap((row) => {
      const since = timeOf(row, 'query_start');
      const severity = since === undefined ? undefined : gradeOf((now - since) / 1_000, statementSeconds);
      if (since === undefined || !severity) return [];
      const wait = [textOf(row, 'wait_event_type'), textOf(row, 'wait_event')].filter(Boolean).join(': ');
      const evidence = [
        ...whoIs(row),
        ...evidenceOf({ 'runs for': duration(now - since), 'waits for': wait || undefined }),
      ];
      const facts = { ...sessionFacts(row), since, seconds: (now - since) / 1_000 };
      return [{ severity, evidence, facts, ...endSession(row, 'cancel'), ...statementOf(row) }];
    }),
  hidden: hiddenSessions,
};

export const sessionChecks: readonly DatabaseCheck[] = [connections, idleInTransaction, longTransaction, longStatement];
