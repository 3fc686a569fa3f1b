import { randomUUID } from 'node:crypto';

/** The story of the seeded fleet. `normal` has a little of each. */
export const scenarios = ['normal', 'storage-full', 'failover', 'replication-delay', 'quiet'] as const;
export type Scenario = (typeof scenarios)[number];

export interface WorldOptions {
  scenario?: Scenario;
  /** The epoch milliseconds at which the emulated clock starts. */
  start?: number;
  /** How many emulated milliseconds pass in one real millisecond. With 0, only `advance` moves the clock. */
  speed?: number;
}

/** What every emulated provider shares: one clock, and the work that is due on it. */
export interface World {
  readonly scenario: Scenario;
  /** Epoch milliseconds on the emulated clock. */
  now(): number;
  /** Moves the clock forward, and does everything that is due by then. */
  advance(milliseconds: number): void;
  /** Does `effect` once the clock has passed `milliseconds` from now. */
  later(milliseconds: number, effect: () => void): void;
  /** Does everything that is due, in the order of time. Called before each request. */
  settle(): void;
  newId(): string;
}

export function createWorld({ scenario = 'normal', start = Date.now(), speed = 1 }: WorldOptions = {}): World {
  const begun = performance.now();
  let turned = 0;
  let due: { time: number; effect: () => void }[] = [];
  // While an effect is done, the clock stands at its time, so that chains of effects keep their intervals.
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
