import * as z from 'zod';
import { isRecord } from '../../../values/values.js';

/** How an answer differs from what is documented of it. */
export interface Drift {
  kind: 'missing' | 'new' | 'type' | 'word';
  /** The path of the field, of documented names only. Of a new field it is the path of what has it. */
  path: string;
  /** The documented type, and the one that came. */
  expected?: string;
  found?: string;
  /** The name of the new field, or the unknown word. Absent where it might be a name, an id or a text of somebody. */
  word?: string;
}

/** Compares an answer with its declaration. Each difference is told once, however many records have it. */
export function driftsOf(declared: z.ZodType, answer: unknown): Drift[] {
  const { error } = declared.safeParse(answer);
  const found = (error?.issues ?? []).flatMap((issue) => driftsIn(issue, answer, []));
  return [...new Map(found.map((drift) => [JSON.stringify(drift), drift])).values()];
}

type Path = readonly PropertyKey[];

function driftsIn(issue: z.core.$ZodIssue, answer: unknown, above: Path): Drift[] {
  const here = [...above, ...issue.path];
  const value = here.reduce<unknown>((each, key) => Object(each)[key], answer);
  const path = pathText(here);
  if (value === undefined) return [{ kind: 'missing', path }];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((word) => ({ kind: 'new', path, word, found: typeOf(Object(value)[word]) }));
  if (issue.code === 'invalid_value' && typeof value === 'string') return [{ kind: 'word', path, word: value }];
  const [nearest, ...others] = nearestOf(issue);
  if (nearest && others.length === 0) return nearest.flatMap((each) => driftsIn(each, answer, here));
  return [{ kind: 'type', path, expected: expectedBy(issue), found: typeOf(value) }];
}

/** Of several documented forms, the differences to the one that is nearest. A form of another type is never near. */
function nearestOf(issue: z.core.$ZodIssue): z.core.$ZodIssue[][] {
  if (issue.code !== 'invalid_union') return [];
  const near = issue.errors.filter((each) =>
    each.every((one) => one.path.length > 0 || one.code === 'unrecognized_keys'),
  );
  return near.toSorted((a, b) => distanceOf(a) - distanceOf(b)).slice(0, 1);
}

/** Fields that are there or not tell one form from another. What is wrong deeper within says little. */
const distanceOf = (issues: readonly z.core.$ZodIssue[]): number =>
  issues
    .map((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.length : 1) * (issue.path.length > 1 ? 1 : 100))
    .reduce((sum, each) => sum + each, 0);

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_union')
    return [...new Set(issue.errors.flatMap(([first]) => (first ? expectedBy(first) : [])))].join(' or ');
  return 'text';
}

const typeNames: Readonly<Record<string, string>> = { string: 'text', array: 'list', int: 'number' };

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeNames[typeof value] ?? typeof value;
}

const pathText = (path: Path): string =>
  path
    .map((key) => (typeof key === 'number' ? '[]' : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

/** The texts of an answer in which names, ids and free text may stand: all but those whose words are documented. */
export function textsIn(declared: unknown, value: unknown): string[] {
  if (typeof value === 'string') return formsOf(declared).some((form) => form instanceof z.ZodEnum) ? [] : [value];
  if (Array.isArray(value)) {
    const items = formsOf(declared).flatMap((form) => (form instanceof z.ZodArray ? [form.element] : []));
    return value.flatMap((item) => textsIn(items[0], item));
  }
  if (!isRecord(value)) return [];
  const shapes = formsOf(declared).flatMap((form) => (form instanceof z.ZodObject ? [form.shape] : []));
  return Object.entries(value).flatMap(([key, item]) => textsIn(shapes.find((shape) => key in shape)?.[key], item));
}

/** The forms that a declaration allows, without the wrappers that say that a value may be missing or null. */
function formsOf(declared: unknown): unknown[] {
  if (declared instanceof z.ZodOptional || declared instanceof z.ZodNullable) return formsOf(declared.unwrap());
  return declared instanceof z.ZodUnion ? declared.options.flatMap(formsOf) : [declared];
}

/** What a provider calls a field or a state. */
const wordForm = /^[A-Za-z][A-Za-z_]{0,39}$/;
/** What stands in another answer counts where it looks like a name or an id. */
const nameForm = /^\S{1,63}$/;

/** What somebody calls an instance, beside what a provider calls a field. */
const ownNameForm = /[-.\d]/;
const fewestLetters = 6;
/** What stands in names and in fields alike. */
const ofProviders = 'postgresql';

/** Leaves out each word that may be data: one of another form, or one that stands in a text, however it is spelled. */
export function withoutData(drifts: readonly Drift[], texts: readonly string[], others: readonly string[]): Drift[] {
  const own = texts.map((text) => text.split(/\s+/).map(lettersOf));
  const names = others.filter((text) => nameForm.test(text));
  const parts = new Set(names.flatMap((text) => [text, ...text.split(/[^A-Za-z_]+/)]).map(lettersOf));
  const ownNames = [...texts.filter((text) => nameForm.test(text)), ...names]
    .filter((text) => ownNameForm.test(text))
    .map((text) => lettersOf(text).replace(ofProviders, ''))
    .filter(({ length }) => length >= fewestLetters);
  const isData = (word: string) => {
    const letters = lettersOf(word);
    return (
      !wordForm.test(word) ||
      parts.has(letters) ||
      own.some((words) => standsIn(letters, words)) ||
      ownNames.some((name) => letters.includes(name))
    );
  };
  return drifts.map(({ word, ...drift }) => (word === undefined || isData(word) ? drift : { ...drift, word }));
}

/** Whether the letters are a part of one word, or words that stand side by side. */
const standsIn = (letters: string, words: readonly string[]): boolean =>
  words.some((word, first) => word.includes(letters) || beginsWith(words.slice(first), letters));

function beginsWith(words: readonly string[], letters: string): boolean {
  const [word, ...more] = words;
  return (
    letters === '' || (word !== undefined && letters.startsWith(word) && beginsWith(more, letters.slice(word.length)))
  );
}

const lettersOf = (text: string): string => text.replace(/[^A-Za-z]/g, '').toLowerCase();

/** One sentence about a difference. */
export function driftText(operation: string, { kind, path, expected, found, word }: Drift): string {
  const place = path === '' ? operation : `${operation}: ${path}`;
  const sentences: Record<Drift['kind'], string> = {
    missing: `${place} is missing, and documented as always there.`,
    new: `${place} has a new field${word ? ` ${word}` : ', whose name is not shown'} (${found}).`,
    type: `${place} is of another type: ${found} instead of ${expected}.`,
    word: `${place} has ${word ? `the unknown word ${word}` : 'an unknown word, which is not shown'}.`,
  };
  return sentences[kind];
}
