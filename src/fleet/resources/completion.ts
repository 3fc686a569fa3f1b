import type { Completable, Principal } from '../../define/index.js';
import { type FleetAccount, filtersOf } from '../account.js';
import type { FleetInstance } from '../instance.js';

export interface CompletionOptions {
  accounts: readonly FleetAccount[];
  /** The instances that a caller may know of. */
  instances: (reader: Principal) => Promise<readonly FleetInstance[]>;
  tools: readonly string[];
}

type Propose = (text: string, reader: Principal) => Promise<string[]>;

/** Suggests values for a text that is being typed. */
export function completion({ accounts, instances, tools }: CompletionOptions) {
  const proposals: Readonly<Record<Completable | 'tool', Propose>> = {
    provider: async (text) => fitting(filtersOf(accounts), text),
    tool: async (text) => fitting(tools, text),
    instance: async (text, reader) => names(await instances(reader), text),
  };
  return async (kind: Completable | 'tool', text: string, reader: Principal): Promise<string[]> =>
    proposals[kind](text, reader);
}

/** Suggests names, which a person types, or references for names that several instances have. */
function names(instances: readonly FleetInstance[], text: string): string[] {
  const counts = new Map<string, number>();
  for (const { name } of instances) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return matching(instances, text, ({ name, reference }) => [name, reference]).map(({ name, reference }) =>
    counts.get(name.toLowerCase()) === 1 ? name : reference,
  );
}

/** The ids of instances whose id or name matches the text. */
export const fittingIds = (instances: readonly FleetInstance[], text: string): string[] =>
  matching(instances, text, ({ name, id }) => [name, id]).map(({ id }) => id);

export const fitting = (values: readonly string[], text: string): string[] =>
  matching([...new Set(values)], text, (value) => [value]);

/** What begins with the text comes first, then what contains it. Both are in alphabetical order. */
function matching<T>(items: readonly T[], text: string, wordsOf: (item: T) => readonly string[]): T[] {
  const typed = text.toLowerCase();
  const placed = items.map((item) => {
    const words = wordsOf(item).map((word) => word.toLowerCase());
    const places = words.map((word) => word.indexOf(typed)).filter((place) => place >= 0);
    return { item, place: Math.min(...places), key: words.join(' ') };
  });
  return placed
    .filter(({ place }) => Number.isFinite(place))
    .toSorted((a, b) => Number(a.place > 0) - Number(b.place > 0) || a.key.localeCompare(b.key, 'en'))
    .map(({ item }) => item);
}
