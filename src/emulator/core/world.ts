import { randomUUID } from 'node:crypto';
import type { Backing } from './backing.js';

/** The story of the seeded fleet. `normal` has a little of each. */
export const scenarios = ['normal', 'storage-full', 'failover', 'replication-delay', 'region-down', 'quiet'] as const;
export type Scenario = (typeof scenarios)[number];

export interface WorldOptions {
  scenario?: Scenario;
  /** The epoch milliseconds at which the emulated clock starts. */
  start?: number;
  /** How many times as fast work goes. The clock itself is that of clients; with 0, only `advance` moves it. */
  speed?: number;
  /** How many times each account has its instances, for large fleets. The story is told of the first. */
  copies?: number;
  /** Left out, there is no PostgreSQL behind any instance. */
  backing?: Backing;
}

/** What every emulated provider shares: one clock, and the work that is due on it. */
export interface World {
  readonly scenario: Scenario;
  readonly copies: number;
  readonly backing?: Backing;
  /** Epoch milliseconds on the emulated clock. */
  now(): number;
  /** Moves the clock forward, and does everything that is due by then. */
  advance(milliseconds: number): void;
  /** Does `effect` once work that takes so long is done, which is sooner when work goes faster. */
  later(milliseconds: number, effect: () => void): void;
  /** Does `effect` once the clock has passed `time`. */
  at(time: number, effect: () => void): void;
  /** Does everything that is due, in the order of time. Called before each request. */
  settle(): void;
  newId(): string;
}

export function createWorld(options: WorldOptions = {}): World {
  const { scenario = 'normal', start = Date.now(), speed = 1, copies = 1, backing } = options;
  const begun = performance.now();
  let turned = 0;
  let due: { time: number; effect: () => void }[] = [];
  // While an effect is done, the clock stands at its time, so that chains of effects keep their intervals.
  let frozen: number | undefined;

  // Faster time would put what happens into the future of clients, who then do not find it.
  const elapsed = () => (speed === 0 ? 0 : performance.now() - begun);
  const now = () => frozen ?? Math.floor(start + turned + elapsed());
  const at: World['at'] = (time, effect) => void due.push({ time, effect });

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
    copies,
    backing,
    now,
    settle,
    advance(milliseconds) {
      turned += milliseconds;
      settle();
    },
    at,
    later: (milliseconds, effect) => at(now() + milliseconds / (speed || 1), effect),
    newId: () => randomUUID(),
  };
}
