import type { ServerFacts } from '../check.js';
import { ownSchemas } from '../checks/objects.js';
import { numberOf, textOf, timeOf } from '../checks/reading.js';
import { LookError } from '../look-error.js';
import type { Query, Row } from '../open-look.js';

/** What tables can be sorted by. */
export const relationOrders = ['size', 'dead', 'scanned'] as const;
export type RelationOrder = (typeof relationOrders)[number];

/** A table or materialized view, with its indexes. Times are epoch milliseconds. */
export interface Relation {
  /** With its schema, quoted by the server where it has to be. */
  name: string;
  isMaterializedView: boolean;
  /** With its indexes and long values. */
  bytes: number;
  /** Somebody has it to himself, or wants to, so that its size is that of its last vacuum or analysis. */
  isLocked: boolean;
  liveRows: number;
  deadRows: number;
  bloat?: Bloat;
  vacuumed?: number;
  analysed?: number;
  sequentialScans: number;
  /** Rows that were read by these scans. */
  scannedRows: number;
  indexes: readonly RelationIndex[];
}

export interface RelationIndex {
  name: string;
  /** Of columns by their names. Expressions are told as such, since constants stand in them. */
  columns: readonly string[];
  bytes: number;
  scans: number;
  lastScan?: number;
  isUnique: boolean;
  isValid: boolean;
  isPartial: boolean;
}

/** How much of a table is likely to be empty, or why nobody can tell. */
export type Bloat = { bytes: number; percent: number } | { unknown: 'hidden' | 'never analysed' };

export interface SeenRelations {
  relations: readonly Relation[];
  /** Of all that fit, on whatever page. */
  count: number;
  /** The sizes are those of the last vacuum or analysis, since to measure them took too long. */
  isOfCatalogue: boolean;
}

export interface RelationsPage {
  schema?: string;
  /** Part of the name. */
  name?: string;
  by: RelationOrder;
  offset: number;
  limit: number;
}

/** SQLSTATE of a statement that took too long, and of one that waited for a lock for too long. */
const tookTooLong = new Set(['57014', '55P03']);

export async function readRelations(query: Query, facts: ServerFacts, page: RelationsPage): Promise<SeenRelations> {
  const { schema = null, name = null, by, offset, limit } = page;
  const read = async (isOfCatalogue: boolean) => {
    const text = relationsText(facts, { by, isOfCatalogue });
    const rows = await query({ text, values: [schema, name, limit, offset] });
    // Each row counts all. Where a page begins after the last of them, the first one is asked.
    const [counted] = rows.length > 0 || offset === 0 ? rows : await query({ text, values: [schema, name, 1, 0] });
    return { relations: rows.map(relationOf), count: numberOf(counted, 'count') ?? 0, isOfCatalogue };
  };
  try {
    return await read(false);
  } catch (error) {
    if (!(error instanceof LookError) || !tookTooLong.has(error.code ?? '')) throw error;
    return read(true);
  }
}

const blockSize = `current_setting('block_size')::bigint`;

/** The size as of the last vacuum or analysis, which needs no lock. */
const toldBytes = `${blockSize} * (c.relpages
  + coalesce((SELECT t.relpages FROM pg_class t WHERE t.oid = c.reltoastrelid), 0)
  + coalesce((SELECT sum(x.relpages) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE i.indrelid = c.oid), 0))`;

interface Measured {
  by: RelationOrder;
  isOfCatalogue: boolean;
}

const orders: Readonly<Record<RelationOrder, string>> = {
  size: 'bytes',
  dead: 'pg_stat_get_dead_tuples(c.oid)',
  scanned: 'pg_stat_get_tuples_returned(c.oid)',
};

/** To measure a table waits for whoever has it, or one of its indexes, to himself, and for whoever waits for that. */
const relationsText = ({ major }: ServerFacts, { by, isOfCatalogue }: Measured) => `
  WITH locked AS (
    SELECT coalesce(i.indrelid, t.oid, l.relation) AS oid
    FROM pg_locks l LEFT JOIN pg_index i ON i.indexrelid = l.relation
      LEFT JOIN pg_class t ON t.reltoastrelid = l.relation
    WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())),
  page AS (
    SELECT * FROM (
      SELECT c.oid, c.relname, c.relkind, c.relpages, c.reltuples, c.reloptions, n.nspname,
        count(*) OVER () AS count, c.oid IN (SELECT k.oid FROM locked k) AS "isLocked",
        ${orders[by] === 'bytes' ? '0::bigint' : orders[by]} AS counted,
        ${
          isOfCatalogue
            ? toldBytes
            : `CASE WHEN c.oid IN (SELECT k.oid FROM locked k) THEN ${toldBytes}
          ELSE pg_total_relation_size(c.oid) END`
        } AS bytes
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND ${ownSchemas}
        AND ($1::text IS NULL OR n.nspname = $1::text)
        AND ($2::text IS NULL OR position(lower($2::text) IN lower(c.relname)) > 0)) found
    ORDER BY counted DESC, bytes DESC NULLS LAST, oid LIMIT $3 OFFSET $4)
  SELECT quote_ident(p.nspname) || '.' || quote_ident(p.relname) AS name, p.relkind = 'm' AS "isMaterializedView",
    p.count, p.bytes, p."isLocked", p.relpages AS pages, p.reltuples AS "plannedRows", ${blockSize} AS "blockSize",
    s.n_live_tup AS live, s.n_dead_tup AS dead, s.seq_scan AS "sequentialScans", s.seq_tup_read AS "scannedRows",
    greatest(s.last_vacuum, s.last_autovacuum) AS vacuumed, greatest(s.last_analyze, s.last_autoanalyze) AS analysed,
    (SELECT o.option_value FROM pg_options_to_table(p.reloptions) o WHERE o.option_name = 'fillfactor') AS "fillFactor",
    (SELECT sum((1 - w.null_frac) * w.avg_width) FROM pg_stats w
      WHERE w.schemaname = p.nspname AND w.tablename = p.relname AND NOT w.inherited) AS width,
    NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = p.oid AND a.attnum > 0 AND NOT a.attisdropped
      AND NOT has_column_privilege(p.oid, a.attnum, 'SELECT')) AS "isReadable",
    (SELECT json_agg(json_build_object('name', x.relname, 'isUnique', i.indisunique, 'isValid', i.indisvalid,
        'isPartial', i.indpred IS NOT NULL, 'scans', pg_stat_get_numscans(i.indexrelid),
        'bytes', ${isOfCatalogue ? 'NULL::bigint' : 'CASE WHEN NOT p."isLocked" THEN pg_relation_size(x.oid) END'},
        'pages', x.relpages, 'lastScan', ${lastScan(major)},
        'columns', ARRAY(SELECT coalesce(a.attname::text, '(expression)')
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, at)
            LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number <> 0
          ORDER BY k.at)) ORDER BY x.relname)
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = p.oid) AS indexes
  FROM page p LEFT JOIN pg_stat_all_tables s ON s.relid = p.oid
  ORDER BY p.counted DESC, p.bytes DESC NULLS LAST, p.oid`;

const lastScan = (major: number) =>
  major >= 16 ? 'extract(epoch FROM pg_stat_get_lastscan(i.indexrelid)) * 1000' : 'NULL::float8';

function relationOf(row: Row): Relation {
  const number = (name: string) => numberOf(row, name) ?? 0;
  const indexes = Array.isArray(row['indexes']) ? (row['indexes'] as Row[]) : [];
  return {
    name: textOf(row, 'name') ?? '',
    isMaterializedView: row['isMaterializedView'] === true,
    bytes: number('bytes'),
    isLocked: row['isLocked'] === true,
    liveRows: number('live'),
    deadRows: number('dead'),
    bloat: bloatOf({
      rows: number('plannedRows'),
      pages: number('pages'),
      width: numberOf(row, 'width'),
      fillFactor: numberOf(row, 'fillFactor'),
      blockSize: number('blockSize'),
      isReadable: row['isReadable'] === true,
    }),
    vacuumed: timeOf(row, 'vacuumed'),
    analysed: timeOf(row, 'analysed'),
    sequentialScans: number('sequentialScans'),
    scannedRows: number('scannedRows'),
    indexes: indexes.map((index) => indexOf(index, number('blockSize'))),
  };
}

const indexOf = (row: Row, block: number): RelationIndex => ({
  name: textOf(row, 'name') ?? '',
  columns: Array.isArray(row['columns']) ? row['columns'].map(String) : [],
  bytes: numberOf(row, 'bytes') ?? block * (numberOf(row, 'pages') ?? 0),
  scans: numberOf(row, 'scans') ?? 0,
  lastScan: numberOf(row, 'lastScan'),
  isUnique: row['isUnique'] === true,
  isValid: row['isValid'] === true,
  isPartial: row['isPartial'] === true,
});

export interface StoredRows {
  /** Rows and pages as of the last vacuum or analysis. */
  rows: number;
  pages: number;
  /** The mean width of a row's values, where the statistics of all columns can be seen. */
  width?: number;
  /** In percent. */
  fillFactor?: number;
  blockSize: number;
  isReadable: boolean;
}

/** A page has a header, and each row has one and a pointer to it. */
const headers = { page: 24, row: 24 + 4 };
/** Below this many pages, an estimate says nothing. */
const leastPages = 128;
const alignment = 8;

/** Estimates the empty part of a table by how many pages its rows would take. Undefined where a table is too small. */
export function bloatOf({ rows, pages, width, fillFactor = 100, blockSize: block, isReadable }: StoredRows) {
  if (pages < leastPages) return undefined;
  if (!isReadable) return { unknown: 'hidden' } satisfies Bloat;
  if (width === undefined || rows < 0) return { unknown: 'never analysed' } satisfies Bloat;
  const row = headers.row + Math.ceil(width / alignment) * alignment;
  const needed = Math.ceil((rows * row) / (((block - headers.page) * fillFactor) / 100));
  const spare = Math.max(0, pages - needed);
  return { bytes: spare * block, percent: (100 * spare) / pages } satisfies Bloat;
}
