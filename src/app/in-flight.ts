import { setImmediate } from 'node:timers/promises';
import { type Clock, withDeadline } from '../values/clock.js';

/** Counts what is under way, so that a process can end when nothing is. */
export interface InFlight {
  around: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when nothing is under way any more, or when the time is over. */
  ended(milliseconds: number): Promise<void>;
}

export function inFlight(clock: Clock): InFlight {
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
      await withDeadline(clock, milliseconds, done, () => undefined);
      // The work is done, its answer is still to be handed to the connection.
      await setImmediate();
    },
  };
}
