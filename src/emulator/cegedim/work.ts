import { startSteps } from '../core/work.js';
import type { Action, Instance, Status } from './entities.js';
import type { Call } from './requests.js';
import type { Cegedim } from './store.js';

/** The emulator's own codes, because the documents show none. */
export type Process =
  | 'CREATE'
  | 'DELETE'
  | 'START'
  | 'STOP'
  | 'RESIZE'
  | 'RESTORE'
  | 'ENABLE_HA'
  | 'UPDATE_PATCH_PARTY'
  | 'INSTALL_EXTENSION'
  | 'UPGRADE'
  | 'FAILOVER';

export interface Work {
  process: Process;
  instance: Instance;
  /** How long it takes when work goes at its usual speed. */
  seconds: number;
  meanwhile: Status;
  /** The instance's status once the work is done. When left out, it is the status before. */
  after?: Status;
  /** Checked at the end. If it returns a text, the action fails with it, and `effect` is not done. */
  obstacle?: () => string | undefined;
  effect: () => void;
  /** What else has to be undone when the action fails. */
  giveUp?: () => void;
}

export function newAction({ world, store }: Cegedim, process: Process, instance: Instance, by: string): Action {
  const now = world.now();
  return store.actions.add({
    id: store.newActionId(),
    internalId: store.newInternalId(),
    process: `POSTGRESQL_${process}`,
    status: 'IN_PROGRESS',
    message: 'In progress',
    resourceId: instance.id,
    resourceName: instance.name,
    serviceId: instance.serviceId,
    submittedBy: by,
    submittedAt: now,
    updatedAt: now,
  });
}

/** Starts work in the background. Its changes show once the action is SUCCESS. */
export function startWork(cegedim: Cegedim, call: Call, work: Work): Action {
  const { world } = cegedim;
  const { instance } = work;
  const before = instance.status;
  const action = newAction(cegedim, work.process, instance, call.client);
  instance.status = work.meanwhile;
  const end = () => {
    const obstacle = work.obstacle?.();
    if (obstacle !== undefined) {
      instance.status = before;
      work.giveUp?.();
      return finish(action, world.now(), 'ERROR', obstacle);
    }
    const { databases, usedGb } = structuredClone(instance);
    instance.past.push({ until: world.now(), databases, usedGb });
    work.effect();
    instance.status = work.after ?? before;
    finish(action, world.now());
  };
  startSteps(world, call, { steps: [{ after: work.seconds, effect: end }] });
  return action;
}

export function finish(action: Action, now: number, status: 'SUCCESS' | 'ERROR' = 'SUCCESS', message = 'Done'): void {
  Object.assign(action, { status, message, updatedAt: now, completedAt: now });
}
