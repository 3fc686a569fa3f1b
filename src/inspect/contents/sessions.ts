import type { Query, Row } from '../open-look.js';

/** A session, as the server shows it to the role that looks. */
export interface DatabaseSession {
  pid: number;
  /** Together with the pid, it is this session and no later one. ISO 8601 with microseconds. */
  backendStart: string;
  user?: string;
  database?: string;
  application?: string;
  client?: string;
  state?: string;
  /** Epoch milliseconds of the last change of the state, of the begin of the transaction, and of the statement. */
  stateSince?: number;
  transactionSince?: number;
  statementSince?: number;
  /** Such as `Lock transactionid`. */
  waitsFor?: string;
  /** How many transactions old what it keeps vacuum from removing is. */
  xminAge?: number;
  blockedBy: readonly number[];
  /** The sessions that wait for it, directly or through others. */
  blocks: readonly number[];
  /** The whole text, as it came. It is never shown as it is. */
  statement?: string;
  /** Its state and statement are only shown to members of pg_read_all_stats. */
  isHidden: boolean;
}

export interface SeenSessions {
  /** Those that keep others waiting come first, then what has gone on for longest. */
  sessions: readonly DatabaseSession[];
  /** There are more than were read. */
  isCut: boolean;
  /** By state, of all. */
  counts: Readonly<Record<string, number>>;
  maxConnections: number;
  /** The role that looked. */
  role: string;
}

/** So many are read at most. A server with more is told as cut, and counted whole. */
const mostRead = 500;

/** The start of a backend as text, with all its digits: together with the pid it means one session and no later one. */
export const backendStartOf = (table: string): string =>
  `to_char(${table}.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Without pg_monitor even the kind of another role's backend is hidden. Those of clients are in a database. */
const ofClients = `(a.backend_type = 'client backend'
    OR a.backend_type IS NULL AND a.datid IS NOT NULL AND a.usesysid IS NOT NULL)`;

/** Blockers are only looked for where a session waits for a lock, since each such question stops the lock table. */
const sessionsText = `
  SELECT a.pid, ${backendStartOf('a')} AS "backendStart",
    a.usename::text AS "user", a.datname::text AS database, a.application_name AS application,
    host(a.client_addr) AS client, a.state,
    (extract(epoch FROM a.state_change) * 1000)::float8 AS "stateSince",
    (extract(epoch FROM a.xact_start) * 1000)::float8 AS "transactionSince",
    (extract(epoch FROM a.query_start) * 1000)::float8 AS "statementSince",
    nullif(concat_ws(' ', a.wait_event_type, a.wait_event), '') AS "waitsFor",
    age(a.backend_xmin) AS "xminAge",
    CASE WHEN a.wait_event_type = 'Lock' THEN pg_blocking_pids(a.pid) ELSE '{}' END AS "blockedBy",
    left(a.query, 20000) AS statement,
    a.usename IS NOT NULL AND a.state IS NULL AS "isHidden"
  FROM pg_stat_activity a
  WHERE ${ofClients} AND a.pid <> pg_backend_pid()
  ORDER BY a.wait_event_type = 'Lock' DESC NULLS LAST, a.xact_start NULLS LAST, a.state_change
  LIMIT ${mostRead + 1}`;

const countsText = `
  SELECT coalesce(a.state, 'hidden') AS state, count(*)::int AS count
  FROM pg_stat_activity a WHERE ${ofClients} AND a.pid <> pg_backend_pid() GROUP BY 1 ORDER BY 2 DESC`;

const limitText = `
  SELECT current_setting('max_connections')::int AS "maxConnections", current_user::text AS role`;

export async function readSessions(query: Query): Promise<SeenSessions> {
  const rows = await query({ text: sessionsText });
  const states = await query({ text: countsText });
  const [limit] = await query({ text: limitText });
  const seen = rows.slice(0, mostRead).map(sessionOf);
  const sessions = seen.map((session) => ({ ...session, blocks: waitingFor(session.pid, seen) }));
  return {
    sessions: sessions.toSorted((a, b) => b.blocks.length - a.blocks.length || since(a) - since(b)),
    isCut: rows.length > mostRead,
    counts: Object.fromEntries(states.map(({ state, count }) => [String(state), Number(count)])),
    maxConnections: Number(limit?.['maxConnections']),
    role: String(limit?.['role']),
  };
}

const since = ({ transactionSince, stateSince }: DatabaseSession): number => transactionSince ?? stateSince ?? Infinity;

function sessionOf(row: Row): Omit<DatabaseSession, 'blocks'> {
  const text = (key: string) => (typeof row[key] === 'string' && row[key] !== '' ? row[key] : undefined);
  const number = (key: string) => (row[key] === null || row[key] === undefined ? undefined : Number(row[key]));
  const isHidden = row['isHidden'] === true;
  return {
    pid: Number(row['pid']),
    backendStart: text('backendStart') ?? '',
    user: text('user'),
    database: text('database'),
    application: text('application'),
    client: text('client'),
    state: text('state'),
    stateSince: number('stateSince'),
    transactionSince: number('transactionSince'),
    statementSince: number('statementSince'),
    waitsFor: text('waitsFor'),
    xminAge: number('xminAge'),
    blockedBy: Array.isArray(row['blockedBy']) ? row['blockedBy'].map(Number) : [],
    statement: isHidden ? undefined : text('statement'),
    isHidden,
  };
}

/** Everybody in the tree of waiters that a session is the root of. Deadlocks go round, so nobody is counted twice. */
function waitingFor(pid: number, all: readonly Pick<DatabaseSession, 'pid' | 'blockedBy'>[]): number[] {
  const found = new Set<number>();
  const queue = [pid];
  for (let blocker = queue.shift(); blocker !== undefined; blocker = queue.shift()) {
    for (const waiter of all) {
      if (!waiter.blockedBy.includes(blocker) || found.has(waiter.pid) || waiter.pid === pid) continue;
      found.add(waiter.pid);
      queue.push(waiter.pid);
    }
  }
  return [...found];
}
