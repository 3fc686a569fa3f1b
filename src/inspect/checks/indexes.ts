import { day, duration } from '../../define/finding.js';
import type { DatabaseCheck, Fault } from '../check.js';
import type { Row } from '../open-look.js';
import { isOfExtension, ownSchemas } from './objects.js';
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
    text: `SELECT i.indexrelid::regclass::text AS object, i.indrelid::regclass::text AS "table",
        pg_relation_size(i.indexrelid) AS bytes,
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
    text: `SELECT s.indexrelid::regclass::text AS object, s.relid::regclass::text AS "table",
        pg_relation_size(s.indexrelid) AS bytes, (SELECT count(*) FROM pg_stat_replication) AS standbys,
        format('DROP INDEX CONCURRENTLY %s;', s.indexrelid::regclass) AS remedy
      FROM pg_stat_user_indexes s JOIN pg_index i USING (indexrelid)
      WHERE s.idx_scan = 0 AND NOT i.indisunique AND NOT i.indisexclusion AND i.indisvalid
        AND pg_relation_size(s.indexrelid) > ${megabyte}
      ORDER BY 3 DESC ${limited}`,
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
  query: () => ({
    text: `SELECT "table", indexes[1] AS kept, indexes[2] AS object, sizes[2] AS bytes,
        CASE WHEN NOT needed[2] THEN format('DROP INDEX CONCURRENTLY %s;', indexes[2]) END AS remedy
      FROM (
        SELECT i.indrelid::regclass::text AS "table",
          array_agg(i.indexrelid::regclass::text ORDER BY ${isNeeded} DESC, i.indexrelid) AS indexes,
          array_agg(pg_relation_size(i.indexrelid) ORDER BY ${isNeeded} DESC, i.indexrelid) AS sizes,
          array_agg(${isNeeded} ORDER BY ${isNeeded} DESC, i.indexrelid) AS needed
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE i.indisvalid AND NOT i.indisexclusion AND ${ownSchemas}
        GROUP BY i.indrelid, c.relam, i.indclass::text, i.indkey::text, i.indnkeyatts, i.indoption::text,
          i.indcollation::text, pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)
        HAVING count(*) > 1) same
      ORDER BY sizes[2] DESC ${limited}`,
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
  OR EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid))`;

const unindexedForeignKey: DatabaseCheck = {
  id: 'unindexed-foreign-key',
  topic: 'indexes',
  title: 'A foreign key has no index',
  meaning: 'Each deletion in the table it points to reads this whole table, and holds its locks for as long.',
  thresholds: [{ of: 'foreign keys whose columns begin no index', source: 'splinter 0001' }],
  isOfDatabase: true,
  query: () => ({
    text: `SELECT k.conrelid::regclass::text AS object, k.conname::text AS "foreignKey",
        k.confrelid::regclass::text AS target, pg_relation_size(k.conrelid) AS bytes,
        format('CREATE INDEX %sON %s (%s);', CASE WHEN c.relkind = 'r' THEN 'CONCURRENTLY ' ELSE '' END,
          k.conrelid::regclass, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY o.place)
            FROM unnest(k.conkey) WITH ORDINALITY o (number, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.number)) AS remedy
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      WHERE k.contype = 'f' AND k.conparentid = 0 AND NOT EXISTS (
        SELECT 1 FROM pg_index i
        WHERE i.indrelid = k.conrelid AND i.indpred IS NULL AND i.indisvalid
          AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
      ORDER BY 4 DESC, 1, 2 ${limited}`,
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
  query: () => ({
    text: `SELECT c.oid::regclass::text AS object, pg_relation_size(c.oid) AS bytes
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${ownSchemas}
        AND NOT ${isOfExtension('pg_class', 'c.oid')}
        AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
      ORDER BY 2 DESC, 1 ${limited}`,
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
