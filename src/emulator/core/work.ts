import { second } from './dates.js';
import type { BaseCall } from './requests.js';
import type { World } from './world.js';

export interface Step {
  /** Seconds of work after the request. */
  after: number;
  effect: () => void;
}

/** Work that continues after the answer, step by step. */
export interface Steps {
  /** This step is done even by work that is stuck, because the work has begun. */
  begins?: Step;
  steps: readonly Step[];
}

export function startSteps(world: World, { isStuck }: BaseCall, { begins, steps }: Steps): void {
  const taken = isStuck ? [] : steps;
  for (const { after, effect } of begins ? [begins, ...taken] : taken) world.later(after * second, effect);
}

/** Repeats `effect` by the clock. `untilNext` returns the milliseconds until the next time. */
export function repeat(world: World, untilNext: (now: number) => number, effect: () => void): void {
  const now = world.now();
  world.at(now + untilNext(now), () => {
    effect();
    repeat(world, untilNext, effect);
  });
}
