/** A map that forgets its entries when they expire. Times are epoch milliseconds. */
export interface Expiring<T> {
  get(id: string): T | undefined;
  set(id: string, value: T, expires: number): void;
  delete(id: string): void;
  /** All entries that have not expired. */
  entries(): [string, T][];
  /** The number of entries in memory, including expired ones that were not removed yet. */
  held(): number;
}

const fewest = 256;

/**
 * Expired entries are hidden at once. They are removed when as many entries were added as remained after the last
 * removal. So the memory stays below twice what is needed, and the cost for each entry does not depend on their number.
 */
export function expiring<T>(now: () => number): Expiring<T> {
  const all = new Map<string, { value: T; expires: number }>();
  let untilSweep = fewest;

  function sweep(): void {
    const time = now();
    for (const [id, { expires }] of all) if (expires <= time) all.delete(id);
    untilSweep = Math.max(fewest, all.size);
  }

  return {
    get(id) {
      const found = all.get(id);
      return found && found.expires > now() ? found.value : undefined;
    },
    set(id, value, expires) {
      all.set(id, { value, expires });
      untilSweep -= 1;
      if (untilSweep <= 0) sweep();
    },
    delete: (id) => void all.delete(id),
    entries() {
      sweep();
      return [...all].map(([id, { value }]) => [id, value]);
    },
    held: () => all.size,
  };
}
