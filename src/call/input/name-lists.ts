import { type NamedThing, type NameList, requiredFields } from '../../define/index.js';
import { textAt, valueAt } from '../../values/json-path.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import type { Values } from '../../values/values.js';
import { type Accounts, resolveTool } from '../call-context.js';
import { everyRecordOf, type StateReader, whyUnread } from '../effect/state-reader.js';

/** The arguments of the call that a list is read with. */
export const argumentsOf = ({ each, with: given }: NameList): string[] =>
  templatesIn(each ? [each.with, each.where] : given);

const templatesIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? '').matchAll(/\{([\w.]+)\}/g)].map(([, path = '']) => path);

/** The first list that the call has what it takes for, or else what it lacks for the first. */
export async function answerableList(
  { lists }: NamedThing,
  values: Values,
  accounts: Accounts,
): Promise<{ list?: NameList; lacking: readonly string[] }> {
  const missing: string[][] = [];
  for (const list of lists) {
    const lacking = (await neededBy(list, accounts)).filter((argument) => valueAt(values, argument) === undefined);
    if (lacking.length === 0) return { list, lacking };
    missing.push(lacking);
  }
  return { lacking: missing[0] ?? [] };
}

async function neededBy(list: NameList, accounts: Accounts): Promise<string[]> {
  const { read, with: given = {} } = list.each ?? list;
  const found = await resolveTool(read, accounts);
  return found ? requiredFields(found.tool.input).flatMap((field) => templatesIn(given[field])) : [];
}

/** Everything in a list, of whatever kind, or why that is not known. */
export async function recordsIn(
  list: NameList,
  values: Values,
  read: StateReader,
): Promise<{ records: readonly Values[] } | { unread: string }> {
  try {
    const all = { ...list, where: undefined, whereNot: undefined };
    const { records, isComplete } = await everyRecordOf(all, values, read);
    return isComplete ? { records: distinct(records, list) } : { unread: `${list.read} has more than was read` };
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    return { unread: reason };
  }
}

/** A list can tell one thing several times, such as a group once for each of its members. */
function distinct(records: readonly Values[], list: NameList): Values[] {
  const byKey = new Map<string, Values>();
  for (const record of records) {
    const [id, name] = [textAt(record, list.id), textAt(record, list.name)];
    if (id !== undefined) byKey.set(JSON.stringify([id, name]), record);
  }
  return [...byKey.values()];
}

const mostShown = 10;

/** `71384a6d-… (MASTER, AVAILABLE)`, for each. */
export function wordsOf(records: readonly Values[], list: NameList): string {
  const shown = records.slice(0, mostShown).map((record) => {
    const told = list.tells.flatMap((path) => textAt(record, path) ?? []).map((text) => sanitizeText(text, 64));
    return `${sanitizeText(String(idIn(record, list)))}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
  });
  const more = records.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What bears the text of an id as its name. */
export const alsoNamed = (name: string, others: readonly Values[], list: NameList): string =>
  `${inQuotes(name)} is the name of ${wordsOf(others, list)} too`;

export const inQuotes = (name: string): string => `"${sanitizeText(name, 64)}"`;

/** As the list has it, since an id that is a number is sent as one. */
export function idIn(record: Values, list: NameList): string | number {
  const id = valueAt(record, list.id);
  return typeof id === 'number' ? id : String(id);
}
