import type { OperationKind } from './kinds.js';

/** An operation that fits what somebody wants. */
export interface FoundOperation {
  name: string;
  score: number;
  kinds: readonly OperationKind[];
}

/** Operations that fit what somebody wants, and do it alike. One alone has no kind that it is named by. */
export interface FoundKind {
  names: readonly string[];
  score: number;
  kind?: OperationKind;
}

/** An operation of a kind. */
export interface KindMember {
  name: string;
  provider: string;
}

/** The operations of each kind. */
export type KindMembers = Readonly<Partial<Record<OperationKind, readonly KindMember[]>>>;

/**
 * So many operations are given however well they fit, since what leads to the best is worth a line. What comes after
 * them and fits so much less than the best has hardly more than a word in common with what is wanted.
 */
const givenAnyway = 8;
const leastOfBest = 0.4;

/** How much it says for a kind that a second of its operations fits too. */
const weightOfSecond = 0.1;

/** Kinds are given until they have so many operations, so that an answer stays short. */
const mostOperations = 14;

/**
 * What was found, which is sorted, as kinds, the best first. All operations of a kind are in it, whatever words lead to
 * them, those that fit best first. What does several things stands for itself, and is named with each kind that it
 * serves; nothing is named twice.
 */
export function foundByKind(
  found: readonly FoundOperation[],
  namesOf: (kind: OperationKind) => readonly string[],
  isOffered: (name: string) => boolean,
): FoundKind[] {
  const keys = [...new Set(found.map(keyOf))];
  const kinds = keys.map((key) => together(found.filter((each) => keyOf(each) === key)));
  const best = Math.max(...kinds.map(({ score }) => score));
  const named = new Set<string>();
  return kinds
    .toSorted((a, b) => b.score - a.score)
    .flatMap(({ names, score, kind }) => {
      const all = [...names, ...(kind === undefined ? [] : namesOf(kind))];
      const fresh = [...new Set(all)].filter((name) => !named.has(name) && isOffered(name));
      const most = score >= leastOfBest * best ? mostOperations : givenAnyway;
      if (fresh.length === 0 || (named.size > 0 && named.size + fresh.length > most)) return [];
      for (const name of fresh) named.add(name);
      return [{ names: fresh, score, ...(kind !== undefined && { kind }) }];
    });
}

/** The one kind of an operation. One that serves several, or none, is found by its name alone. */
const keyOf = ({ name, kinds }: FoundOperation): string => onlyKind(kinds) ?? name;

const onlyKind = ([kind, ...others]: readonly OperationKind[]) => (others.length === 0 ? kind : undefined);

/** Operations of one kind as one, and how well it fits. */
function together(alike: readonly FoundOperation[]) {
  const [best, second] = alike;
  return {
    names: alike.map(({ name }) => name),
    score: (best?.score ?? 0) + weightOfSecond * (second?.score ?? 0),
    kind: onlyKind(best?.kinds ?? []),
  };
}
