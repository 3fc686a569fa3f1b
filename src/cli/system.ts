import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Clock, Random } from '../values/clock.js';
import { timesIn } from '../values/time-text.js';

/** The clock of this machine. Nothing else in the product reads it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  timeText: timesIn(),
  pause: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal?.addEventListener('abort', end);
    }),
  later(work, milliseconds) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The random source of this machine, good enough for keys and passwords. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  integer: (below) => randomInt(below),
  bytes: (size) => randomBytes(size),
  id: () => randomUUID(),
};

/** The name of the user, as the system knows it. A user of a container may have a number alone. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}
