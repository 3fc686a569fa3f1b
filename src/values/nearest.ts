import { distance } from 'fastest-levenshtein';

/** The known word that is most similar to this one. Undefined when none is similar. */
export function nearestTo(word: string, known: readonly string[]): string | undefined {
  // A longer word is not a misspelling of a known one, and comparing it would take long.
  const typed = word.slice(0, longestName).toLowerCase();
  const distanceTo = (other: string) => distance(typed, other.toLowerCase());
  const [nearest] = known.toSorted((a, b) => distanceTo(a) - distanceTo(b));
  return nearest && distanceTo(nearest) <= Math.max(2, word.length / 3) ? nearest : undefined;
}

const longestName = 100;
