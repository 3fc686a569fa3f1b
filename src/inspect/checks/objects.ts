import { mostLookedAt } from '../check.js';

/** Schemas of the database's own, of the table `n`: neither the system's nor those of temporary tables. */
export const ownSchemas = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'`;

/** Whether an object belongs to an extension, so that its owner cannot change it. */
export const isOfExtension = (catalogue: string, oid: string) =>
  `EXISTS (SELECT 1 FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/**
 * The beginning of a query about tables, of the kinds given: the largest ones, by their size as of the last vacuum or
 * analysis, and what somebody has to himself. To measure that would wait for whoever has it.
 */
export const largestTables = (kinds: string) => `WITH largest AS (
    SELECT c.oid, c.relkind, c.relpages, c.relispartition FROM pg_class c
    WHERE c.relkind IN (${kinds}) AND c.oid >= 16384 AND c.relpersistence <> 't'
    ORDER BY c.relpages DESC, c.oid LIMIT ${mostLookedAt.tables}), ${lockedRelations}`;

export const lockedRelations = `locked AS (
    SELECT l.relation AS oid FROM pg_locks l
    WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))`;

/** The bytes of a relation, or what the catalogue tells of one that is locked. */
export const bytesOf = (oid: string, pages: string) => `CASE WHEN ${oid} IN (SELECT k.oid FROM locked k)
    THEN ${pages}::bigint * current_setting('block_size')::bigint ELSE pg_relation_size(${oid}) END`;
