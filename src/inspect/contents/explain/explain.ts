import type { ServerFacts } from '../../check.js';
import { numberOf, textOf } from '../../checks/reading.js';
import { LookError } from '../../look-error.js';
import { powersOf, type Query, type Row } from '../../open-look.js';
import { statementsViewOf } from '../../statements-view.js';
import { withGrant } from '../statements.js';
import { type KnownRelation, requireHarmless } from './harmless.js';
import { type IndexTrial, tryIndex } from './hypothetical-index.js';
import { type ExplainedKind, longestExplained, namesOf } from './named.js';
import { type PlanStep, stepsOf } from './plan.js';
import { judgePlan, type PlanFinding, type PlannedTable } from './plan-rules.js';

/** What a caller asks about: a statement that the server has counted, and values for its parameters. */
export interface ExplainQuestion {
  queryId: string;
  values?: readonly string[];
}

/** The plan of a statement, and what is wrong with it. */
export interface ExplainedStatement {
  login: string;
  calls: number;
  /** Milliseconds. */
  mean: number;
  /** The whole text as the server has it. It is never shown as it is. */
  rawStatement: string;
  /** Whether the plan is that for any values, or for those that were given. */
  isGeneric: boolean;
  steps: readonly PlanStep[];
  findings: readonly PlanFinding[];
  /** What an index would change, where one could be tried. */
  trial?: IndexTrial;
}

/** Why there is no plan. `extension` where nothing counts statements at all. */
export type NotExplained = { why: string } | { extension: true };

/** The first version that can be told to plan without values. */
const genericSince = 12;

/**
 * Explains a statement, without running it. It is the one place where a text is asked that is not fixed in this code:
 * it comes from the server's own view, and nothing of the caller is in it. Throws a `LookError`.
 */
export async function explainStatement(
  query: Query,
  facts: ServerFacts,
  { queryId, values }: ExplainQuestion,
): Promise<ExplainedStatement | NotExplained> {
  const powers = await powersOf(query);
  // A plan runs functions with the rights of the role, whatever the connection allows for fixed texts.
  if (powers.length > 0) return { why: `the role ${facts.role.quoted} is ${powers.join(', ')}, and plans run as it` };
  const counted = await countedStatement(query, facts, queryId);
  if ('extension' in counted || 'why' in counted) return counted;
  const { text, login, calls, mean } = counted;
  const named = await namesOf(text);
  if ('why' in named) return named;
  const wrong = wrongValues(named.parameters, facts.major, values);
  if (wrong !== undefined) return { why: wrong };
  await query({ text: pathText, values: [login, facts.database] });
  const harmless = await requireHarmless(query, named);
  if ('why' in harmless) return harmless;
  // Each plan has a name of its own, since the server keeps the first plan of a name.
  const ask = async (name: string) => {
    if (!values) await prepare(query, { name, text }, facts);
    const rows = await query(values ? { text: `${explain} ${text}`, values } : executed(name, named.parameters));
    return stepsOf(rows[0]?.['QUERY PLAN']);
  };
  try {
    const steps = await ask('pgfleet_explained');
    const tables = await plannedTables(query, steps);
    const judged = { steps, tables, ...memoryOf(facts), tempBytes: counted.tempBytes };
    const findings = judgePlan({ ...judged, meanRows: named.kind === 'SELECT' ? counted.meanRows : undefined });
    const trial = await tryIndex(query, facts, { findings, steps, explain: () => ask('pgfleet_explained_again') });
    return { login, calls, mean, rawStatement: text, isGeneric: !values, steps, findings, trial };
  } catch (error) {
    return { why: whyNot(error, named.kind, harmless.relations, facts) };
  }
}

interface CountedText {
  text: string;
  login: string;
  calls: number;
  mean: number;
  meanRows: number;
  tempBytes: number;
}

async function countedStatement(
  query: Query,
  facts: ServerFacts,
  queryId: string,
): Promise<CountedText | NotExplained> {
  const view = statementsViewOf(facts);
  if (!view) return { extension: true };
  const text = `
    SELECT s.query AS text, pg_get_userbyid(s.userid)::text AS login, d.datname::text AS database, s.calls,
      s.${view.mean} AS mean, s.rows / greatest(s.calls, 1)::float8 AS "meanRows",
      s.temp_blks_written * current_setting('block_size')::int8 AS "tempBytes"
    FROM ${view.name} s LEFT JOIN pg_database d ON d.oid = s.dbid
    WHERE s.queryid = $1::text::int8
    ORDER BY d.datname IS NOT DISTINCT FROM current_database() DESC, d.datname IS NOT NULL DESC, s.${view.total} DESC
    LIMIT 1`;
  const [row] = await query({ text, values: [queryId] }).catch((error: unknown): never => {
    throw withGrant(error, facts);
  });
  const unseen = facts.role.isMonitor ? '' : `, or it is hidden from ${facts.role.quoted}, which is no pg_monitor`;
  if (!row) return { why: `no statement of this id is counted${unseen}; list_statements tells those that are` };
  const database = textOf(row, 'database');
  if (database !== facts.database)
    return { why: `it ran in the database ${database ?? 'that is gone'}, and the connection is to ${facts.database}` };
  return counted(row);
}

function counted(row: Row): CountedText {
  const number = (name: string) => numberOf(row, name) ?? 0;
  return {
    // One character more than is looked at, so that a longer text is known.
    text: (textOf(row, 'text') ?? '').slice(0, longestExplained + 1),
    login: textOf(row, 'login') ?? '',
    calls: number('calls'),
    mean: number('mean'),
    meanRows: number('meanRows'),
    tempBytes: number('tempBytes'),
  };
}

function wrongValues(parameters: number, major: number, values?: readonly unknown[]): string | undefined {
  const isNeeded = parameters > 0 && major < genericSince;
  if (values ? values.length === parameters : !isNeeded) return undefined;
  const has = parameters === 1 ? 'one parameter' : `${parameters} parameters`;
  return values
    ? `its text has ${has}, and values are given for ${values.length}`
    : `before PostgreSQL ${genericSince} a plan takes values, and its text has ${has}`;
}

const explain = 'EXPLAIN (FORMAT JSON, VERBOSE)';

/**
 * The plan for any values. GENERIC_PLAN would need the simple protocol, which takes several statements at once, or
 * values, which it would plan for. So the text is prepared by itself and never run, and the plan of that is asked.
 */
async function prepare(
  query: Query,
  { name, text }: { name: string; text: string },
  { major }: ServerFacts,
): Promise<void> {
  if (major >= genericSince) await query({ text: "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)" });
  await query({ text, prepareAs: name });
}

const executed = (name: string, parameters: number) => {
  const nothing = Array.from({ length: parameters }, () => 'NULL').join(', ');
  return { text: `${explain} EXECUTE ${name}${nothing && ` (${nothing})`}` };
};

/** For the transaction: the path of the login that ran it, with its own name for the schema of its own. */
const pathText = `
  SELECT set_config('search_path', regexp_replace(coalesce((
      SELECT substr(c.setting, length('search_path=') + 1)
      FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS c(setting)
        LEFT JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase
      WHERE starts_with(c.setting, 'search_path=') AND (s.setrole = 0 OR r.rolname = $1::text)
        AND (s.setdatabase = 0 OR d.datname = $2::text)
      ORDER BY s.setrole <> 0 AND s.setdatabase <> 0 DESC, s.setrole <> 0 DESC, s.setdatabase <> 0 DESC LIMIT 1
    ), '"$user", public'), '"?[$]user"?', replace(quote_ident($1::text), '\\', '\\\\')), true)`;

const bytesPerKilobyte = 1_024;

function memoryOf({ settings }: ServerFacts): { sortMemory: number; hashMemory: number } {
  const sortMemory = Number(settings.get('work_mem') ?? 4_096) * bytesPerKilobyte;
  return { sortMemory, hashMemory: sortMemory * Number(settings.get('hash_mem_multiplier') ?? 1) };
}

async function plannedTables(query: Query, steps: readonly PlanStep[]): Promise<readonly PlannedTable[]> {
  const used = steps.filter(({ relation, schema }) => relation !== undefined && schema !== undefined);
  const values = [used.map(({ schema }) => schema), used.map(({ relation }) => relation)];
  const rows = await query({ text: tablesText, values });
  return rows.map((row) => ({
    schema: textOf(row, 'schema') ?? '',
    name: textOf(row, 'name') ?? '',
    quoted: textOf(row, 'quoted') ?? '',
    rows: numberOf(row, 'rows') ?? -1,
    changed: numberOf(row, 'changed') ?? 0,
    isAnalysed: row['isAnalysed'] === true,
  }));
}

const tablesText = `
  SELECT DISTINCT n.nspname::text AS schema, c.relname::text AS name, format('%I.%I', n.nspname, c.relname) AS quoted,
    c.reltuples AS rows, coalesce(t.n_mod_since_analyze, 0) AS changed,
    coalesce(t.last_analyze, t.last_autoanalyze) IS NOT NULL AS "isAnalysed"
  FROM unnest($1::text[], $2::text[]) AS g(schema, name)
    JOIN pg_namespace n ON n.nspname = g.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = g.name
    LEFT JOIN pg_stat_all_tables t ON t.relid = c.oid`;

/** SQLSTATE of a right that is missing. */
const insufficientPrivilege = '42501';

/** Rights to change rows are none for a role that looks, so only the right to read is written down. */
function whyNot(
  error: unknown,
  kind: ExplainedKind,
  relations: readonly KnownRelation[],
  { role }: ServerFacts,
): string {
  if (!(error instanceof LookError) || error.isFinal) throw error;
  const said = error.message.replace(/\.$/, '');
  if (error.code !== insufficientPrivilege) return said;
  const unread = relations.filter(({ mayRead }) => !mayRead).map(({ name }) => name);
  if (kind !== 'SELECT' || unread.length === 0)
    return `${said}: a plan takes the rights that the statement takes, and a role that looks should not have them`;
  return `${said}. An owner lets it be explained with: GRANT SELECT ON ${unread.join(', ')} TO ${role.quoted};`;
}
