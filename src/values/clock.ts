import { type TimeText, timesIn } from './time-text.js';

/** The source of time. It is passed in, so that a test can control it. */
export interface Clock {
  /** Epoch milliseconds. */
  now: () => number;
  /** Writes every time that people are told, in the one zone that was set for them. */
  timeText: TimeText;
  /** Resolves after this many milliseconds, or at once when the signal is aborted. */
  pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Does the work once, after this many milliseconds. Returns a function that cancels it. */
  later: (work: () => void, milliseconds: number) => () => void;
}

/** The source of random values, which is passed in. */
export interface Random {
  /** At least 0 and less than 1. */
  fraction: () => number;
  /** At least 0 and less than `below`. It is good enough for secrets. */
  integer: (below: number) => number;
  /** Good enough for keys. */
  bytes: (size: number) => Uint8Array;
  /** A UUID that is unique. */
  id: () => string;
}

/** The same clock, which tells people the time of this zone. Without one, it stays as it is. */
export const inZone = (clock: Clock, zone: string | undefined): Clock =>
  zone === undefined ? clock : { ...clock, timeText: timesIn(zone) };

/** The result of the work, or that of `late` once the time is over. */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  work: Promise<T>,
  late: () => T | Promise<T>,
): Promise<T> {
  let cancel: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = clock.later(resolve, milliseconds);
  });
  try {
    return await Promise.race([work, over.then(late)]);
  } finally {
    cancel();
  }
}
