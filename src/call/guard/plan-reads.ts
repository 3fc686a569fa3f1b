import { stringify } from 'safe-stable-stringify';
import type { PlanRead, Target } from '../../define/index.js';
import { ProviderError } from '../../providers/provider.js';
import { WireError } from '../../providers/wire/http.js';
import { fillTemplate, mapLeaves, recordsAt, textAt, textsAt, valuesAt } from '../../values/json-path.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { RefusedError } from '../errors.js';

/** What a plan read found. */
export interface Shown {
  label: string;
  records: readonly Values[];
  /** Why there is nothing to show. */
  unreadable?: string;
}

/** The read tools of the same provider, which plan reads use. */
export interface PlanReadSources {
  read(tool: string, input: Values): Promise<Values>;
  /** The required arguments of a read tool. */
  needs(tool: string): Promise<readonly string[]>;
}

interface Question {
  read: string;
  with?: PlanRead['with'];
  page?: Values;
}

/** Calls a read tool. The same question is asked only once for each plan. */
export type PlanReader = (question: Question, values: Values) => Promise<Values>;

export function planReader(sources: PlanReadSources): PlanReader {
  const answers = new Map<string, Promise<Values>>();
  // A plan read without arguments of its own takes the required ones from the call.
  const taken = async (tool: string, values: Values): Promise<Values> =>
    Object.fromEntries((await sources.needs(tool)).map((name) => [name, values[name]]));
  return async (question, values) => {
    const own = question.with ? (filled(question.with, values) as Values) : await taken(question.read, values);
    const asked = { ...own, ...question.page };
    const key = `${question.read} ${stringify(asked)}`;
    const answer = answers.get(key) ?? sources.read(question.read, asked);
    answers.set(key, answer);
    return answer;
  };
}

/** Reads the records of what a call is about. Throws when there are none, or when they cannot be read. */
export async function readTarget(target: Target, input: Values, read: PlanReader): Promise<Values[]> {
  const listed = target.listedBy ?? target.read;
  const ids = textsAt(input, target.argument);
  const id = ids.join(', ');
  try {
    const records = await recordsOf(target, input, read);
    if (records.length >= ids.length) return records;
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    if (!(error instanceof ProviderError && error.kind === 'not_found')) {
      const message = `The ${target.label} ${id} could not be read before asking (${reason}).`;
      throw new RefusedError('unreadable target', `${message} Nothing was sent. ${target.read} has to work first.`);
    }
  }
  throw new RefusedError(
    'not found',
    `There is no ${target.label} ${id}. Nothing was sent. ${listed} shows which there are.`,
  );
}

/** Reads what helps to decide about the target. When it cannot be read, the plan says so. */
export async function performPlanRead(planRead: PlanRead, values: Values, read: PlanReader): Promise<Shown> {
  try {
    const records = await recordsOf(planRead, values, read);
    return { label: planRead.label, records: records.map((record) => pick(record, planRead.shows)) };
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    return { label: planRead.label, records: [], unreadable: reason };
  }
}

/** Says why a read before the question failed. Undefined for an error that is a fault of this program. */
function whyUnread(error: unknown): string | undefined {
  if (error instanceof ProviderError) return `${error.code}: ${sanitizeText(error.message)}`;
  return error instanceof WireError ? sanitizeText(error.message) : undefined;
}

/** The limit of pages, and of records that need a read each. */
const mostReads = 30;

async function recordsOf(planRead: PlanRead, values: Values, read: PlanReader): Promise<Values[]> {
  if (planRead.each) {
    const { at, ...list } = planRead.each;
    const records = recordsAt(await read(list, values), at).slice(0, mostReads);
    const found = await Promise.all(records.map((record) => keptOf(planRead, { ...record, ...values }, read)));
    return found.flatMap(({ kept }) => kept);
  }
  const { pageBy } = planRead;
  for (let page = 1; page <= mostReads; page += 1) {
    const { kept, all } = await keptOf(planRead, values, read, pageBy ? { [pageBy]: page } : undefined);
    if (kept.length > 0 || all === 0 || !pageBy) return kept;
  }
  return [];
}

async function keptOf(planRead: PlanRead, values: Values, read: PlanReader, page?: Values) {
  const answer = await read({ read: planRead.read, with: planRead.with, page }, values);
  const found = [planRead.at ?? ''].flat().map((path) => recordsAt(answer, path));
  const all = found.find(({ length }) => length > 0) ?? [];
  const kept = all.filter((record) => isKept(planRead, record, values));
  return { kept: newest(planRead, kept), all: all.length };
}

function newest(planRead: PlanRead, records: Values[]): Values[] {
  const { newestBy } = planRead;
  if (!newestBy) return records;
  const key = (record: Values) => textAt(record, newestBy) ?? '';
  return records.toSorted((a, b) => key(b).localeCompare(key(a))).slice(0, 1);
}

function isKept(planRead: PlanRead, record: Values, values: Values): boolean {
  const has = ([path, text]: [string, string | readonly string[]]) => {
    const wanted = [filled(text, values)].flat().map(String);
    return textsAt(record, path).some((value) => wanted.includes(value));
  };
  return Object.entries(planRead.where ?? {}).every(has) && !Object.entries(planRead.whereNot ?? {}).some(has);
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

/** The fields to show, as text. */
export const pick = (record: Values, paths: readonly string[]): Values =>
  Object.fromEntries(paths.map((path) => [path, textsAt(record, path).join(', ')]).filter(([, text]) => text !== ''));
