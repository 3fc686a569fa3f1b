import { recordsAt, textAt, valueAt } from '../../values/json-path.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { neverTold } from '../adapter.js';
import type { Fact, FactSet, ProviderObservations } from '../instance.js';

/** A number at a path, also when it comes as text. */
export function numberAt(value: unknown, path: string): number | undefined {
  const text = textAt(value, path)?.trim();
  const number = text ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

export function flagAt(value: unknown, path: string): boolean | undefined {
  const flag = valueAt(value, path);
  return typeof flag === 'boolean' ? flag : undefined;
}

/** The records of a list. Throws where there is no such list, because a list that is absent is not an empty one. */
export function listAt(value: unknown, path: string): Values[] {
  if (!Array.isArray(valueAt(value, path))) throw new Error(`The answer has no list ${path}.`);
  return recordsAt(value, path);
}

/** The used part in percent with one decimal. Absent when the two numbers do not fit together. */
export function percentOf(used: number | undefined, whole: number | undefined): number | undefined {
  if (used === undefined || whole === undefined || whole <= 0 || used < 0 || used > whole) return undefined;
  return Math.round((used / whole) * 1000) / 10;
}

/** What the API of a provider never tells, with the facts that lack it. */
export type Untold = readonly { what: string; facts: readonly Fact[] }[];

/** Told each time, so that missing values are not mistaken for health. */
export const untoldOf = (untold: Untold, asked: FactSet): Unavailable[] =>
  untold.filter(({ facts }) => facts.some((fact) => asked.has(fact))).map(({ what }) => ({ what, why: neverTold }));

type Unavailable = ProviderObservations['unavailable'][number];

/** The result of a read, or why it failed. Never throws. */
export async function attempt<T>(
  what: string,
  read: () => Promise<T>,
): Promise<{ seen?: T; unavailable: Unavailable[] }> {
  try {
    return { seen: await read(), unavailable: [] };
  } catch (error) {
    return { unavailable: [{ what, why: sanitizeWords(error instanceof Error ? error.message : String(error), 200) }] };
  }
}
