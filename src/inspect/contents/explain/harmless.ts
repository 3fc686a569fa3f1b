import type { Query, Row } from '../../open-look.js';
import type { Named, StatedName } from './named.js';

/** A table or view that a statement names, as the server knows it. */
export interface KnownRelation {
  oid: number;
  /** With its schema, quoted by the server where it has to be. */
  name: string;
  mayRead: boolean;
}

/**
 * Looks up what planning a statement would run, before it is planned, with the path of the statement in force. Planning
 * runs functions: those of the statement, and those in what belongs to its tables. A reason where one of them could be
 * anything but a function of the system. What only a superuser can have made, a function in C, is not one that the
 * owner of a database slips in, so it counts in what belongs to a table, but no statement may name it.
 */
export async function requireHarmless(
  query: Query,
  named: Named,
): Promise<{ relations: readonly KnownRelation[] } | { why: string }> {
  const outside = [...named.functions, ...named.operators, ...named.types].find(isElsewhere);
  if (outside) return { why: `it names ${outside.schema}.${outside.name}, which is outside pg_catalog` };
  const running = named.functions.find(({ name }) => runsQueries.test(name));
  if (running) return { why: `it calls ${running.name}, which runs a query of its own` };
  const relations = await knownRelations(query, named);
  if ('why' in relations) return relations;
  const oids = relations.known.map(({ oid }) => oid);
  const fault =
    (await firstFault(query, { text: functionsText, values: [namesIn(named.functions), named.words] })) ??
    (await firstFault(query, { text: operatorsText, values: [namesIn(named.operators)] })) ??
    (await firstFault(query, { text: belongingsText, values: [oids] })) ??
    (await firstFault(query, {
      text: typesText,
      values: [oids, named.words, named.takesAll, namesIn(named.types)],
    }));
  return fault === undefined ? { relations: relations.known } : { why: fault };
}

const isElsewhere = ({ schema }: StatedName): boolean => schema !== undefined && schema !== 'pg_catalog';

/** A name that is written with pg_catalog means nothing else, but is looked up like the others. */
const namesIn = (names: readonly StatedName[]): string[] => [...new Set(names.map(({ name }) => name))];

/** They read tables and views by themselves, and some count as stable, so that planning runs them. */
const runsQueries = /^(?:query|cursor|table|schema|database)_to_xml|^ts_(?:stat|rewrite)$/;

async function firstFault(query: Query, statement: Parameters<Query>[0]): Promise<string | undefined> {
  const [row] = await query(statement);
  return row && String(row['fault']);
}

async function knownRelations(
  query: Query,
  { relations, parts }: Named,
): Promise<{ known: readonly KnownRelation[] } | { why: string }> {
  const rows = await query({
    text: relationsText,
    values: [relations.map(({ schema }) => schema ?? null), relations.map(({ name }) => name)],
  });
  const isPart = ({ schema, name }: Row) => schema === null && parts.includes(String(name));
  const lost = rows.find((row) => row['oid'] === null && !isPart(row));
  if (lost) return { why: `there is no ${String(lost['name'])} in this database on the path of its login` };
  return {
    known: rows
      .filter(({ oid }) => oid !== null)
      .map(({ oid, known, mayRead }) => ({ oid: Number(oid), name: String(known), mayRead: mayRead === true })),
  };
}

const relationsText = `
  SELECT DISTINCT g.schema, g.name, c.oid::int8 AS oid, format('%I.%I', n.nspname, c.relname) AS known,
    has_any_column_privilege(c.oid, 'SELECT') AS "mayRead"
  FROM unnest($1::text[], $2::text[]) AS g(schema, name)
    LEFT JOIN pg_class c ON c.oid =
      to_regclass(CASE WHEN g.schema IS NULL THEN format('%I', g.name) ELSE format('%I.%I', g.schema, g.name) END)
    LEFT JOIN pg_namespace n ON n.oid = c.relnamespace`;

const isOnPath = (schema: string) => `${schema} = ANY (current_schemas(true)) AND ${schema} <> 'pg_catalog'`;

/** Languages whose functions only a superuser can write. */
const trusted = `(SELECT l.oid FROM pg_language l WHERE l.lanname IN ('c', 'internal'))`;

/** A type such as that of an extension: what is of another type cannot become it unasked. */
const isForeignType = (oid: string) => `EXISTS (SELECT FROM pg_type ft JOIN pg_namespace fn ON fn.oid = ft.typnamespace
  WHERE ft.oid = ${oid} AND fn.nspname <> 'pg_catalog' AND ft.typtype = 'b' AND ft.typelem = 0)`;

/** Whether a superuser wrote what an aggregate calls. The aggregate itself counts as internal, whoever made it. */
const isTrustedAggregate = `(p.prokind <> 'a' OR NOT EXISTS (SELECT FROM pg_aggregate g
  JOIN pg_proc s ON s.oid IN (g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggmtransfn, g.aggmfinalfn)
  WHERE g.aggfnoid = p.oid AND s.prolang NOT IN ${trusted}))`;

/**
 * A function of another schema that has the name of one of the system, or a name in the notation of a column, can be
 * the one that is meant.
 */
const functionsText = `
  SELECT format('its function %s is not one of pg_catalog', g.name) AS fault
  FROM unnest($1::text[]) AS g(name)
  WHERE NOT EXISTS (SELECT FROM pg_proc p WHERE p.proname = g.name AND p.pronamespace = 'pg_catalog'::regnamespace)
  UNION ALL
  SELECT format('%s may mean the function %s.%s, which is outside pg_catalog', p.proname, n.nspname, p.proname)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE ${isOnPath('n.nspname')} AND (
    (p.proname = ANY ($1) AND NOT (p.prolang IN ${trusted} AND ${isTrustedAggregate}
      AND EXISTS (SELECT FROM unnest(p.proargtypes) AS a(oid) WHERE ${isForeignType('a.oid')})))
    OR (p.proname = ANY ($2) AND p.prokind = 'f' AND p.pronargs > 0
      AND EXISTS (SELECT FROM pg_type t WHERE t.oid = p.proargtypes[0] AND t.typtype IN ('c', 'p'))))
  LIMIT 1`;

const isTrustedFunction = (oid: string) =>
  `(${oid} = 0 OR EXISTS (SELECT FROM pg_proc tp WHERE tp.oid = ${oid} AND tp.prolang IN ${trusted}))`;

const operatorsText = `
  SELECT format('its operator %s is not one of pg_catalog', g.name) AS fault
  FROM unnest($1::text[]) AS g(name)
  WHERE g.name !~ 'BETWEEN'
    AND NOT EXISTS (SELECT FROM pg_operator o
      WHERE o.oprname = g.name AND o.oprnamespace = 'pg_catalog'::regnamespace)
  UNION ALL
  SELECT format('%s may mean an operator of %s, which is outside pg_catalog', o.oprname, n.nspname)
  FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
  WHERE ${isOnPath('n.nspname')} AND o.oprname = ANY ($1) AND NOT (
    (${isForeignType('o.oprleft')} OR ${isForeignType('o.oprright')})
    AND ${isTrustedFunction('o.oprcode')} AND ${isTrustedFunction('o.oprrest')} AND ${isTrustedFunction('o.oprjoin')})
  LIMIT 1`;

/** The tables and views with all that planning takes in: partitions, parents, and what is behind a view. */
const around = (oids: string) => `
  WITH RECURSIVE around(oid) AS (
    SELECT g.oid FROM unnest(${oids}::int8[]::oid[]) AS g(oid)
    UNION
    SELECT next.oid FROM around a CROSS JOIN LATERAL (
      SELECT i.inhrelid FROM pg_inherits i WHERE i.inhparent = a.oid
      UNION ALL SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = a.oid
      UNION ALL SELECT d.refobjid FROM pg_rewrite r
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE r.ev_class = a.oid AND d.refclassid = 'pg_class'::regclass
    ) AS next(oid)
  )`;

/** Functions and operators in defaults, constraints, indexes, policies, rules, statistics and keys of partitions. */
const belongingsText = `
  ${around('$1')}, belongings(class, oid) AS (
    SELECT 'pg_class'::regclass, a.oid FROM around a
    UNION ALL SELECT 'pg_class'::regclass, i.indexrelid FROM pg_index i JOIN around a ON a.oid = i.indrelid
    UNION ALL SELECT 'pg_attrdef'::regclass, d.oid FROM pg_attrdef d JOIN around a ON a.oid = d.adrelid
    UNION ALL SELECT 'pg_constraint'::regclass, c.oid FROM pg_constraint c JOIN around a ON a.oid = c.conrelid
    UNION ALL SELECT 'pg_rewrite'::regclass, r.oid FROM pg_rewrite r JOIN around a ON a.oid = r.ev_class
    UNION ALL SELECT 'pg_policy'::regclass, p.oid FROM pg_policy p JOIN around a ON a.oid = p.polrelid
    UNION ALL SELECT 'pg_statistic_ext'::regclass, s.oid FROM pg_statistic_ext s JOIN around a ON a.oid = s.stxrelid
  )
  SELECT format('%s is a foreign table, which another server would be asked about', c.relname) AS fault
  FROM around a JOIN pg_class c ON c.oid = a.oid WHERE c.relkind = 'f'
  UNION ALL
  SELECT format('the function %s.%s, which is outside pg_catalog, belongs to a table of it', n.nspname, p.proname)
  FROM belongings b JOIN pg_depend d ON d.classid = b.class AND d.objid = b.oid
    LEFT JOIN pg_operator o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
    JOIN pg_proc p ON p.oid IN (d.refobjid, o.oprcode, o.oprrest, o.oprjoin)
      AND (d.refclassid = 'pg_proc'::regclass OR o.oid IS NOT NULL)
    JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname <> 'pg_catalog' AND p.prolang NOT IN ${trusted}
  LIMIT 1`;

/**
 * Types of the columns that it takes and of its casts, through arrays and domains to their ground: only those of the
 * system and enumerations run nothing else. Casts that somebody made between them do.
 */
const typesText = `
  ${around('$1')}, cast_names(name, oid) AS (
    SELECT g.name, to_regtype(CASE WHEN g.name = 'char' THEN '"char"' ELSE format('%I', g.name) END)::oid
    FROM unnest($4::text[]) AS g(name)
  ), used(oid) AS (
    SELECT t.atttypid FROM pg_attribute t JOIN around a ON a.oid = t.attrelid
    WHERE t.attnum > 0 AND NOT t.attisdropped AND ($3::bool OR t.attname = ANY ($2))
    UNION SELECT c.oid FROM cast_names c
  ), parts(oid) AS (
    SELECT u.oid FROM used u
    UNION
    SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
    FROM parts p JOIN pg_type t ON t.oid = p.oid
    WHERE t.typtype = 'd' OR (t.typcategory = 'A' AND t.typelem <> 0)
  )
  SELECT format('there is no type %s on the path of its login', c.name) AS fault
  FROM cast_names c WHERE c.oid IS NULL
  UNION ALL
  SELECT format('it uses the type %s.%s, which is outside pg_catalog', n.nspname, t.typname)
  FROM parts p JOIN pg_type t ON t.oid = p.oid JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname <> 'pg_catalog' AND t.typtype NOT IN ('e', 'd') AND NOT (t.typcategory = 'A' AND t.typelem <> 0)
  UNION ALL
  SELECT format('the function %s.%s, which is outside pg_catalog, belongs to a type of it', f.nspname, q.proname)
  FROM parts p JOIN pg_constraint c ON c.contypid = p.oid
    JOIN pg_depend d ON d.classid = 'pg_constraint'::regclass AND d.objid = c.oid
      AND d.refclassid = 'pg_proc'::regclass
    JOIN pg_proc q ON q.oid = d.refobjid JOIN pg_namespace f ON f.oid = q.pronamespace
  WHERE f.nspname <> 'pg_catalog'
  UNION ALL
  SELECT format('a cast from %s to %s runs a function outside pg_catalog',
    format_type(k.castsource, NULL), format_type(k.casttarget, NULL))
  FROM pg_cast k JOIN pg_proc q ON q.oid = k.castfunc
  WHERE q.pronamespace <> 'pg_catalog'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_type t WHERE t.oid IN (k.castsource, k.casttarget)
      AND t.typnamespace <> 'pg_catalog'::regnamespace AND t.oid NOT IN (SELECT p.oid FROM parts p))
  LIMIT 1`;
