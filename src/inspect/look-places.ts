import type { Clock } from '../values/clock.js';
import { LookError } from './look-error.js';

/** How many may look at one instance at the same time, through whichever process. */
const mostLooks = 2;
/** How often a process asks again for a place that another one has. */
const againMilliseconds = 250;
/** A process that ended without a word does not keep its place for longer than a look can take. */
const spareMilliseconds = 5_000;

/** Places that all processes share. A place that nobody released in time is free. */
export interface SharedPlaces {
  acquire(key: string, holder: string, places: number, expires: number): Promise<boolean>;
  release(key: string, holder: string): Promise<void>;
}

export interface LookPlacesOptions {
  shared: SharedPlaces;
  clock: Pick<Clock, 'now' | 'pause'>;
  newId: () => string;
}

export interface PlaceWanted {
  /** The instance. */
  reference: string;
  /** Until when the look is over, as epoch milliseconds. */
  until: number;
  signal?: AbortSignal;
}

/**
 * Gives a place for a look, and what releases it. Who waits in this process is first in line; a place that another
 * process has is asked for again and again. Throws a `LookError` when the time of the look is over before.
 */
export function lookPlaces({ shared, clock, newId }: LookPlacesOptions) {
  const takeOwn = ownPlaces(mostLooks);

  return async ({ reference, until, signal }: PlaceWanted): Promise<() => Promise<void>> => {
    const leave = await takeOwn(reference);
    const [key, holder] = [`look:${reference}`, newId()];
    try {
      while (!(await shared.acquire(key, holder, mostLooks, until + spareMilliseconds))) {
        if (clock.now() >= until || signal?.aborted)
          throw new LookError('time over', `${mostLooks} others look at it already, and none of them ended in time.`);
        await clock.pause(againMilliseconds, signal);
      }
    } catch (error) {
      leave();
      throw error;
    }
    return async () => {
      // It expires by itself where the store cannot be reached now, and what was seen is told.
      await shared.release(key, holder).catch(() => undefined);
      leave();
    };
  };
}

/** So many may go on at once for each key. The others wait in line. */
function ownPlaces(most: number): (key: string) => Promise<() => void> {
  const lines = new Map<string, { taken: number; waiting: (() => void)[] }>();
  return async (key) => {
    const line = lines.get(key) ?? { taken: 0, waiting: [] };
    lines.set(key, line);
    if (line.taken < most) line.taken += 1;
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    return () => {
      const next = line.waiting.shift();
      if (next) return next();
      line.taken -= 1;
      if (line.taken === 0) lines.delete(key);
    };
  };
}
