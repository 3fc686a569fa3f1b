import { mostLookedAt, type ServerFacts } from './check.js';
import type { Query } from './open-look.js';

/** Reads what checks are chosen and judged by. Works for every role. */
export async function readServerFacts(query: Query): Promise<ServerFacts> {
  const [server = {}] = await query({ text: serverText });
  const settings = await query({ text: 'SELECT name, setting FROM pg_settings WHERE setting IS NOT NULL' });
  const extensions = await query({ text: extensionsText });
  const text = (name: string) => String(server[name]);
  return {
    major: Math.floor(Number(server['number']) / 10_000),
    version: text('version'),
    isStandby: server['isStandby'] === true,
    database: text('database'),
    role: {
      name: text('role'),
      quoted: text('quoted'),
      isMonitor: server['isMonitor'] === true,
      canSignal: server['canSignal'] === true,
    },
    now: Number(server['now']),
    startedAt: Number(server['startedAt']),
    countedSince: Number(server['countedSince']),
    hasMany: { tables: server['manyTables'] === true, sequences: server['manySequences'] === true },
    otherDatabases: Number(server['otherDatabases']),
    settings: new Map(settings.map(({ name, setting }) => [String(name), String(setting)])),
    extensions: new Map(
      extensions.map(({ name, schema, version }) => [
        String(name),
        { schema: String(schema), version: String(version) },
      ]),
    ),
  };
}

/**
 * The counters of a database that were never reset have no time of it from version 15 on. Then the shared ones are the
 * measure, since a crash begins both anew.
 */
const serverText = `
  SELECT current_setting('server_version_num') AS number,
    split_part(current_setting('server_version'), ' ', 1) AS version,
    pg_is_in_recovery() AS "isStandby",
    current_database()::text AS database,
    current_user::text AS role,
    quote_ident(current_user) AS quoted,
    pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS "isMonitor",
    pg_has_role(current_user, 'pg_signal_backend', 'USAGE') AS "canSignal",
    extract(epoch FROM clock_timestamp()) * 1000 AS now,
    extract(epoch FROM pg_postmaster_start_time()) * 1000 AS "startedAt",
    extract(epoch FROM coalesce(
      (SELECT d.stats_reset FROM pg_stat_database d WHERE d.datname = current_database()),
      (SELECT w.stats_reset FROM pg_stat_bgwriter w),
      pg_postmaster_start_time())) * 1000 AS "countedSince",
    (SELECT count(*) FROM (SELECT FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= 16384
      LIMIT ${mostLookedAt.tables + 1}) t) > ${mostLookedAt.tables} AS "manyTables",
    (SELECT count(*) FROM (SELECT FROM pg_sequence LIMIT ${mostLookedAt.sequences + 1}) q) > ${mostLookedAt.sequences}
      AS "manySequences",
    (SELECT count(*) FROM pg_database d
      WHERE d.datallowconn AND NOT d.datistemplate AND d.datname <> current_database()) AS "otherDatabases"`;

const extensionsText = `
  SELECT e.extname::text AS name, quote_ident(n.nspname) AS schema, e.extversion AS version
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace`;
