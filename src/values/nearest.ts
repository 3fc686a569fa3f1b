import { distance } from 'fastest-levenshtein';

/** The known word that is most like this one; undefined when none is. */
export function nearestTo(word: string, known: readonly string[]): string | undefined {
  // A word that is longer is no slip of a known one, and would take long to compare.
  const typed = word.slice(0, longestName).toLowerCase();
  const distanceTo = (other: string) => distance(typed, other.toLowerCase());
  const [nearest] = known.toSorted((a, b) => distanceTo(a) - distanceTo(b));
  return nearest && distanceTo(nearest) <= Math.max(2, word.length / 3) ? nearest : undefined;
}

const longestName = 100;
