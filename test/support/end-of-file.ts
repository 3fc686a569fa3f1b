import { afterAll } from 'vitest';

/** Called at the top of a file: what is handed to the function ends when the file's last test has run. */
export function endOfFile(): (close: () => Promise<void>) => void {
  const all: (() => Promise<void>)[] = [];
  afterAll(async () => {
    // What was started last ends first.
    for (const close of all.toReversed()) await close();
  });
  return (close) => void all.push(close);
}
