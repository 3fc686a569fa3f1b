import { stringify } from 'safe-stable-stringify';
import type { PlanRead, Target } from '../../define/index.js';
import { ProviderError } from '../../providers/provider.js';
import { WireError } from '../../providers/wire/http.js';
import { fillTemplate, mapLeaves, recordsAt, textAt, textsAt, valuesAt } from '../../values/json-path.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { RefusedError } from '../errors.js';

/** What a look found. */
export interface Shown {
  label: string;
  records: readonly Values[];
  /** Why there is nothing to show. */
  unreadable?: string;
}

/** Where looks are read from: the read tools of the same provider. */
export interface PlanReadSources {
  read(tool: string, input: Values): Promise<Values>;
  /** The arguments that a read tool cannot do without. */
  needs(tool: string): Promise<readonly string[]>;
}

interface Question {
  read: string;
  with?: PlanRead['with'];
  page?: Values;
}

/** Calls a read tool; the same question is asked only once a plan. */
export type PlanReader = (question: Question, values: Values) => Promise<Values>;

export function planReader(sources: PlanReadSources): PlanReader {
  const answers = new Map<string, Promise<Values>>();
  // Without arguments of its own, a look takes what it cannot do without from the call.
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

/** The records of what a call is about. Throws when there are none, or when they cannot be read. */
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

/** What stands around the target helps to decide, so that it cannot be read is said and not hidden. */
export async function performPlanRead(look: PlanRead, values: Values, read: PlanReader): Promise<Shown> {
  try {
    const records = await recordsOf(look, values, read);
    return { label: look.label, records: records.map((record) => pick(record, look.shows)) };
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    return { label: look.label, records: [], unreadable: reason };
  }
}

/** Why a read before the question failed, at the provider or on the way there; undefined for faults of our own. */
function whyUnread(error: unknown): string | undefined {
  if (error instanceof ProviderError) return `${error.code}: ${sanitizeText(error.message)}`;
  return error instanceof WireError ? sanitizeText(error.message) : undefined;
}

/** More pages than this, and more records with a read each, are not looked through. */
const mostReads = 30;

async function recordsOf(look: PlanRead, values: Values, read: PlanReader): Promise<Values[]> {
  if (look.each) {
    const { at, ...list } = look.each;
    const records = recordsAt(await read(list, values), at).slice(0, mostReads);
    const found = await Promise.all(records.map((record) => keptOf(look, { ...record, ...values }, read)));
    return found.flatMap(({ kept }) => kept);
  }
  for (let page = 1; page <= mostReads; page += 1) {
    const { kept, all } = await keptOf(look, values, read, look.pageBy ? { [look.pageBy]: page } : undefined);
    if (kept.length > 0 || all === 0 || !look.pageBy) return kept;
  }
  return [];
}

async function keptOf(look: PlanRead, values: Values, read: PlanReader, page?: Values) {
  const answer = await read({ read: look.read, with: look.with, page }, values);
  const found = [look.at ?? ''].flat().map((path) => recordsAt(answer, path));
  const all = found.find(({ length }) => length > 0) ?? [];
  const kept = all.filter((record) => isKept(look, record, values));
  return { kept: newest(look, kept), all: all.length };
}

function newest(look: PlanRead, records: Values[]): Values[] {
  const { newestBy } = look;
  if (!newestBy) return records;
  const key = (record: Values) => textAt(record, newestBy) ?? '';
  return records.toSorted((a, b) => key(b).localeCompare(key(a))).slice(0, 1);
}

function isKept(look: PlanRead, record: Values, values: Values): boolean {
  const has = ([path, text]: [string, string | readonly string[]]) => {
    const wanted = [filled(text, values)].flat().map(String);
    return textsAt(record, path).some((value) => wanted.includes(value));
  };
  return Object.entries(look.where ?? {}).every(has) && !Object.entries(look.whereNot ?? {}).some(has);
}

/**
 * `{name}` alone keeps the type of its value, a list among them, and stands for nothing where there is none, so that an
 * optional argument can be handed on; `{list[].name}` is the list of those names.
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
