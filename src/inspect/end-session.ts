import { backendStartOf } from './contents/sessions.js';
import type { Query } from './open-look.js';

/** How a session is ended: its statement alone, or the whole connection. */
export const endings = ['cancel', 'terminate'] as const;
export type Ending = (typeof endings)[number];

/** A session as it is before somebody ends it. */
export interface EndableSession {
  pid: number;
  user: string;
  database?: string;
  application?: string;
  client?: string;
  state?: string;
  /** Epoch milliseconds. */
  transactionSince?: number;
  statementSince?: number;
  /** The sessions that wait for it directly. */
  waiting: readonly number[];
  /** The tables and other things that it has locked against changes of others. */
  locks: number;
  /** Prepared transactions of its role, which stay when it ends. */
  prepared: number;
  /** Subscriptions of its role in its database, which go on when it ends. */
  subscriptions: number;
  /** The whole text, as it came. It is never shown as it is. */
  statement?: string;
}

/** Why a session cannot be ended by this role. */
export interface Unendable {
  why: string;
}

/** A session is known by its process and when that began, since the system uses the numbers of processes again. */
export interface SessionKey {
  pid: number;
  backendStart: string;
}

const sessionText = `
  SELECT a.pid, a.usename::text AS "user", a.datname::text AS database, a.application_name AS application,
    host(a.client_addr) AS client, a.state, a.backend_type AS kind, left(a.query, 20000) AS statement,
    (extract(epoch FROM a.xact_start) * 1000)::float8 AS "transactionSince",
    (extract(epoch FROM a.query_start) * 1000)::float8 AS "statementSince",
    coalesce(r.rolsuper, true) AS "isSuperuser", a.pid = pg_backend_pid() AS "isOwn",
    pg_has_role(current_user, a.usesysid, 'USAGE') OR pg_has_role(current_user, 'pg_signal_backend', 'USAGE')
      AS "maySignal",
    current_user::text AS role, quote_ident(current_user) AS quoted,
    ARRAY(SELECT w.pid FROM pg_stat_activity w
      WHERE w.wait_event_type = 'Lock' AND a.pid = ANY (pg_blocking_pids(w.pid))) AS waiting,
    (SELECT count(*)::int FROM pg_locks l
      WHERE l.pid = a.pid AND l.granted AND l.mode LIKE '%Exclusive%' AND l.locktype <> 'virtualxid') AS locks,
    (SELECT count(*)::int FROM pg_prepared_xacts p WHERE p.owner = a.usename) AS prepared,
    (SELECT count(*)::int FROM pg_subscription s WHERE s.subowner = a.usesysid AND s.subdbid = a.datid)
      AS subscriptions
  FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid
  WHERE a.pid = $1 AND ${backendStartOf('a')} = $2`;

/** Reads the session. Undefined when it has ended already. */
export async function readEndable(query: Query, key: SessionKey): Promise<EndableSession | Unendable | undefined> {
  const [row] = await query({ text: sessionText, values: [key.pid, key.backendStart] });
  if (!row) return undefined;
  const why = whyNot(row);
  if (why !== undefined) return { why };
  const text = (name: string) => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : undefined);
  const time = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  return {
    pid: key.pid,
    user: text('user') ?? '',
    database: text('database'),
    application: text('application'),
    client: text('client'),
    state: text('state'),
    transactionSince: time('transactionSince'),
    statementSince: time('statementSince'),
    waiting: Array.isArray(row['waiting']) ? row['waiting'].map(Number) : [],
    locks: Number(row['locks']),
    prepared: Number(row['prepared']),
    subscriptions: Number(row['subscriptions']),
    statement: text('statement'),
  };
}

function whyNot(row: Readonly<Record<string, unknown>>): string | undefined {
  const { kind, quoted, user } = row;
  const by = (role: string) => `An owner allows it by: GRANT ${role} TO ${String(quoted)};`;
  if (row['isOwn'] === true) return 'It is the session that looks.';
  if (row['maySignal'] !== true)
    return `The role ${String(quoted)} ends its own sessions only. ${by('pg_signal_backend')}`;
  if (typeof kind !== 'string')
    return `What it is and does is hidden from the role ${String(quoted)}. ${by('pg_monitor')}`;
  if (kind !== 'client backend') return `It is no session of a client but a ${kind} of the server.`;
  if (row['isSuperuser'] === true)
    return `It belongs to ${JSON.stringify(user)}, a superuser, as those of the provider do.`;
  return undefined;
}

/** That it is still the same session is asked in the statement that ends it, so that no other can take its place. */
const endText = (call: string) => `
  SELECT ${call} AS done FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
  WHERE a.pid = $1 AND ${backendStartOf('a')} = $2 AND a.backend_type = 'client backend' AND NOT r.rolsuper`;

/** The server waits so long for the process to end, in milliseconds. */
const patience = 2_000;

/**
 * Ends it. `gone` when it had ended before, `signalled` when the server was told to and it is not known whether the
 * process has ended yet.
 */
export async function endBackend(
  query: Query,
  { pid, backendStart }: SessionKey,
  how: Ending,
): Promise<'ended' | 'signalled' | 'gone'> {
  const values = [pid, backendStart];
  if (how === 'cancel') {
    const [row] = await query({ text: endText('pg_cancel_backend(a.pid)'), values });
    return row ? 'signalled' : 'gone';
  }
  const [version] = await query({ text: `SELECT current_setting('server_version_num')::int AS number` });
  const waits = Number(version?.['number']) >= 140_000;
  const call = waits ? `pg_terminate_backend(a.pid, ${patience})` : 'pg_terminate_backend(a.pid)';
  const [row] = await query({ text: endText(call), values });
  if (!row) return 'gone';
  return waits && row['done'] === true ? 'ended' : 'signalled';
}
