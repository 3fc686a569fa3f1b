import { type NameList, requiredFields, type Tool } from '../../define/index.js';
import { textAt, valueAt, valuesAt } from '../../values/json-path.js';
import { nearestTo } from '../../values/nearest.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import type { Values } from '../../values/values.js';
import { type Accounts, resolveTool } from '../call-context.js';
import type { ResolvedName } from '../effect/resolved-name.js';
import { everyRecordOf, type StateReader, whyUnread } from '../effect/state-reader.js';
import { InputError, UnknownNameError } from '../errors.js';
import { isTaken } from './check-input.js';
import { type GivenName, withIds } from './given-names.js';

export interface NamesToResolve {
  tool: Tool;
  args: Values;
  names: readonly GivenName[];
  /** What was resolved before a person was asked. It is what they agreed to, so it is not looked for again. */
  before?: readonly ResolvedName[];
}

export interface NamesResolved {
  args: Values;
  resolved: readonly ResolvedName[];
}

/**
 * Puts ids in place of names. A name whose list is within something else that is named, such as a database of an
 * instance, waits for that. Throws an `InputError` when a name fits nothing or several things.
 *
 * What has the form of an id is never looked for, since that would cost a read for each call: it is an id, whatever
 * bears the same as a name. Where a list is read anyway, because an id has no certain form, both are shown.
 */
export async function resolveNames(
  { tool, args, names, before = [] }: NamesToResolve,
  read: StateReader,
  accounts: Accounts,
): Promise<NamesResolved> {
  let values = args;
  let waiting = names;
  const done: ResolvedName[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ at }) => at.replace(/\[\d+\]/g, '')));
    const ready = waiting.filter(
      ({ thing }) => !thing.lists.some((list) => argumentsOf(list).some((name) => open.has(name))),
    );
    if (ready.length === 0) throw new Error(`The names of ${[...open].join(' and ')} wait for each other.`);
    const found = await Promise.all(
      ready.map(async (each) => knownBefore(each, before) ?? lookFor(each, { tool, values }, { read, accounts })),
    );
    const resolved = found.filter((each) => each !== undefined);
    values = withIds(values, new Map(resolved.map(({ at, id }) => [at, id])));
    done.push(...resolved);
    waiting = waiting.filter((each) => !ready.includes(each));
  }
  return { args: values, resolved: done };
}

const knownBefore = ({ at, given }: GivenName, before: readonly ResolvedName[]): ResolvedName | undefined =>
  before.find((each) => each.at === at && each.given === given);

/** The arguments of the call that a list is read with. */
const argumentsOf = ({ each, with: given }: NameList): string[] => templatesIn(each ? each.with : given);

const templatesIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? '').matchAll(/\{([\w.]+)\}/g)].map(([, path = '']) => path);

interface Sources {
  read: StateReader;
  accounts: Accounts;
}

/** Undefined where the names cannot be read and the operation takes the text as it is. */
async function lookFor(
  name: GivenName,
  { tool, values }: { tool: Tool; values: Values },
  { read, accounts }: Sources,
): Promise<ResolvedName | undefined> {
  const { at, given, thing } = name;
  const list = await listFor(name, values, accounts);
  const found = await everyRecordOf({ ...list, where: undefined }, values, read).catch((error: unknown) => {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    return reason;
  });
  if (typeof found === 'string') {
    if (isTaken(tool, values, at)) return undefined;
    throw new InputError([`${at}: the names of ${thing.label}s could not be read (${found}); give the id.`]);
  }
  const [record, besides] = chosen(name, list, found.records);
  if (!found.isComplete) {
    throw new InputError([
      `${at}: ${list.read} has more than was read, so ${quoted(name.name)} is not certain; give the id.`,
    ]);
  }
  return { at, given, id: idIn(record, list), ...(besides && { besides }) };
}

/** The first list that the call has what it takes for. */
async function listFor({ at, thing }: GivenName, values: Values, accounts: Accounts): Promise<NameList> {
  const missing: string[][] = [];
  for (const list of thing.lists) {
    const lacking = (await neededBy(list, accounts)).filter((argument) => valueAt(values, argument) === undefined);
    if (lacking.length === 0) return list;
    missing.push(lacking);
  }
  const [needed = []] = missing;
  throw new InputError([`${at}: without ${needed.join(' and ')}, it takes the id of the ${thing.label} alone.`]);
}

async function neededBy(list: NameList, accounts: Accounts): Promise<string[]> {
  const { read, with: given = {} } = list.each ?? list;
  const found = await resolveTool(read, accounts);
  return found ? requiredFields(found.tool.input).flatMap((field) => templatesIn(given[field])) : [];
}

/** The one record that is meant, and what bears the same as a name besides. An id counts before a name. */
function chosen(name: GivenName, list: NameList, all: readonly Values[]): [Values, string?] {
  const records = distinct(all, list);
  const kept = records.filter((record) => isOfKind(record, list));
  const own = kept.find((record) => textAt(record, list.id) === name.name);
  const named = kept.filter((record) => textAt(record, list.name) === name.name);
  if (own) {
    const others = named.filter((record) => record !== own);
    return others.length > 0 ? [own, `${quoted(name.name)} is the name of ${wordsOf(others, list)} too`] : [own];
  }
  const [only, ...others] = named;
  if (only && others.length === 0) return [only];
  if (only) throw new InputError([several(name, list, named)]);
  throw new UnknownNameError([none(name, list, { kept, records })]);
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

const isOfKind = (record: Values, { where = {} }: NameList): boolean =>
  Object.entries(where).every(([path, wanted]) =>
    valuesAt(record, path).some((value) => [wanted].flat().includes(String(value))),
  );

function several({ at, name, thing }: GivenName, list: NameList, named: readonly Values[]): string {
  return `${at}: several ${thing.label}s are named ${quoted(name)}: ${wordsOf(named, list)}; give the id of one.`;
}

const mostShown = 10;

/** `71384a6d-… (MASTER, AVAILABLE)`, for each. */
function wordsOf(records: readonly Values[], list: NameList): string {
  const shown = records.slice(0, mostShown).map((record) => {
    const told = list.tells.flatMap((path) => textAt(record, path) ?? []).map((text) => sanitizeText(text, 64));
    return `${sanitizeText(String(idIn(record, list)))}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
  });
  const more = records.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function none(
  { at, name, thing }: GivenName,
  list: NameList,
  { kept, records }: { kept: readonly Values[]; records: readonly Values[] },
): string {
  const [other] = records.filter((record) => [list.id, list.name].some((path) => textAt(record, path) === name));
  if (other) return `${at}: ${quoted(name)} is no ${thing.label}: ${wordsOf([other], list)}.`;
  const names = [...new Set(kept.flatMap((record) => textAt(record, list.name) ?? []))];
  const nearest = nearestTo(name, names);
  const alike = names.filter((each) => each.toLowerCase().includes(name.toLowerCase()));
  const near = [...new Set([...(nearest === undefined ? [] : [nearest]), ...alike])].slice(0, 5).map(quoted);
  const hint =
    near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ` ${list.each?.read ?? list.read} shows which there are.`;
  return `${at}: there is no ${thing.label} named ${quoted(name)}.${hint}`;
}

const quoted = (name: string): string => `"${sanitizeText(name, 64)}"`;

/** As the list has it, since an id that is a number is sent as one. */
function idIn(record: Values, list: NameList): string | number {
  const id = valueAt(record, list.id);
  return typeof id === 'number' ? id : String(id);
}
