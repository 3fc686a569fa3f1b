/** A map whose entries are forgotten when their time is over. Times are epoch milliseconds. */
export interface Expiring<T> {
  get(id: string): T | undefined;
  set(id: string, value: T, expires: number): void;
  delete(id: string): void;
  /** All that are not over. */
  entries(): [string, T][];
  /** How many are held in memory, those included that are over and not swept yet. */
  held(): number;
}

const fewest = 256;

/**
 * What is over is left out at once, and swept when as many were put in as were there after the last sweep: the memory
 * stays within twice what is alive, and a sweep costs each entry the same, however many there are.
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
