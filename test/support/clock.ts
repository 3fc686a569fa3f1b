import { systemClock } from '../../src/cli/system.js';
import type { Clock } from '../../src/values/clock.js';

/** The clock of this machine, on which every pause is over at once: it is turned by as much instead. */
export function turningClock(): Clock {
  let turned = 0;
  return {
    now: () => systemClock.now() + turned,
    async pause(milliseconds, signal) {
      // Whoever waits lets the others go on.
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (!signal?.aborted) turned += milliseconds;
    },
    later: systemClock.later,
  };
}
