import { duration, gradeOf, worstOf } from '../../define/finding.js';
import type { DatabaseCheck, Fault, ServerFacts, Threshold } from '../check.js';
import type { Row } from '../open-look.js';
import {
  endSession,
  evidenceOf,
  limited,
  numberOf,
  numbersOf,
  objectOf,
  sessionColumns,
  sessionFacts,
  statementRemedy,
  textOf,
  timeOf,
  whoIs,
} from './reading.js';

const waitSeconds: Threshold = {
  of: 'seconds that a session waits for a lock',
  warning: 60,
  critical: 120,
  source: 'check_postgres',
};

/** Nothing that the server does ends such a chain, so that it need not grow old to be one. */
const chainLength: Threshold = {
  of: 'sessions that wait behind one that has been idle in its transaction for 5 seconds',
  warning: 3,
  source: 'our own',
};
const idleMilliseconds = 5_000;

const blockedSessions: DatabaseCheck = {
  id: 'blocked-sessions',
  topic: 'locks',
  title: 'A session blocks others',
  meaning: 'They wait until it ends its transaction. Who comes later waits behind them, until connections run out.',
  thresholds: [waitSeconds, chainLength],
  // Who blocks is asked of those alone who wait, since each question holds up the whole table of locks.
  query: ({ major }) => ({
    text: `WITH waiting AS (
        SELECT l.pid, pg_blocking_pids(l.pid) AS blockers,
          ${major >= 14 ? 'min(l.waitstart)' : 'NULL::timestamptz'} AS waitstart,
          min(l.mode || CASE WHEN l.database = d.oid AND l.relation IS NOT NULL
            THEN ' on ' || l.relation::regclass::text ELSE '' END) AS lock
        FROM pg_locks l LEFT JOIN pg_database d ON d.datname = current_database()
        WHERE NOT l.granted GROUP BY l.pid)
      SELECT ${sessionColumns}, a.state, a.state_change, w.blockers, w.lock,
        coalesce(w.waitstart, a.state_change) AS since
      FROM pg_stat_activity a LEFT JOIN waiting w ON w.pid = a.pid
      WHERE a.pid IN (SELECT w.pid FROM waiting w) OR a.pid IN (SELECT unnest(w.blockers) FROM waiting w)
      ORDER BY w.pid IS NOT NULL, since ${limited}`,
  }),
  judge: (rows, facts) => rootsOf(rows).flatMap(([root, waiters]) => blockerFault(root, { rows, waiters }, facts)),
  hidden: (rows, { role }) =>
    role.isMonitor || rows.every((row) => timeOf(row, 'state_change') !== undefined)
      ? undefined
      : {
          what: `What sessions of others that block or wait do, and since when, is not told to ${role.name}.`,
          allow: `GRANT pg_monitor TO ${role.quoted};`,
        },
};

/** A process that blocks and does not wait itself, with all who wait behind it. A prepared transaction is process 0. */
function rootsOf(rows: readonly Row[]): [root: number, waiters: readonly number[]][] {
  const blockers = new Map(
    rows.flatMap((row) => {
      const pid = numberOf(row, 'pid');
      const found = numbersOf(row, 'blockers');
      return pid === undefined || found.length === 0 ? [] : [[pid, found] as const];
    }),
  );
  const roots = new Set([...blockers.values()].flat().filter((pid) => !blockers.has(pid)));
  return [...roots].map((root) => {
    const behind = new Set<number>([root]);
    for (const pid of behind)
      for (const [waiter, itsBlockers] of blockers) if (itsBlockers.includes(pid)) behind.add(waiter);
    behind.delete(root);
    return [root, [...behind]];
  });
}

function blockerFault(
  root: number,
  { rows, waiters }: { rows: readonly Row[]; waiters: readonly number[] },
  { now }: ServerFacts,
): Fault[] {
  const behind = rows.filter((row) => waiters.includes(numberOf(row, 'pid') ?? -1));
  const since = Math.min(...behind.map((row) => timeOf(row, 'since') ?? Infinity));
  const row = rows.find((each) => numberOf(each, 'pid') === root);
  const state = textOf(row, 'state');
  const isIdle = state?.startsWith('idle in transaction') === true;
  const isStuck = isIdle && now - (timeOf(row, 'state_change') ?? now) >= idleMilliseconds;
  const severity = worstOf([
    gradeOf((now - since) / 1_000, waitSeconds),
    isStuck ? gradeOf(waiters.length, chainLength) : undefined,
  ]);
  if (!severity) return [];
  const evidence = [
    ...(row ? whoIs(row) : evidenceOf({ pid: 'none: a prepared transaction' })),
    ...evidenceOf({
      state,
      'blocks since': duration(now - since),
      blocks: `${waiters.length} (${waiters.slice(0, 10).join(', ')}${waiters.length > 10 ? ', …' : ''})`,
      lock: behind.map((each) => textOf(each, 'lock')).find((lock) => lock !== undefined),
    }),
  ];
  const facts = {
    ...(row && sessionFacts(row)),
    ...(isIdle && { isIdle }),
    blocks: waiters,
    since,
    seconds: (now - since) / 1_000,
  };
  const rawStatement = textOf(row, 'query');
  const how = state?.startsWith('idle') ? 'terminate' : 'cancel';
  return [{ severity, evidence, facts, ...(row && endSession(row, how)), ...(rawStatement && { rawStatement }) }];
}

const preparedSeconds: Threshold = {
  of: 'seconds since a transaction was prepared',
  warning: 30,
  critical: 600,
  source: 'check_postgres; critical is our own',
};

const preparedTransactions: DatabaseCheck = {
  id: 'prepared-transaction',
  topic: 'locks',
  title: 'A prepared transaction was left behind',
  meaning:
    'It keeps its locks, and holds back vacuum, over restarts, until somebody commits it or rolls it back. Ask the ' +
    'program that manages transactions which of the two it has to be.',
  thresholds: [preparedSeconds],
  query: () => ({
    text: `SELECT p.gid AS object, p.prepared AS since, p.owner::text AS login, p.database::text AS database,
        age(p.transaction) AS "xminAge", 'ROLLBACK PREPARED ' || quote_literal(p.gid) || ';' AS remedy
      FROM pg_prepared_xacts p ORDER BY p.prepared ${limited}`,
  }),
  judge: (rows, { now }) =>
    rows.flatMap((row) => {
      const since = timeOf(row, 'since') ?? now;
      const severity = gradeOf((now - since) / 1_000, preparedSeconds);
      if (!severity) return [];
      const evidence = evidenceOf({
        transaction: textOf(row, 'object'),
        'prepared for': duration(now - since),
        login: textOf(row, 'login'),
        database: textOf(row, 'database'),
      });
      const xminAge = numberOf(row, 'xminAge');
      const facts = {
        ...objectOf(row),
        since,
        seconds: (now - since) / 1_000,
        ...(xminAge !== undefined && { xminAge }),
      };
      return [{ severity, evidence, facts, ...statementRemedy(row) }];
    }),
};

export const lockChecks: readonly DatabaseCheck[] = [blockedSessions, preparedTransactions];
