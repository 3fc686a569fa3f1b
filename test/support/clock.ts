import { systemClock } from '../../src/cli/system.js';
import type { Clock } from '../../src/values/clock.js';
import { timesIn } from '../../src/values/time-text.js';

/** The clock of this machine, on which every pause is over at once: it is turned by as much instead. */
export function turningClock(): Clock {
  let turned = 0;
  return {
    now: () => systemClock.now() + turned,
    timeText: timesIn('UTC'),
    async pause(milliseconds, signal) {
      // Whoever waits lets the others go on.
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (!signal?.aborted) turned += Math.round(milliseconds);
    },
    later: systemClock.later,
  };
}

/** A clock that stands still until the test turns it: pauses end, and work is done, when their time has come. */
export interface HandClock extends Clock {
  /** Does what is due by then in the order of its time; this process comes to rest before, and after each. */
  turn(milliseconds: number): Promise<void>;
  /** How long each pause that has not ended, and each work that is not done, waits in all; the next one first. */
  waits(): number[];
  /** Resolves once something waits for at least so long in all, at once if something does already. */
  awaited(milliseconds: number): Promise<void>;
}

export function handClock(start = Date.now()): HandClock {
  let time = start;
  const due = new Set<{ at: number; milliseconds: number; work: () => void }>();
  const watchers = new Set<() => void>();
  const inOrder = () => [...due].toSorted((a, b) => a.at - b.at);
  const waits = () => inOrder().map(({ milliseconds }) => milliseconds);
  const later: Clock['later'] = (work, milliseconds) => {
    const item = { at: time + milliseconds, milliseconds, work };
    due.add(item);
    for (const look of watchers) look();
    watchers.clear();
    return () => void due.delete(item);
  };
  return {
    now: () => time,
    timeText: timesIn('UTC'),
    later,
    waits,
    async pause(milliseconds, signal) {
      if (signal?.aborted) return;
      await new Promise<void>((resolve) => {
        const callOff = later(end, milliseconds);
        signal?.addEventListener('abort', end);
        function end() {
          callOff();
          signal?.removeEventListener('abort', end);
          resolve();
        }
      });
    },
    async turn(milliseconds) {
      const end = time + milliseconds;
      await settle();
      for (;;) {
        const [next] = inOrder();
        if (!next || next.at > end) break;
        due.delete(next);
        time = next.at;
        next.work();
        await settle();
      }
      time = end;
    },
    async awaited(milliseconds) {
      while (!waits().some((wait) => wait >= milliseconds)) await new Promise<void>((resolve) => watchers.add(resolve));
    },
  };
}

/** Long enough for everything that was begun in this process, and waits for nothing outside of it, to have ended. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 200; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
