import { isRecord, type Values } from './values.js';

/** Returns every value at a path such as `a.b[].c`. Lists on the way are opened at any level. */
export function valuesAt(value: unknown, path: string): unknown[] {
  // Series of measured values are read point by point, so that nothing is made here which is thrown away at once.
  if (path === '') return [value];
  let found = [value];
  for (const part of path.split('.')) {
    const key = part.endsWith('[]') ? part.slice(0, -2) : part;
    const next: unknown[] = [];
    for (const each of found) for (const item of opened(each)) if (isRecord(item) && key in item) next.push(item[key]);
    found = next;
  }
  return found;
}

const opened = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The records at a path. A list there is opened. */
export const recordsAt = (value: unknown, path = ''): Values[] =>
  valuesAt(value, path).flatMap(opened).filter(isRecord);

/** The first value at a path. */
export const valueAt = (value: unknown, path: string): unknown => valuesAt(value, path)[0];

/** Every text, number and boolean at a path, as text. Lists are opened. */
export const textsAt = (value: unknown, path: string): string[] =>
  valuesAt(value, path)
    .flatMap(opened)
    .filter((found) => typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean')
    .map(String);

/** The first text at a path. */
export const textAt = (value: unknown, path: string): string | undefined => textsAt(value, path)[0];

/**
 * Returns a copy in which every leaf is replaced by the result of `change`. `path` is that of the field (`a.b[].c`),
 * and `exact` is that of this one leaf (`a.b[0].c`).
 */
export function mapLeaves(
  value: unknown,
  change: (leaf: unknown, path: string, exact: string) => unknown,
  path = '',
  exact = '',
): unknown {
  if (Array.isArray(value)) return value.map((item, i) => mapLeaves(item, change, `${path}[]`, `${exact}[${i}]`));
  if (!isRecord(value)) return change(value, path, exact);
  const below = (parent: string, key: string) => (parent ? `${parent}.${key}` : key);
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    mapLeaves(item, change, below(path, key), below(exact, key)),
  ]);
  return Object.fromEntries(entries);
}

/** The same for an object, which stays an object. */
export const mapValues = (values: Values, change: Parameters<typeof mapLeaves>[1]): Values =>
  mapLeaves(values, change) as Values;

/**
 * Fills `{name}` in a text from the values, and `{list[].name}` with all of a list. A name without a value stays as it
 * is, or becomes what stands for it.
 */
export const fillTemplate = (text: string, values: Values, missing?: string): string =>
  text.replace(/\{([\w.[\]]+)\}/g, (whole, name: string) => {
    const texts = textsAt(values, name);
    const text = name.includes('[]') ? texts.join(', ') : texts[0];
    return texts.length === 0 ? (missing ?? whole) : (text ?? whole);
  });
