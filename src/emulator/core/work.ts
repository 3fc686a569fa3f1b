import { second } from './dates.js';
import type { BaseCall } from './requests.js';
import type { World } from './world.js';

export interface Step {
  /** Seconds on the emulated clock after the request. */
  after: number;
  effect: () => void;
}

/** Work that goes on after the answer, one step after the other. */
export interface Steps {
  /** Is taken even by work that is stuck: it was begun. */
  begins?: Step;
  steps: readonly Step[];
}

export function startSteps(world: World, { isStuck }: BaseCall, { begins, steps }: Steps): void {
  const taken = isStuck ? [] : steps;
  for (const { after, effect } of begins ? [begins, ...taken] : taken) world.later(after * second, effect);
}

/** Lets `effect` happen again and again; `untilNext` tells after how many milliseconds. */
export function repeat(world: World, untilNext: (now: number) => number, effect: () => void): void {
  world.later(untilNext(world.now()), () => {
    effect();
    repeat(world, untilNext, effect);
  });
}
