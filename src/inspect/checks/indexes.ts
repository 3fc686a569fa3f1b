import { day, duration } from '../../define/finding.js';
import type { DatabaseCheck, Fault } from '../check.js';
import type { Row } from '../open-look.js';
import { bytesOf, isOfExtension, largestTables, lockedRelations, ownSchemas } from './objects.js';
import { bytesText, evidenceOf, limited, megabyte, numberOf, textOf } from './reading.js';

/** A fault of a table or index, which an owner helps with the statement that the server wrote. */
function faultOf(row: Row, severity: Fault['severity'], evidence: Record<string, string | undefined>): Fault {
  const bytes = numberOf(row, 'bytes');
  const statement = textOf(row, 'remedy');
  return {
    severity,
    evidence: evidenceOf({ ...evidence, size: bytes === undefined ? undefined : bytesText(bytes) }),
    facts: { object: textOf(row, 'object'), bytes },
    ...(statement !== undefined && { remedy: { statement } }),
  };
}

/** A concurrent build locks its table in this way, and so does vacuum. */
const isBeingBuilt = `EXISTS (SELECT 1 FROM pg_locks l
  WHERE l.relation = i.indrelid AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
    AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
    AND l.pid NOT IN (SELECT v.pid FROM pg_stat_progress_vacuum v))`;

const invalidIndex: DatabaseCheck = {
  id: 'invalid-index',
  topic: 'indexes',
  title: 'An index is not valid',
  meaning:
    'Its build failed. No query uses it, and a unique one does not keep duplicates out, but each change still pays ' +
    'for it. Build it anew.',
  thresholds: [{ of: 'indexes that are not valid and not being built', source: 'our own' }],
  isOfDatabase: true,
  query: ({ major }) => ({
    text: `WITH ${lockedRelations}
      SELECT i.indexrelid::regclass::text AS object, i.indrelid::regclass::text AS "table",
        ${bytesOf('i.indexrelid', 'c.relpages')} AS bytes,
        format(CASE WHEN ${major < 12} OR c.relname ~ '_ccnew\\d*$' THEN 'DROP INDEX CONCURRENTLY %s;'
          ELSE 'REINDEX INDEX CONCURRENTLY %s;' END, i.indexrelid::regclass) AS remedy
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE (NOT i.indisvalid OR NOT i.indisready) AND c.relkind = 'i' AND NOT ${isBeingBuilt}
      ORDER BY 3 DESC ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => faultOf(row, 'warning', { index: textOf(row, 'object'), table: textOf(row, 'table') })),
};

const countedLongEnough = 30 * day;

const unusedIndex: DatabaseCheck = {
  id: 'unused-index',
  topic: 'indexes',
  title: 'An index is not used',
  meaning: 'Each change of its table pays for it, and no query on this server gained from it.',
  thresholds: [
    { of: 'scans of an index of more than 1 MB, counted for 30 days at least', source: 'pg-extras; days are our own' },
  ],
  only: 'primary',
  isOfDatabase: true,
  query: () => ({
    text: `WITH ${lockedRelations}
      SELECT i.indexrelid::regclass::text AS object, i.indrelid::regclass::text AS "table",
        ${bytesOf('i.indexrelid', 'i.relpages')} AS bytes, (SELECT count(*) FROM pg_stat_replication) AS standbys,
        format('DROP INDEX CONCURRENTLY %s;', i.indexrelid::regclass) AS remedy
      FROM (
        SELECT i.indexrelid, i.indrelid, c.relpages
        FROM (
            SELECT c.oid, c.relpages, c.relnamespace FROM pg_class c
            WHERE c.relkind = 'i' AND c.oid >= 16384
              AND c.relpages > ${megabyte} / current_setting('block_size')::int
            OFFSET 0) c
          JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE ${ownSchemas} AND pg_stat_get_numscans(c.oid) = 0
          AND NOT i.indisunique AND NOT i.indisexclusion AND i.indisvalid
        ORDER BY c.relpages DESC ${limited}) i
      ORDER BY i.relpages DESC`,
  }),
  judge: (rows, { now, countedSince }) =>
    now - countedSince < countedLongEnough
      ? []
      : rows.map((row) =>
          faultOf(row, 'notice', {
            index: textOf(row, 'object'),
            table: textOf(row, 'table'),
            'not used for': duration(now - countedSince),
          }),
        ),
  hidden([row], { now, countedSince }) {
    if (!row) return undefined;
    if (now - countedSince < countedLongEnough)
      return { what: `Use of indexes is counted for ${duration(now - countedSince)} only, and 30 days would tell.` };
    const standbys = numberOf(row, 'standbys') ?? 0;
    return standbys > 0
      ? { what: 'Each server counts for itself: whether a standby uses them is seen there.' }
      : undefined;
  },
};

const duplicateIndex: DatabaseCheck = {
  id: 'duplicate-index',
  topic: 'indexes',
  title: 'Two indexes are the same',
  meaning: 'One of them is enough: same columns, order, operators and condition. Each change pays for both.',
  thresholds: [{ of: 'indexes with the same definition', source: 'pg-extras' }],
  isOfDatabase: true,
  bounded: 'tables',
  // Only indexes over the same columns are compared as a whole.
  query: () => ({
    text: `${largestTables(`'r', 'p', 'm'`)},
      alike AS (
        SELECT t.oid, s.columns FROM largest t CROSS JOIN LATERAL (
          SELECT i.indkey::text AS columns FROM pg_index i
          WHERE i.indrelid = t.oid AND i.indisvalid AND NOT i.indisexclusion GROUP BY 1 HAVING count(*) > 1) s)
      SELECT indrelid::regclass::text AS "table", indexes[1]::regclass::text AS kept,
        indexes[2]::regclass::text AS object, ${bytesOf('indexes[2]', 'pages[2]')} AS bytes,
        CASE WHEN NOT needed[2] THEN format('DROP INDEX CONCURRENTLY %s;', indexes[2]::regclass) END AS remedy
      FROM (
        SELECT i.indrelid, array_agg(i.indexrelid ORDER BY i.needed DESC, i.indexrelid) AS indexes,
          array_agg(c.relpages ORDER BY i.needed DESC, i.indexrelid) AS pages,
          array_agg(i.needed ORDER BY i.needed DESC, i.indexrelid) AS needed
        FROM alike a CROSS JOIN LATERAL (
            SELECT i.*, ${isNeeded} AS needed FROM pg_index i
            WHERE i.indrelid = a.oid AND i.indkey::text = a.columns AND i.indisvalid AND NOT i.indisexclusion
            OFFSET 0) i
          JOIN pg_class c ON c.oid = i.indexrelid
        GROUP BY i.indrelid, c.relam, i.indclass::text, i.indkey::text, i.indnkeyatts, i.indoption::text,
          i.indcollation::text, pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)
        HAVING count(*) > 1 ORDER BY 3 DESC ${limited}) same
      ORDER BY pages[2] DESC`,
  }),
  judge: (rows) =>
    rows.map((row) =>
      faultOf(row, 'notice', {
        index: textOf(row, 'object'),
        'the same as': textOf(row, 'kept'),
        table: textOf(row, 'table'),
      }),
    ),
};

/** Whether a constraint, or what replication tells rows apart by, goes with the index. */
const isNeeded = `(i.indisunique OR i.indisreplident
  OR EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid))`;

const unindexedForeignKey: DatabaseCheck = {
  id: 'unindexed-foreign-key',
  topic: 'indexes',
  title: 'A foreign key has no index',
  meaning: 'Each deletion in the table it points to reads this whole table, and holds its locks for as long.',
  thresholds: [{ of: 'foreign keys whose columns begin no index', source: 'splinter 0001' }],
  isOfDatabase: true,
  bounded: 'tables',
  query: () => ({
    text: `${largestTables(`'r', 'p'`)}
      SELECT k.conrelid::regclass::text AS object, k.conname::text AS "foreignKey",
        k.confrelid::regclass::text AS target, ${bytesOf('k.conrelid', 'k.relpages')} AS bytes,
        format('CREATE INDEX %sON %s (%s);', CASE WHEN k.relkind = 'r' THEN 'CONCURRENTLY ' ELSE '' END,
          k.conrelid::regclass, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY o.place)
            FROM unnest(k.conkey) WITH ORDINALITY o (number, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.number)) AS remedy
      FROM (
        SELECT k.conrelid, k.conname, k.confrelid, k.conkey, t.relkind, t.relpages
        FROM largest t JOIN pg_constraint k ON k.conrelid = t.oid
        WHERE k.contype = 'f' AND k.conparentid = 0 AND NOT EXISTS (
          SELECT 1 FROM pg_index i
          WHERE i.indrelid = k.conrelid AND i.indpred IS NULL AND i.indisvalid
            AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
        ORDER BY t.relpages DESC, k.conrelid, k.conname ${limited}) k
      ORDER BY k.relpages DESC, 1, 2`,
  }),
  judge: (rows) =>
    rows.map((row) =>
      faultOf(row, 'notice', {
        table: textOf(row, 'object'),
        'foreign key': textOf(row, 'foreignKey'),
        'points to': textOf(row, 'target'),
      }),
    ),
};

const noPrimaryKey: DatabaseCheck = {
  id: 'no-primary-key',
  topic: 'indexes',
  title: 'A table has no primary key',
  meaning:
    'Nothing tells its rows apart: they cannot be replicated logically when they change, nor surely be corrected.',
  thresholds: [{ of: 'tables without a primary key', source: 'splinter 0004' }],
  isOfDatabase: true,
  bounded: 'tables',
  query: () => ({
    text: `${largestTables(`'r', 'p'`)}
      SELECT c.oid::regclass::text AS object, ${bytesOf('c.oid', 'c.relpages')} AS bytes
      FROM (
        SELECT t.oid, t.relpages FROM largest t
        WHERE NOT t.relispartition AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary)
          AND NOT ${isOfExtension('pg_class', 't.oid')}
        ORDER BY t.relpages DESC, t.oid ${limited}) c
      ORDER BY c.relpages DESC, 1`,
  }),
  judge: (rows) => rows.map((row) => faultOf(row, 'notice', { table: textOf(row, 'object') })),
};

/** From 15 on the database has a version of its own collation. Others have theirs where an index uses them. */
const collationVersion: DatabaseCheck = {
  id: 'collation-mismatch',
  topic: 'indexes',
  title: 'Texts are sorted otherwise than when indexes were built',
  meaning:
    'The system under the server was exchanged, and with it the order of texts. Indexes over texts may miss rows and ' +
    'let duplicates in until they are built anew.',
  thresholds: [{ of: 'collations whose version changed', source: 'our own' }],
  isOfDatabase: true,
  query: ({ major }) => ({
    text: `${major < 15 ? '' : databaseCollations}
      SELECT format('%I.%I', n.nspname, l.collname) AS object, l.collversion AS "builtWith",
        pg_collation_actual_version(l.oid) AS "nowIs",
        format('ALTER COLLATION %I.%I REFRESH VERSION; -- after REINDEX of what uses it',
          n.nspname, l.collname) AS remedy
      FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace
      WHERE l.collversion IS NOT NULL AND l.collversion <> pg_collation_actual_version(l.oid)
        AND EXISTS (SELECT 1 FROM pg_index i WHERE l.oid = ANY (i.indcollation::oid[]) AND i.indrelid >= 16384)
      ${limited}`,
  }),
  judge: (rows) =>
    rows.map((row) => ({
      severity: 'warning',
      evidence: evidenceOf({
        collation: textOf(row, 'object'),
        'built with': textOf(row, 'builtWith'),
        'now is': textOf(row, 'nowIs'),
      }),
      facts: { object: textOf(row, 'object') },
      remedy: { statement: textOf(row, 'remedy') ?? '' },
    })),
};

const databaseCollations = `
  SELECT format('database %I', d.datname) AS object, d.datcollversion AS "builtWith",
    pg_database_collation_actual_version(d.oid) AS "nowIs",
    format('REINDEX DATABASE %I; ALTER DATABASE %I REFRESH COLLATION VERSION;', d.datname, d.datname) AS remedy
  FROM pg_database d
  WHERE d.datallowconn AND d.datcollversion IS NOT NULL
    AND d.datcollversion <> pg_database_collation_actual_version(d.oid)
  UNION ALL`;

export const indexChecks: readonly DatabaseCheck[] = [
  invalidIndex,
  unusedIndex,
  duplicateIndex,
  unindexedForeignKey,
  noPrimaryKey,
  collationVersion,
];
