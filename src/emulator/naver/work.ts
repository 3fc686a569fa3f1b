import { second } from '../core/dates.js';
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

/** How long reads lag behind a change. */
const lagSeconds = 4;

/** Keeps the states as they are for those who read. The answer to a change shows its own states at once. */
export function lagBehind({ world }: Naver, instance: Instance): void {
  const { status } = instance;
  const servers = new Map(instance.servers.map((server) => [server.id, server.status]));
  const before = { status, servers };
  instance.before = before;
  world.later(lagSeconds * second, () => {
    if (instance.before === before) instance.before = undefined;
  });
}

/** Keeps the instance in `settingup` while its users or databases change. */
export function setUp(naver: Naver, call: Call, instance: Instance, effect: () => void): void {
  lagBehind(naver, instance);
  instance.status = 'settingup';
  const settle = () => {
    effect();
    instance.status = 'running';
  };
  startWork(naver, call, { after: 6, effect: settle });
}
