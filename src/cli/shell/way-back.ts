import type { AuditLine } from '../../call/audit/line.js';
import type { ToolEntry } from '../../server/catalog.js';
import { isRecord, type Values } from '../../values/values.js';
import { optionOf, propertiesOf, type TakingArguments } from './operation-arguments.js';

/** The call that leads back from a recorded one. */
export interface WayBack {
  operation: string;
  arguments: Values;
  /** What it needs beside these arguments, which the record does not tell. */
  missing: readonly string[];
}

/**
 * Prepares the call that leads back: the same with the values before, where the record has them all, or else the
 * operation that the way back of its declaration names. Undefined where neither is known.
 */
export function wayBack(
  line: Pick<AuditLine, 'tool' | 'provider' | 'arguments' | 'changes'>,
  undo: string,
  operations: readonly Pick<ToolEntry, 'name' | 'inputSchema'>[],
): WayBack | undefined {
  const entryOf = (name: string) => operations.find((entry) => entry.name === name);
  const given = isRecord(line.arguments) ? line.arguments : {};
  const same = entryOf(line.tool);
  const before = valuesBefore(line.changes, given);
  if (same && before) return fitted(same, { ...given, ...before }, line.provider);
  const named = (undo.match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? []).flatMap((name) => entryOf(name) ?? []);
  const [other] = named.filter(({ name }) => name !== line.tool);
  return other && fitted(other, given, line.provider);
}

/** The call as somebody types it. */
export function commandLine({ operation, arguments: args }: WayBack): string {
  const words = Object.entries(args).map(([name, value]) => `${optionOf(name)} ${quoted(value)}`);
  return ['pgfleet call', operation, ...words].join(' ');
}

/** Only what the operation takes; a masked secret is as good as none. */
function fitted({ name, inputSchema }: TakingArguments, given: Values, account: string): WayBack {
  const properties = propertiesOf(inputSchema);
  const values = { ...given, ...(properties['account'] && { account }) };
  const args = Object.fromEntries(
    Object.entries(values).filter(([key, value]) => key in properties && !JSON.stringify(value).includes('"***"')),
  );
  const missing = (inputSchema.required ?? []).filter((key) => !(key in args));
  return { operation: name, arguments: args, missing };
}

/** The values that the arguments had replaced. Undefined unless each change is that of an argument, and was seen. */
function valuesBefore(changes: unknown, given: Values): Values | undefined {
  const all = Array.isArray(changes) ? changes.filter(isRecord) : [];
  const isKnown = ({ field, argument, before, after }: Values) =>
    argument === undefined &&
    before !== undefined &&
    before !== null &&
    JSON.stringify(given[String(field)]) === JSON.stringify(after);
  if (all.length === 0 || !all.every(isKnown)) return undefined;
  return Object.fromEntries(all.map(({ field, before }) => [String(field), before]));
}

function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[\w.:/@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
