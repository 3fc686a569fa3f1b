import { randomUUID } from 'node:crypto';

/** The story that the seeded fleet tells; `normal` has something of each. */
export const scenarios = ['normal', 'storage-full', 'failover', 'replication-delay', 'quiet'] as const;
export type Scenario = (typeof scenarios)[number];

export interface WorldOptions {
  scenario?: Scenario;
  /** Epoch milliseconds at which the emulated clock starts. */
  start?: number;
  /** How many emulated milliseconds pass in one real one; 0 makes a clock that only `advance` moves. */
  speed?: number;
}

/** What every emulated provider shares: one clock, and what is due to happen on it. */
export interface World {
  readonly scenario: Scenario;
  /** Epoch milliseconds on the emulated clock. */
  now(): number;
  /** Turns the clock by hand, and lets everything that is due by then happen. */
  advance(milliseconds: number): void;
  /** Lets `effect` happen once the clock has passed `milliseconds` from now. */
  later(milliseconds: number, effect: () => void): void;
  /** Lets everything that is due happen, in the order of its time. Called before each request. */
  settle(): void;
  newId(): string;
}

export function createWorld({ scenario = 'normal', start = Date.now(), speed = 1 }: WorldOptions = {}): World {
  const begun = performance.now();
  let turned = 0;
  let due: { time: number; effect: () => void }[] = [];
  // While an effect happens the clock stands at its time, so that chains of effects keep their distances.
  let frozen: number | undefined;

  const now = () => frozen ?? Math.floor(start + turned + (performance.now() - begun) * speed);

  function settle() {
    const until = now();
    for (;;) {
      const next = due.reduce<(typeof due)[number] | undefined>((a, b) => (a && a.time <= b.time ? a : b), undefined);
      if (!next || next.time > until) break;
      due = due.filter((entry) => entry !== next);
      frozen = next.time;
      try {
        next.effect();
      } finally {
        frozen = undefined;
      }
    }
  }

  return {
    scenario,
    now,
    settle,
    advance(milliseconds) {
      turned += milliseconds;
      settle();
    },
    later: (milliseconds, effect) => void due.push({ time: now() + milliseconds, effect }),
    newId: () => randomUUID(),
  };
}
