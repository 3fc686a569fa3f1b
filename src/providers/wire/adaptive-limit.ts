/** Work that runs side by side, up to a number that falls while the other side is busy. */
export interface AdaptiveLimit {
  /** Does the work as soon as there is a place. Who came first goes first. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Halves the number of places. Each work that succeeds brings back a part of one. */
  lower(): void;
}

export function adaptiveLimit(most: number): AdaptiveLimit {
  const waiting: (() => void)[] = [];
  let places = most;
  let running = 0;

  /** Takes waiting work as long as there are places. */
  function fill(): void {
    while (running < Math.floor(places) && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  }

  return {
    async run(work) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        fill();
      });
      try {
        const result = await work();
        // As many successes as there are places bring back one place.
        places = Math.min(most, places + 1 / places);
        return result;
      } finally {
        running -= 1;
        fill();
      }
    },
    lower() {
      places = Math.max(1, places / 2);
    },
  };
}
