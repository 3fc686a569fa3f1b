import { parseSync } from 'libpg-query';
import { isRecord } from '../../../values/values.js';
import type { ServerFacts } from '../../check.js';
import { textOf } from '../../checks/reading.js';
import type { Query } from '../../open-look.js';
import type { PlanStep } from './plan.js';
import type { PlanFinding } from './plan-rules.js';

/** What a plan would cost with an index that does not exist. */
export interface IndexTrial {
  /** For an owner to run. The server quoted the names in it. */
  statement: string;
  before: number;
  after: number;
}

/** The extension that lets the planner believe in an index. */
const hypopg = 'hypopg';

/** An index on more columns is seldom the one that is missing. */
const mostColumns = 3;

interface Trial {
  findings: readonly PlanFinding[];
  steps: readonly PlanStep[];
  /** Plans the statement again. */
  explain: () => Promise<readonly PlanStep[]>;
}

/**
 * Tries an index on what a filter compares, where a whole table is read and the extension is there. The index is in the
 * memory of this connection alone, which is closed afterwards. Undefined where nothing was tried or nothing is won.
 */
export async function tryIndex(
  query: Query,
  { extensions }: ServerFacts,
  { findings, steps, explain }: Trial,
): Promise<IndexTrial | undefined> {
  const home = extensions.get(hypopg)?.schema;
  const scan = findings.find(({ rule }) => rule === 'whole_table')?.step;
  const filter = scan?.conditions.find(({ kind }) => kind === 'Filter')?.text;
  if (home === undefined || !scan || filter === undefined) return undefined;
  const columns = comparedColumns(filter).slice(0, mostColumns);
  if (columns.length === 0) return undefined;
  const [made] = await query({ text: indexText(home), values: [scan.schema, scan.relation, columns] });
  const statement = textOf(made, 'statement');
  if (statement === undefined) return undefined;
  const tried = await explain();
  const [before, after] = [steps[0]?.cost ?? 0, tried[0]?.cost ?? 0];
  return after < before ? { statement, before, after } : undefined;
}

/** The names are those of the catalogue, found by the names that the plan has, and the server quotes them. */
const indexText = (home: string) => `
  WITH wanted AS (
    SELECT format('%I.%I', n.nspname, c.relname) AS "table",
      string_agg(format('%I', a.attname), ', ' ORDER BY array_position($3::text[], a.attname::text)) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'm') AND a.attname::text = ANY ($3)
      AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY n.nspname, c.relname
  )
  SELECT format('CREATE INDEX CONCURRENTLY ON %s (%s);', w."table", w.columns) AS statement
  FROM wanted w CROSS JOIN LATERAL
    ${home}.hypopg_create_index(format('CREATE INDEX ON %s (%s)', w."table", w.columns)) AS made`;

/** Columns that a filter compares with what is no column: first those with equality, then those with an order. */
function comparedColumns(filter: string): string[] {
  try {
    const { stmts = [] } = parseSync(`SELECT ${filter}`);
    const compared = conjuncts(stmts).flatMap(columnIn);
    return [...new Set([true, false].flatMap((isEqual) => compared.filter((each) => each.isEqual === isEqual)))].map(
      ({ name }) => name,
    );
  } catch {
    return [];
  }
}

type Node = Readonly<Record<string, unknown>>;

/** Comparisons that all have to hold. What stands under OR or NOT is left out. */
function conjuncts(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(conjuncts);
  if (!isRecord(node)) return [];
  if (isRecord(node['A_Expr'])) return [node['A_Expr']];
  const { BoolExpr: logic } = node;
  if (isRecord(logic)) return logic['boolop'] === 'AND_EXPR' ? conjuncts(logic['args']) : [];
  return Object.values(node).flatMap(conjuncts);
}

function columnIn({ name, lexpr, rexpr }: Node): { name: string; isEqual: boolean }[] {
  const operator = lastString(name);
  const sides = [lexpr, rexpr].map(columnOf);
  const [column, ...others] = sides.filter((side) => side !== undefined);
  if (column === undefined || others.length > 0) return [];
  return ['=', '<', '>', '<=', '>='].includes(operator ?? '') ? [{ name: column, isEqual: operator === '=' }] : [];
}

/** The column itself, or as the text that the planner takes it for. */
function columnOf(node: unknown): string | undefined {
  if (!isRecord(node)) return undefined;
  if (isRecord(node['ColumnRef'])) return lastString(node['ColumnRef']['fields']);
  return isRecord(node['TypeCast']) ? columnOf(node['TypeCast']['arg']) : undefined;
}

function lastString(list: unknown): string | undefined {
  const last: unknown = Array.isArray(list) ? list.at(-1) : undefined;
  const text = isRecord(last) && isRecord(last['String']) ? last['String']['sval'] : undefined;
  return typeof text === 'string' ? text : undefined;
}
