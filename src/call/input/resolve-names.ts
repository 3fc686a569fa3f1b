import type { NameList, Tool } from '../../define/index.js';
import { textAt, valuesAt } from '../../values/json-path.js';
import { nearestTo } from '../../values/nearest.js';
import type { Values } from '../../values/values.js';
import type { Accounts } from '../call-context.js';
import type { ResolvedName } from '../effect/resolved-name.js';
import type { StateReader } from '../effect/state-reader.js';
import { InputError, UnknownNameError, UnreadNamesError } from '../errors.js';
import { faultAt } from './check-input.js';
import { type GivenName, withIds } from './given-names.js';
import { alsoNamed, answerableList, argumentsOf, idIn, inQuotes, recordsIn, wordsOf } from './name-lists.js';

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
  /** What is passed on as it came although its names could not be read, a sentence each. */
  unread: readonly string[];
}

/**
 * Puts ids in place of names. A name whose list is within something else that is named, such as a database of an
 * instance, waits for that. Throws an `InputError` when a name fits nothing or several things.
 *
 * What has the form of an id is an id, and is not looked for: that would cost a read for each call. Where a list is
 * read all the same, because the id has no certain form, a person is asked or nothing has the id, what bears the same
 * as a name is shown too.
 */
export async function resolveNames(
  { tool, args, names, before = [] }: NamesToResolve,
  read: StateReader,
  accounts: Accounts,
): Promise<NamesResolved> {
  let values = args;
  let waiting = names;
  const done: ResolvedName[] = [];
  const unread: string[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ at }) => at.replace(/\[\d+\]/g, '')));
    const ready = waiting.filter(
      ({ thing }) => !thing.lists.some((list) => argumentsOf(list).some((name) => open.has(name))),
    );
    if (ready.length === 0) throw new Error(`The names of ${[...open].join(' and ')} wait for each other.`);
    const found = await Promise.all(
      ready.map(async (each) => knownBefore(each, before) ?? lookFor(each, { tool, values }, { read, accounts })),
    );
    const resolved = found.flatMap((each) => (each && 'id' in each ? [each] : []));
    unread.push(...found.flatMap((each) => (each && 'unread' in each ? [each.unread] : [])));
    values = withIds(values, new Map(resolved.map(({ at, id }) => [at, id])));
    done.push(...resolved);
    waiting = waiting.filter((each) => !ready.includes(each));
  }
  return { args: values, resolved: done, unread };
}

const knownBefore = ({ at, given }: GivenName, before: readonly ResolvedName[]): ResolvedName | undefined =>
  before.find((each) => each.at === at && each.given === given);

interface Sources {
  read: StateReader;
  accounts: Accounts;
}

/**
 * Nothing where the operation takes the text as it is and no name is like it: then it may be an id of a form that no
 * document tells, and the provider says whether there is such a thing. A read goes on where no name can be read, too.
 */
async function lookFor(
  name: GivenName,
  { tool, values }: { tool: Tool; values: Values },
  { read, accounts }: Sources,
): Promise<ResolvedName | { unread: string } | undefined> {
  const { at, given, thing } = name;
  const { list, lacking } = await answerableList(thing, values, accounts);
  if (!list)
    throw new InputError([`${at}: without ${lacking.join(' and ')}, it takes an id of the ${thing.label} alone.`]);
  const found = await recordsIn(list, values, read);
  const fault = faultAt(tool, values, at);
  if ('unread' in found) {
    const why = `${at}: the names of each ${thing.label} could not be read (${found.unread})`;
    if (fault === undefined && tool.risk === 'read')
      return { unread: `${why}, so ${inQuotes(name.name)} was taken for an id.` };
    throw new UnreadNamesError([`${why}; give the id.`]);
  }
  const meant = chosen(name, list, found.records);
  if (meant) return { at, given, ...meant };
  const near = nearest(name, list, found.records);
  if (near.length === 0 && fault === undefined) return undefined;
  const shows = `${list.each?.read ?? list.read} shows which there are; an id ${fault}.`;
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : shows;
  throw new UnknownNameError([`${at}: there is no ${thing.label} named ${inQuotes(name.name)}. ${hint}`]);
}

/** The one that is meant, and what bears the same as a name besides. An id counts before a name, its own first. */
function chosen(
  { at, name, thing }: GivenName,
  list: NameList,
  records: readonly Values[],
): Pick<ResolvedName, 'id' | 'besides'> | undefined {
  const kept = records.filter((record) => isOfKind(record, list));
  const own = kept.find((record) => textAt(record, list.id) === name);
  const named = kept.filter((record) => textAt(record, list.name) === name && record !== own);
  const { instance } = list;
  const [led] = own || instance === undefined ? [] : kept.filter((record) => textAt(record, instance) === name);
  if (led) return { id: idIn(led, list) };
  if (own) return { id: idIn(own, list), ...(named.length > 0 && { besides: alsoNamed(name, named, list) }) };
  const [only, ...others] = named;
  if (only && others.length === 0) return { id: idIn(only, list) };
  if (only) {
    const many = `several ${thing.label}s are named ${inQuotes(name)}: ${wordsOf(named, list)}`;
    throw new InputError([`${at}: ${many}; give the id of one.`]);
  }
  const [other] = records.filter((record) => [list.id, list.name].some((path) => textAt(record, path) === name));
  if (other) throw new UnknownNameError([`${at}: ${inQuotes(name)} is no ${thing.label}: ${wordsOf([other], list)}.`]);
  return undefined;
}

const isOfKind = (record: Values, { where = {}, whereNot = {} }: NameList): boolean => {
  const has = ([path, wanted]: [string, string | readonly string[]]) =>
    valuesAt(record, path).some((value) => [wanted].flat().includes(String(value)));
  return Object.entries(where).every(has) && !Object.entries(whereNot).some(has);
};

const mostNearest = 5;

/** A shorter part than this is in most names. */
const shortestPart = 3;

/** The names that are most like one that nothing bears. */
function nearest({ name }: GivenName, list: NameList, records: readonly Values[]): string[] {
  const kept = records.filter((record) => isOfKind(record, list));
  const names = [...new Set(kept.flatMap((record) => textAt(record, list.name) ?? []))];
  const similar = nearestTo(name, names) ?? [];
  const part = name.toLowerCase();
  const alike = part.length < shortestPart ? [] : names.filter((each) => each.toLowerCase().includes(part));
  return [...new Set([similar, alike].flat())].slice(0, mostNearest).map(inQuotes);
}
