export interface Batched {
  write: (line: string) => void;
  /** Writes what has not been written yet. */
  flush: () => void;
}

/**
 * Lines of the same turn are written together: written one by one, they would cost more than the calls they are about.
 */
export function batched(write: (text: string) => void): Batched {
  let waiting: string[] = [];
  const flush = () => {
    if (waiting.length > 0) write(waiting.join(''));
    waiting = [];
  };
  return {
    write(line) {
      if (waiting.push(line) === 1) setImmediate(flush);
    },
    flush,
  };
}
