import { type Step, startSteps } from '../core/work.js';
import type { Instance, Status } from './entities.js';
import type { Call } from './requests.js';
import type { Naver } from './store.js';

/** There is no job to ask about: what is under way shows in states only, one step after the other. */
export const startWork = ({ world }: Naver, call: Call, ...steps: readonly Step[]): void =>
  startSteps(world, call, { steps });

/** For a step: what it does is to change a state. */
export const become = (thing: { status: Status }, status: Status) => (): void => {
  thing.status = status;
};

/** Holds the instance in `settingup` while its users or databases change. */
export function setUp(naver: Naver, call: Call, instance: Instance, effect: () => void): void {
  instance.status = 'settingup';
  const settle = () => {
    effect();
    instance.status = 'running';
  };
  startWork(naver, call, { after: 6, effect: settle });
}
