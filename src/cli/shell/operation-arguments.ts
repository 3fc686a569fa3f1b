import { isSecretReference } from '../../define/index.js';
import type { ToolEntry } from '../../server/catalog.js';
import { nearestTo } from '../../values/nearest.js';
import { isRecord, type Values } from '../../values/values.js';

/** Thrown when words of the command line cannot be arguments of the operation. Nothing was asked. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The part of an entry that tells its arguments. */
export type TakingArguments = Pick<ToolEntry, 'name' | 'inputSchema'>;

interface Property {
  type?: string;
  items?: unknown;
  properties?: Readonly<Record<string, unknown>>;
  writeOnly?: boolean;
  description?: string;
  enum?: readonly unknown[];
}

/**
 * Reads the arguments of an operation from the words of a command line: `--name value` for each, in the spelling of the
 * operation or with hyphens, or all as one JSON object. The operation itself checks what the values are.
 */
export function operationArguments(
  { name: operation, inputSchema }: TakingArguments,
  words: readonly string[],
): Values {
  const properties = propertiesOf(inputSchema);
  const args: Values = {};
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('--')) {
      Object.assign(args, objectIn(word));
      continue;
    }
    const [flag = '', ...rest] = word.slice(2).split('=');
    const name = argumentNamed(flag, operation, Object.keys(properties));
    const property = properties[name] ?? {};
    const next = words[index + 1];
    const isTaken = rest.length === 0 && takesNext(property, next);
    if (isTaken) index += 1;
    const text = rest.length > 0 ? rest.join('=') : isTaken ? next : undefined;
    args[name] = valueOf(text, property, { name, before: args[name] });
  }
  return args;
}

/** The paths of secrets whose values stand in the arguments, where only references may be. */
export function clearSecrets({ inputSchema }: TakingArguments, args: Values): string[] {
  return secretsIn({ properties: propertiesOf(inputSchema) }, args, '');
}

/** The same spelling for `dbInstanceId`, `db-instance-id` and `db_instance_id`. */
export const spelling = (name: string): string => name.replace(/[-_]/g, '').toLowerCase();

/** As an option is written: `--db-instance-id`. */
export const optionOf = (name: string): string =>
  `--${name.replaceAll('_', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The arguments of an operation with their schemas. */
export const propertiesOf = ({ properties = {} }: ToolEntry['inputSchema']): Record<string, Property> =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, isRecord(schema) ? schema : {}]));

function argumentNamed(flag: string, operation: string, names: readonly string[]): string {
  const name = names.find((each) => spelling(each) === spelling(flag));
  if (name !== undefined) return name;
  const near = nearestTo(
    flag,
    names.map(optionOf).map((option) => option.slice(2)),
  );
  const meant =
    near === undefined ? `"pgfleet tools ${operation}" shows those that it takes.` : `Did you mean --${near}?`;
  throw new UsageError(`${operation} has no argument --${flag}. ${meant}`);
}

/** A switch takes the word that follows only if it says yes or no. */
const takesNext = ({ type }: Property, next: string | undefined): boolean =>
  type === 'boolean' ? next === 'true' || next === 'false' : next !== undefined && !next.startsWith('--');

function valueOf(
  text: string | undefined,
  { type }: Property,
  { name, before }: { name: string; before: unknown },
): unknown {
  if (type === 'boolean') return text === undefined || text === 'true' ? true : text === 'false' ? false : text;
  if (text === undefined) throw new UsageError(`${optionOf(name)} needs a value.`);
  if (type !== 'array' || text.trimStart().startsWith('[')) return text;
  return [...(Array.isArray(before) ? before : []), text];
}

function objectIn(word: string): Values {
  const hint = 'write arguments as --name value, or all of them as one JSON object';
  try {
    const value: unknown = JSON.parse(word);
    if (isRecord(value)) return value;
  } catch {
    // What is no JSON is no object either.
  }
  throw new UsageError(`A word of the command line is neither an argument nor an object: ${hint}.`);
}

function secretsIn(schema: Property, value: unknown, path: string): string[] {
  if (schema.writeOnly) return typeof value === 'string' && isSecretReference(value) ? [] : [path];
  const parsed = typeof value === 'string' ? parsedOr(value) : value;
  if (Array.isArray(parsed))
    return parsed.flatMap((item) => (isRecord(schema.items) ? secretsIn(schema.items, item, path) : []));
  if (!isRecord(parsed)) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    isRecord(inner) && parsed[name] !== undefined
      ? secretsIn(inner, parsed[name], path === '' ? name : `${path}.${name}`)
      : [],
  );
}

/** Lists and objects are often written as their JSON. */
function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Operations are called by their own names here, and a yes comes from the terminal or the page. */
const needless: ReadonlySet<string> = new Set(['run_operation', 'run_read_operation', 'confirm_operation']);

/** Whether the shell has an operation: all but those that only stand for another call. */
export const callsByName = ({ name }: Pick<ToolEntry, 'name'>): boolean => !needless.has(name);
