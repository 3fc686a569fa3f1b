import type { NamedThing, Toolset } from '../../define/index.js';
import { type Account, accountNamed } from '../../providers/account.js';
import { isProviderName, knownAs } from '../../providers/settings.js';
import { mapLeaves, mapValues } from '../../values/json-path.js';
import { isRecord, type Values } from '../../values/values.js';

/** A name that stands where an operation takes an id. */
export interface GivenName {
  /** The argument, as a path with the place in each list. */
  at: string;
  /** As the caller gave it. */
  given: string;
  /** The same without the account of a reference. */
  name: string;
  thing: NamedThing;
}

/** A reference in the arguments, such as `nhn:71384a6d-…`, and the account, or else the provider, before the colon. */
export interface GivenReference {
  at: string;
  given: string;
  provider: string;
  account?: string;
}

interface Given {
  /** The arguments, with what follows the account in place of each reference. */
  args: unknown;
  names: readonly GivenName[];
  references: readonly GivenReference[];
}

/**
 * Finds the names and references in the arguments of a call. What has the form of an id is neither, and no name is a
 * number, or an id that goes on as a path does. A reference may be of an instance that leads to what is wanted.
 */
export function givenNames(
  toolset: Toolset,
  args: unknown,
  accounts: readonly Account[],
  numbers: ReadonlySet<string> = new Set(),
): Given {
  const things = thingsOf(toolset);
  const names: GivenName[] = [];
  const references: GivenReference[] = [];
  if (!isRecord(args)) return { args, names, references };
  const plain = mapValues(args, (leaf, path, at) => {
    const thing = things.get(path);
    if (!thing || typeof leaf !== 'string' || leaf === '' || thing.form.test(leaf)) return leaf;
    const { rest, ...place } = referenceIn(leaf, accounts) ?? { rest: leaf };
    if ('provider' in place) references.push({ at, given: leaf, ...place });
    const isName = !numbers.has(at) && !thing.form.test(/^[^/?#\p{Cc}]*/u.exec(rest)?.[0] ?? '');
    const mayBeInstance = 'provider' in place && thing.lists.some(({ instance }) => instance !== undefined);
    if (isName || mayBeInstance) names.push({ at, given: leaf, name: rest, thing });
    return rest;
  });
  return names.length + references.length > 0 ? { args: plain, names, references } : { args, names, references };
}

/** The places of numbers, which are read as text where an operation takes text. */
export function numbersIn(args: unknown): ReadonlySet<string> {
  const places = new Set<string>();
  mapLeaves(args, (leaf, _, at) => (typeof leaf === 'number' ? places.add(at) : leaf));
  return places;
}

/** The beginning of a reference is the name of an account, or else that of a provider which has some. */
function referenceIn(text: string, accounts: readonly Account[]) {
  const [, place = '', rest = ''] = /^([^\s:/]+):(\S.*)$/su.exec(text) ?? [];
  if (place === '') return undefined;
  const account = accountNamed(place, accounts);
  if (account) return { rest, provider: account.provider, account: account.name };
  const provider = knownAs(place);
  return isProviderName(provider) ? { rest, provider } : undefined;
}

/** The arguments of a provider's tools that take the id of something with a name, by their paths. */
export function thingsOf(toolset: Toolset): ReadonlyMap<string, NamedThing> {
  const known = indexes.get(toolset);
  if (known) return known;
  const targets = toolset.targets.flatMap(({ argument, label, named }) =>
    named ? [{ argument, label, ...named }] : [],
  );
  const index = new Map(
    [...targets, ...toolset.things].flatMap((thing) =>
      [thing.argument, ...(thing.also ?? [])].map((path): [string, NamedThing] => [path, thing]),
    ),
  );
  indexes.set(toolset, index);
  return index;
}

/** Every call asks, and declarations never change. */
const indexes = new WeakMap<Toolset, ReadonlyMap<string, NamedThing>>();

/** The arguments with ids in place of names, each at its path. */
export const withIds = (args: Values, ids: ReadonlyMap<string, unknown>): Values =>
  mapValues(args, (leaf, _, at) => (ids.has(at) ? ids.get(at) : leaf));
