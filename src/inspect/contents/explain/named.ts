import { loadModule, parseSync } from 'libpg-query';
import { isRecord } from '../../../values/values.js';

/** A name as it stands in a statement. Without a schema, the path decides what it means. */
export interface StatedName {
  schema?: string;
  name: string;
}

/** All that a statement names, and so all that planning it can run or read. */
export interface Named {
  kind: ExplainedKind;
  relations: readonly StatedName[];
  /** Names of functions, of the methods of samples too. */
  functions: readonly StatedName[];
  operators: readonly StatedName[];
  types: readonly StatedName[];
  /** Every word that can be a column, or a function in the notation of a column. */
  words: readonly string[];
  /** Names that the statement itself gives to its parts, which are no relations. */
  parts: readonly string[];
  /** Whether it takes columns that it does not name. */
  takesAll: boolean;
  /** The highest number of its parameters. */
  parameters: number;
}

const kinds = {
  SelectStmt: 'SELECT',
  InsertStmt: 'INSERT',
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
} as const;
export type ExplainedKind = (typeof kinds)[keyof typeof kinds];

/** In characters, of which one more is read: a text that was cut is not looked at. */
export const longestExplained = 20_000;

/** Reads what a statement names. A text where something else may be read into it has a reason instead. */
export async function namesOf(text: string): Promise<Named | { why: string }> {
  if (text.length > longestExplained) return { why: 'its text is too long' };
  // Where standard_conforming_strings is off, a backslash changes where a constant ends.
  if (/[\\\0]/.test(text)) return { why: 'its text holds a backslash, which servers read in two ways' };
  await loadModule();
  const statement = onlyStatement(text);
  if ('why' in statement) return statement;
  const found = emptyNames();
  walk(statement.node, found);
  const { refused, rows, ...named } = found;
  if (refused) return { why: refused };
  const tables = new Set([...found.parts, ...found.relations.map(({ name }) => name)]);
  return { ...named, kind: statement.kind, takesAll: found.takesAll || rows.some((name) => tables.has(name)) };
}

const notOne = 'its text does not parse as exactly one SELECT, INSERT, UPDATE, DELETE or MERGE';

function onlyStatement(text: string): { kind: ExplainedKind; node: unknown } | { why: string } {
  try {
    const { stmts = [] } = parseSync(text);
    const [[name, node] = ['']] = Object.entries(stmts[0]?.stmt ?? {});
    if (stmts.length !== 1 || !Object.hasOwn(kinds, name)) return { why: notOne };
    return { kind: kinds[name as keyof typeof kinds], node: { [name]: node } };
  } catch {
    return { why: notOne };
  }
}

interface Found extends Omit<Named, 'kind'> {
  relations: StatedName[];
  functions: StatedName[];
  operators: StatedName[];
  types: StatedName[];
  words: string[];
  parts: string[];
  /** The last names of columns, which may mean a whole row. */
  rows: string[];
  refused?: string;
}

const emptyNames = (): Found => ({
  relations: [],
  functions: [],
  // Sorting, joining by columns, IN, BETWEEN, LIKE and the like use these without naming them.
  operators: ['=', '<>', '<', '>', '<=', '>=', '~~', '!~~', '~~*', '!~~*'].map((name) => ({ name })),
  types: [],
  words: [],
  parts: [],
  rows: [],
  takesAll: false,
  parameters: 0,
});

/** Goes through the whole tree by the fields of its nodes, so that no kind of node can be forgotten. */
function walk(node: unknown, found: Found): void {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, found);
    return;
  }
  if (!isRecord(node)) return;
  for (const [key, value] of Object.entries(node)) {
    note(key, value, node, found);
    walk(value, found);
  }
}

function note(key: string, value: unknown, node: Readonly<Record<string, unknown>>, found: Found): void {
  const names = stringsOf(value);
  if (key === 'sval' && typeof value === 'string') found.words.push(value);
  if (key === 'name' && typeof value === 'string') found.words.push(value);
  if (key === 'number' && typeof value === 'number') found.parameters = Math.max(found.parameters, value);
  if (key === 'relname' && typeof value === 'string') noteRelation(node, found);
  if (key === 'funcname' || (key === 'method' && names.length > 0)) found.functions.push(statedName(names));
  if (['operName', 'useOp'].includes(key) || (key === 'name' && names.length > 0))
    found.operators.push(statedName(names));
  if (key === 'names' && 'typemod' in node) found.types.push(statedName(names));
  if (key === 'fields') found.rows.push(...names.slice(-1));
  if (key === 'ctename' || key === 'aliasname') found.parts.push(String(value));
  if (['A_Star', 'InsertStmt', 'MergeStmt'].includes(key) || (key === 'isNatural' && value === true))
    found.takesAll = true;
  if (key === 'intoClause') found.refused = 'it makes a table';
  if (key === 'pct_type' || key === 'opclass') found.refused ??= 'it names a type or a class by way of something else';
}

function noteRelation({ catalogname, schemaname, relname }: Readonly<Record<string, unknown>>, found: Found): void {
  if (catalogname !== undefined) found.refused ??= 'it names a table of another database';
  found.relations.push({
    name: String(relname),
    ...(typeof schemaname === 'string' && { schema: schemaname }),
  });
}

/** The parts of a name with dots. */
const stringsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap((each) => {
    const text = isRecord(each) && isRecord(each['String']) ? each['String']['sval'] : undefined;
    return typeof text === 'string' ? [text] : [];
  });

function statedName(names: readonly string[]): StatedName {
  const name = names.at(-1) ?? '';
  return names.length > 1 ? { schema: names.slice(0, -1).join('.'), name } : { name };
}
