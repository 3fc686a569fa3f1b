import { second } from './dates.js';
import type { Instance, Status } from './entities.js';
import type { Call } from './requests.js';
import type { Naver } from './store.js';

export interface Step {
  /** Seconds on the emulated clock after the request. */
  after: number;
  effect: () => void;
}

/** There is no job to ask about: what is under way shows in states only, one step after the other. */
export function take(steps: Step[], { world }: Naver, call: Call): void {
  if (call.isStuck) return;
  for (const { after, effect } of steps) world.later(after * second, effect);
}

/** For a step: what it does is to change a state. */
export const become = (thing: { status: Status }, status: Status) => (): void => {
  thing.status = status;
};

/** Holds the instance in `settingup` while its users or databases change. */
export function setUp(instance: Instance, naver: Naver, call: Call, effect: () => void): void {
  instance.status = 'settingup';
  const settle = () => {
    effect();
    instance.status = 'running';
  };
  take([{ after: 6, effect: settle }], naver, call);
}
