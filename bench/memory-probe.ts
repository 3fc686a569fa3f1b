import { setTimeout } from 'node:timers/promises';

export interface Memory {
  /** Bytes that are in use after a garbage collection, the heap and what it holds outside. */
  held: number;
  /** Bytes that the process has of the machine. */
  resident: number;
}

// Loaded into the server that is measured: only from within can garbage be collected before the counting.
process.on('message', () => void measure().then((memory) => process.send?.(memory)));
// The process lives and ends as it would without.
process.channel?.unref();

/** Twice, with a pause: what a first collection finds may let go of more. */
async function measure(): Promise<Memory> {
  globalThis.gc?.();
  await setTimeout(200);
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
}
