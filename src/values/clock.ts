/** Time as it comes in from outside, so that a test can turn it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after so many milliseconds, and at once when the signal is aborted. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Does the work once, after so many milliseconds; gives back the way to call it off. */
  later(work: () => void, milliseconds: number): () => void;
}

/** Chance as it comes in from outside. */
export interface Random {
  /** At least 0 and less than 1. */
  fraction(): number;
  /** At least 0 and less than `below`; fit for secrets. */
  integer(below: number): number;
  /** Fit for keys. */
  bytes(size: number): Uint8Array;
  /** A UUID that nobody else has. */
  id(): string;
}

/** The result of the work, or that of `late` once the time is over. */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  work: Promise<T>,
  late: () => T | Promise<T>,
): Promise<T> {
  let callOff: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    callOff = clock.later(resolve, milliseconds);
  });
  try {
    return await Promise.race([work, over.then(late)]);
  } finally {
    callOff();
  }
}
