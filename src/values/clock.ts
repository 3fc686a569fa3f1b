/** The source of time. It is passed in, so that a test can control it. */
export interface Clock {
  /** Epoch milliseconds. */
  now: () => number;
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
