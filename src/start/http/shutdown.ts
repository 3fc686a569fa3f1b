import { setImmediate, setTimeout } from 'node:timers/promises';

/** Counts what is under way, so that a process can end when nothing is. */
export interface UnderWay {
  around: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when nothing is under way any more, or when the time is over. */
  ended(milliseconds: number): Promise<void>;
}

export function underWay(): UnderWay {
  let count = 0;
  let tell: (() => void) | undefined;
  return {
    async around(work) {
      count += 1;
      try {
        return await work();
      } finally {
        count -= 1;
        if (count === 0) tell?.();
      }
    },
    async ended(milliseconds) {
      if (count === 0) return;
      const done = new Promise<void>((resolve) => {
        tell = resolve;
      });
      const late = new AbortController();
      await Promise.race([done, setTimeout(milliseconds, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
      // The work is done, its answer is still to be handed to the connection.
      await setImmediate();
    },
  };
}
