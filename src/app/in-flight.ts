import { setImmediate } from 'node:timers/promises';
import { type Clock, withDeadline } from '../values/clock.js';

/** Counts running calls, so that a process can end when there are none. */
export interface InFlight {
  around: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when no call is running any more, or when the time is over. */
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
      // The work is done, but its answer still has to be handed to the connection.
      await setImmediate();
    },
  };
}
