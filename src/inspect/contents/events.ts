import type { ServerFacts } from '../check.js';
import { ownSchemas } from '../checks/objects.js';
import { textOf, timeOf } from '../checks/reading.js';
import type { Query, Row } from '../open-look.js';

/** Something that the server still knows the time of. */
export interface InsideEvent {
  /** Epoch milliseconds. */
  time: number;
  topic: string;
  /** With names of roles and objects, which are data. */
  text: string;
}

export interface EventRange {
  /** ISO 8601. */
  from: string;
  to: string;
}

/** Of one kind, such as vacuums, only the newest are told. */
const mostOfOneKind = 10;
/** A transaction that is younger is the usual work. */
const openMinutes = 5;

/** Reads what happened inside in a span of time, as far as the server remembers it: it keeps no history. */
export async function readInsideEvents(query: Query, facts: ServerFacts, { from, to }: EventRange) {
  const rows = await query({ text: eventsText(facts), values: [from, to] });
  return rows.flatMap(eventOf);
}

function eventOf(row: Row): InsideEvent[] {
  const time = timeOf(row, 'time');
  return time === undefined ? [] : [{ time, topic: textOf(row, 'topic') ?? '', text: textOf(row, 'text') ?? '' }];
}

interface Source {
  topic: string;
  /** Columns `time` and `text`. */
  text: string;
}

const sources = ({ major, isStandby }: ServerFacts): readonly Source[] => [
  { topic: 'server', text: `SELECT pg_postmaster_start_time() AS time, 'The server was started'::text AS text` },
  { topic: 'settings', text: `SELECT pg_conf_load_time(), 'The configuration was read'` },
  {
    topic: 'statistics',
    text: `SELECT d.stats_reset, 'The counters of the database ' || d.datname || ' were reset'
      FROM pg_stat_database d WHERE d.datname IS NOT NULL`,
  },
  {
    topic: 'sessions',
    text: `SELECT a.xact_start, 'A transaction of ' || coalesce(a.usename, 'an unknown login') || ' (pid ' || a.pid
        || ') began, which is still open' || CASE WHEN a.state LIKE 'idle in transaction%' THEN ' and idle' ELSE '' END
      FROM pg_stat_activity a
      WHERE a.backend_type = 'client backend' AND a.xact_start < now() - interval '${openMinutes} minutes'`,
  },
  {
    topic: 'locks',
    text: `SELECT x.prepared, 'The transaction ' || x.gid || ' of ' || x.owner || ' was prepared, and not ended since'
      FROM pg_prepared_xacts x`,
  },
  {
    topic: 'replication',
    text: `SELECT r.backend_start, 'The standby ' || coalesce(nullif(r.application_name, ''), r.usename, '?')
        || ' connected (' || coalesce(r.state, 'state hidden') || ')'
      FROM pg_stat_replication r`,
  },
  ...(isStandby
    ? [
        {
          topic: 'replication',
          text: `SELECT pg_last_xact_replay_timestamp(), 'The last transaction was replayed, since replay is paused'
            WHERE pg_is_wal_replay_paused()`,
        },
      ]
    : [
        {
          topic: 'storage',
          text: `SELECT w.last_failed_time, 'Archiving failed of ' || w.last_failed_wal FROM pg_stat_archiver w`,
        },
      ]),
  ...(major >= 17
    ? [
        {
          topic: 'replication',
          text: `SELECT s.inactive_since, 'The slot ' || s.slot_name || ' is read by nobody since'
            FROM pg_replication_slots s WHERE NOT s.active`,
        },
      ]
    : []),
  ...(['vacuum', 'analyze'] as const).map((what) => ({
    topic: 'vacuum',
    text: `SELECT greatest(t.last_${what}, t.last_auto${what}), '${vacuumWords[what]} ' || t.relid::regclass::text
        || CASE WHEN t.last_auto${what} >= coalesce(t.last_${what}, t.last_auto${what}) THEN ' by itself' ELSE '' END
      FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = t.relid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${ownSchemas} AND greatest(t.last_${what}, t.last_auto${what}) >= $1::timestamptz`,
  })),
];

const vacuumWords = { vacuum: 'Vacuumed was', analyze: 'Analysed was' } as const;

const eventsText = (facts: ServerFacts): string =>
  sources(facts)
    .map(
      ({ topic, text }) => `(SELECT e.time, '${topic}'::text AS topic, e.text FROM (${text}) e (time, text)
        WHERE e.time BETWEEN $1::timestamptz AND $2::timestamptz ORDER BY e.time DESC LIMIT ${mostOfOneKind})`,
    )
    .join(' UNION ALL ');
