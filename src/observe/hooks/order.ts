import type { Queued } from './outbox.js';

export interface WaveOptions {
  /** Instances of which an event could not be sent. Those behind it wait. */
  stuck: ReadonlySet<string>;
  /** Whether an event may be tried now. */
  isDue: (queued: Queued) => boolean;
  most: number;
}

/** The events that can be sent side by side: none of them comes after another one of the same instance. */
export function nextWave(waiting: readonly Queued[], { stuck, isDue, most }: WaveOptions): Queued[] {
  const taken = new Set(stuck);
  const wave: Queued[] = [];
  for (const queued of waiting) {
    const { instances } = queued.event;
    if (wave.length < most && isDue(queued) && !instances.some((each) => taken.has(each))) wave.push(queued);
    for (const instance of instances) taken.add(instance);
  }
  return wave;
}
