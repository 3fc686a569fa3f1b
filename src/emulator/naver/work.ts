import { type Step, startSteps } from '../core/work.js';
import type { Instance, Status } from './entities.js';
import type { Call } from './requests.js';
import type { Naver } from './store.js';

/** There are no jobs to ask about. Work only shows in the states, which change step by step. */
export const startWork = ({ world }: Naver, call: Call, ...steps: readonly Step[]): void =>
  startSteps(world, call, { steps });

/** A step that changes a state. */
export const become = (thing: { status: Status }, status: Status) => (): void => {
  thing.status = status;
};

/** Keeps the instance in `settingup` while its users or databases change. */
export function setUp(naver: Naver, call: Call, instance: Instance, effect: () => void): void {
  instance.status = 'settingup';
  const settle = () => {
    effect();
    instance.status = 'running';
  };
  startWork(naver, call, { after: 6, effect: settle });
}
