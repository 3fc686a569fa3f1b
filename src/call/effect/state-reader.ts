import { stringify } from 'safe-stable-stringify';
import type { NameList, StateLook } from '../../define/index.js';
import { ProviderError } from '../../providers/provider.js';
import { WireError } from '../../providers/wire/http.js';
import { fillTemplate, mapLeaves, recordsAt, textAt, textsAt, valueAt, valuesAt } from '../../values/json-path.js';
import { mapLimit } from '../../values/map-limit.js';
import { quoteWords, sanitizeText } from '../../values/sanitize-text.js';
import { pointValue, type Values } from '../../values/values.js';
import { InputError } from '../errors.js';

/** The read tools of the account that a call goes to. */
export interface StateSources {
  read(tool: string, input: Values): Promise<Values>;
  /** The required arguments of a read tool. */
  needs(tool: string): Promise<readonly string[]>;
}

interface Question {
  read: string;
  with?: StateLook['with'];
  page?: Values;
}

/**
 * Calls a read tool. The same question is asked only once for each call. Templates also know `{time.now}` and
 * `{time.tenMinutesAgo}`, between which every metric has a point.
 */
export type StateReader = (question: Question, values: Values) => Promise<Values>;

export function stateReader(sources: StateSources, now: number): StateReader {
  const answers = new Map<string, Promise<Values>>();
  // Written out only where a template asks, since every call has a reader and most never use it.
  const time = {
    get now() {
      return new Date(now).toISOString();
    },
    get tenMinutesAgo() {
      return new Date(now - tenMinutes).toISOString();
    },
  };
  // A look without arguments of its own takes the required ones from the call.
  const taken = async (tool: string, values: Values): Promise<Values> =>
    Object.fromEntries((await sources.needs(tool)).map((name) => [name, values[name]]));
  return async (question, values) => {
    const own = question.with
      ? (filled(question.with, { time, ...values }) as Values)
      : await taken(question.read, values);
    const asked = { ...own, ...question.page };
    const key = questionKey(question.read, asked);
    const answer = answers.get(key) ?? sources.read(question.read, asked);
    answers.set(key, answer);
    return answer;
  };
}

const tenMinutes = 600_000;

/** The same for the same question of a tool. */
export const questionKey = (tool: string, input: Values): string =>
  `${tool} ${stringify(mapLeaves(input, numberAsText))}`;

/** A number and its text ask the same. */
const numberAsText = (leaf: unknown): unknown => (typeof leaf === 'number' ? String(leaf) : leaf);

/** Says why a read before the question failed. Undefined for an error that is a fault of this program. */
export function whyUnread(error: unknown): string | undefined {
  // An answer lacks what the next read needs.
  if (error instanceof InputError) return 'what it takes is not known';
  if (error instanceof ProviderError) return `${quoteWords(error.code)}: ${quoteWords(error.message)}`;
  return error instanceof WireError ? sanitizeText(error.message) : undefined;
}

export const isNotFound = (error: unknown): boolean => error instanceof ProviderError && error.kind === 'not_found';

/** The limit of pages, of records that need a read each, and of such reads at the same time. */
const mostPages = 30;
const mostReads = 300;
const readsAtOnce = 24;

/** The records that were found, and whether there can be others beyond what was read. */
export interface FoundRecords {
  records: Values[];
  isComplete: boolean;
  /** Whether the answer has the place where the records are. Without it, that none were found says nothing. */
  isTold: boolean;
}

/** Reads the records that a look is about. Rejects when they cannot be read. */
export async function recordsOf(look: StateLook, values: Values, read: StateReader): Promise<FoundRecords> {
  if (!isWanted(look, values)) return { records: [], isComplete: true, isTold: true };
  if (look.each) {
    const { at, where, ...list } = look.each;
    const answer = await read(list, values);
    const all = recordsAt(answer, at).filter((record) => isKept({ where }, record, values));
    const found = await mapLimit(all.slice(0, mostReads), readsAtOnce, (record) =>
      keptOf(look, { ...values, ...record }, read),
    );
    return {
      records: found.flatMap(({ kept }) => kept),
      isComplete: all.length <= mostReads,
      isTold: tells(answer, at),
    };
  }
  const { pageBy } = look;
  for (let page = 1; page <= mostPages; page += 1) {
    const { kept, all, isTold } = await keptOf(look, values, read, pageBy ? { [pageBy]: page } : undefined);
    if (kept.length > 0 || all === 0 || !pageBy) return { records: kept, isComplete: true, isTold };
  }
  return { records: [], isComplete: false, isTold: true };
}

/** The records of all pages, for a question that is about how many there are. */
export async function everyRecordOf(look: NameList, values: Values, read: StateReader): Promise<FoundRecords> {
  const { pageBy, pageFrom = 1, totalAt } = look;
  if (!pageBy) return recordsOf(look, values, read);
  const size = Number(look.with['size']);
  const records: Values[] = [];
  for (let count = 1; count <= mostPages; count += 1) {
    const page = { [pageBy]: pageFrom + count - 1 };
    const { answer, kept, all, isTold } = await keptOf(look, values, read, page);
    records.push(...kept);
    // What a policy leaves out of a page is counted in the total all the same.
    const total = totalAt === undefined ? undefined : valueAt(answer, totalAt);
    const isLast = typeof total === 'number' ? count * size >= total : all === 0;
    if (isLast) return { records, isComplete: true, isTold };
  }
  return { records, isComplete: false, isTold: true };
}

/** Whether the argument that a look explains is given. One that is false asks for nothing. */
export const isWanted = ({ ifGiven }: Pick<StateLook, 'ifGiven'>, values: Values): boolean =>
  ifGiven === undefined || ![undefined, false].some((nothing) => valueAt(values, ifGiven) === nothing);

async function keptOf(look: StateLook, values: Values, read: StateReader, page?: Values) {
  const answer = await read({ read: look.read, with: look.with, page }, values);
  const outer = look.within === undefined ? [] : recordsAt(answer, look.within);
  const recordsIn = (path: string) =>
    look.within === undefined
      ? recordsAt(answer, path)
      : outer.flatMap((each) => recordsAt(each, path).map((record) => ({ ...each, ...record })));
  const found = [look.at ?? ''].flat().map(recordsIn);
  const all = found.find(({ length }) => length > 0) ?? [];
  const kept = all.filter((record) => isKept(look, record, values));
  const isEmpty = look.within !== undefined && outer.length === 0;
  const tellers = look.within === undefined || isEmpty ? [answer] : outer;
  const told = [(isEmpty ? look.within : look.at) ?? ''].flat();
  const isTold = tellers.some((each) => told.some((path) => tells(each, path)));
  return { answer, kept: newest(look, kept).map((record) => withLast(look, record)), all: all.length, isTold };
}

const tells = (answer: Values, path: string): boolean => valuesAt(answer, path.split('.')[0] ?? '').length > 0;

function withLast({ lastOf }: StateLook, record: Values): Values {
  const points = lastOf === undefined ? [] : valuesAt(record, lastOf).flatMap((value) => value);
  const last = points.map(pointValue).findLast(Number.isFinite);
  return last === undefined ? record : { ...record, last };
}

function newest({ newestBy }: StateLook, records: Values[]): Values[] {
  if (!newestBy) return records;
  const key = (record: Values) => textAt(record, newestBy) ?? '';
  return records.toSorted((a, b) => key(b).localeCompare(key(a))).slice(0, 1);
}

function isKept(look: Pick<StateLook, 'where' | 'whereNot' | 'differ'>, record: Values, values: Values): boolean {
  const has = ([path, text]: [string, string | readonly string[]]) => {
    const wanted = [filled(text, values)].flat(2).map(String);
    return textsAt(record, path).some((value) => wanted.includes(value));
  };
  const [one, other] = (look.differ ?? []).map((path) => textAt(record, path));
  if (look.differ && one === other) return false;
  return Object.entries(look.where ?? {}).every(has) && !Object.entries(look.whereNot ?? {}).some(has);
}

/**
 * Fills a template. `{name}` alone keeps the type of its value, also of a list, and is undefined without a value, so
 * that an optional argument can be passed on. `{list[].name}` is the list of those names.
 */
function filled(template: unknown, values: Values): unknown {
  return mapLeaves(template, (leaf) => {
    if (typeof leaf !== 'string') return leaf;
    const alone = /^\{([\w.[\]]+)\}$/.exec(leaf)?.[1];
    const found = alone ? valuesAt(values, alone) : [];
    if (alone?.includes('[]')) return found;
    return alone ? found[0] : fillTemplate(leaf, values);
  });
}
