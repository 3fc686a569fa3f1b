import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { Danger, Look, Target, Tool } from '../../define/index.js';
import { ProviderError, type Values } from '../../providers/provider.js';
import { WireError } from '../../wire/http.js';
import { RefusedError } from '../errors.js';
import { plain } from '../plain.js';
import { fill, mapLeaves, recordsAt, textAt, textsAt, valuesAt } from '../values.js';

/** What a person decides on: what will be called, on what, as the provider knows it now, and what it costs. */
export interface Plan {
  tool: string;
  title: string;
  provider: string;
  risk: Danger['risk'];
  warning: string;
  undo: string;
  /** The arguments, secrets masked. */
  arguments: Values;
  /** What was read of the target and around it, in the order of reading. */
  shown: readonly Shown[];
  /** The name to type before something is lost. */
  name: string;
  /** Of everything above: a consent holds for this and nothing else. */
  hash: string;
}

export interface Shown {
  label: string;
  records: readonly Values[];
  /** Why there is nothing to show. */
  unreadable?: string;
}

export interface PlanSources {
  product: string;
  /** What the call is about. */
  targets: readonly Target[];
  /** Calls a read tool of the same provider. */
  read(tool: string, input: Values): Promise<Values>;
  /** The arguments that a read tool cannot do without. */
  needs(tool: string): Promise<readonly string[]>;
}

/** Reads the target again and writes the plan. Throws when there is no such target, or when it cannot be read. */
export async function planOf(
  tool: Tool,
  danger: Danger,
  input: Values,
  args: Values,
  sources: PlanSources,
): Promise<Plan> {
  const shown: Shown[] = [];
  const named: string[] = [];
  const targets = sources.targets.filter(({ argument }) => input[argument] !== undefined);
  const answers = new Map<string, Promise<Values>>();
  const read: Read = async (look, values) => {
    const own = look.with ? filled(look.with, values) : await taken(look.read, values);
    return (page) => {
      const asked = { ...(own as Values), ...page };
      return once(answers, `${look.read} ${stringify(asked)}`, () => sources.read(look.read, asked));
    };
  };
  // Without arguments of its own, a look takes what it cannot do without from the call.
  const taken = async (tool: string, values: Values): Promise<Values> =>
    Object.fromEntries((await sources.needs(tool)).map((name) => [name, values[name]]));

  let about: Values = {};
  for (const target of targets) {
    const records = await readTarget(target, input, read);
    shown.push({ label: target.label, records: records.map((record) => pick(record, [target.name, ...target.shows])) });
    const [only] = records.length === 1 ? records : [];
    const name = only && textAt(only, target.name);
    if (name) named.push(name);
    about = { ...about, ...only, ...input };
    for (const look of target.also ?? []) shown.push(await readLook(look, about, read));
  }
  for (const look of tool.looks ?? []) shown.push(await readLook(look, { ...about, ...input }, read));

  const plan = {
    tool: tool.name,
    title: tool.title,
    provider: sources.product,
    risk: danger.risk,
    warning: fill(danger.warning, plainTexts(args)),
    undo: fill(danger.undo, plainTexts(args)),
    arguments: args,
    shown,
    name: plain(named.at(-1) ?? '') || plain(nameGiven(tool, args)),
  };
  return { ...plan, hash: hashOf(plan) };
}

export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(stringify(value) ?? '')
    .digest('base64url');

/** Without a target to name, the last value of the path, or the tool itself. */
function nameGiven(tool: Tool, args: Values): string {
  const last = [...tool.route.matchAll(/\{(\w+)\}/g)].at(-1)?.[1];
  return (last && textAt(args, last)) || tool.name;
}

/** Asks what a look wants to see; the same question is asked only once a plan. */
type Read = (look: Look, values: Values) => Promise<(page: Values) => Promise<Values>>;

function once<T>(done: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const started = done.get(key) ?? work();
  done.set(key, started);
  return started;
}

async function readTarget(target: Target, input: Values, read: Read): Promise<Values[]> {
  const listed = target.listedBy ?? target.read;
  const id = [input[target.argument]].flat().map(String).join(', ');
  try {
    const records = await recordsOf(target, input, read);
    if (records.length >= [input[target.argument]].flat().length) return records;
  } catch (error) {
    const reason = whyUnread(error);
    if (reason === undefined) throw error;
    if (!(error instanceof ProviderError && error.refusal === 'not_found')) {
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
async function readLook(look: Look, values: Values, read: Read): Promise<Shown> {
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
  if (error instanceof ProviderError) return `${error.code}: ${plain(error.message)}`;
  return error instanceof WireError ? plain(error.message) : undefined;
}

const mostPages = 30;

async function recordsOf(look: Look, values: Values, read: Read): Promise<Values[]> {
  const ask = await read(look, values);
  for (let page = 1; page <= (look.pageBy ? mostPages : 1); page += 1) {
    const answer = await ask(look.pageBy ? { [look.pageBy]: page } : {});
    const [all = []] = [look.at ?? '']
      .flat()
      .map((path) => recordsAt(answer, path))
      .filter(({ length }) => length > 0);
    const kept = newest(
      look,
      all.filter((record) => isKept(look, record, values)),
    );
    if (kept.length > 0 || all.length === 0) return kept;
  }
  return [];
}

function newest(look: Look, records: Values[]): Values[] {
  const { newestBy } = look;
  if (!newestBy) return records;
  const key = (record: Values) => textAt(record, newestBy) ?? '';
  return records.toSorted((a, b) => key(b).localeCompare(key(a))).slice(0, 1);
}

function isKept(look: Look, record: Values, values: Values): boolean {
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
    return alone ? found[0] : fill(leaf, values);
  });
}

const pick = (record: Values, paths: readonly string[]): Values =>
  Object.fromEntries(paths.map((path) => [path, textsAt(record, path).join(', ')]).filter(([, text]) => text !== ''));

const plainTexts = (values: Values): Values =>
  mapLeaves(values, (leaf) => (typeof leaf === 'string' ? plain(leaf) : leaf)) as Values;
