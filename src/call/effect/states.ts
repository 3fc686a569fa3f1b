import type { Seen, StateValues } from '../../define/index.js';
import { valuesAt } from '../../values/json-path.js';

/** What the looks of an effect found, by their names. */
export type States = Readonly<Record<string, Seen>>;

/** The values at a path that begins with the name of a look. Undefined when the look failed. */
export function foundAt(states: States, path: string): unknown[] | undefined {
  const [look = '', ...rest] = path.split('.');
  const state = states[look];
  if (!state || state.unread !== undefined) return undefined;
  return rest.length === 0 ? [...state.records] : state.records.flatMap((record) => valuesAt(record, rest.join('.')));
}

export const statesAt =
  (states: States): StateValues =>
  (path) =>
    foundAt(states, path)?.flat();
