import type { World } from '../core/world.js';
import { minute, second } from './dates.js';
import type { DbInstance, Job, Progress, ResourceType } from './entities.js';
import { report, type Source } from './events.js';
import { wrongState } from './replies.js';
import type { Call } from './requests.js';
import type { Store } from './store.js';

/** What every route works on. */
export interface Nhn {
  world: World;
  store: Store;
}

export interface Work {
  /** Length on the emulated clock. */
  seconds: number;
  resources: [ResourceType, string][];
  /** Instances that take no other work meanwhile, and what they are then said to do. */
  busy?: { instances: DbInstance[]; progress: Progress };
  /** The event code without its last part (00 begun, 01 done), and what it is about. */
  event?: { topic: string; source: Source };
  /** Happens when the job is done. */
  effect: () => void;
}

const getReadySeconds = 2;

/** Starts work in the background; what it changes shows once the job is COMPLETED. */
export function startJob({ world, store }: Nhn, call: Call, work: Work): { jobId: string } {
  const now = world.now();
  const resources = work.resources.map(([resourceType, resourceId]) => ({ resourceType, resourceId }));
  const job: Job = { id: world.newId(), createdAt: now, updatedAt: now, status: 'READY', resources };
  store.jobs.add(job);
  setProgress(work, work.busy?.progress ?? 'NONE');
  if (work.event) report(store, `${work.event.topic}_00`, work.event.source, now);

  const moveTo = (status: Job['status']) => {
    job.status = status;
    job.updatedAt = world.now();
  };
  world.later(getReadySeconds * second, () => moveTo('RUNNING'));
  if (call.stuck) return { jobId: job.id };
  world.later((getReadySeconds + work.seconds) * second, () => {
    work.effect();
    setProgress(work, 'NONE');
    for (const instance of work.busy?.instances ?? []) instance.updatedAt = world.now();
    moveTo('COMPLETED');
    if (work.event) report(store, `${work.event.topic}_01`, work.event.source, world.now());
  });
  return { jobId: job.id };
}

function setProgress({ busy }: Work, progress: Progress): void {
  for (const instance of busy?.instances ?? []) instance.progress = progress;
}

/** Refuses the request while another job runs on the instance. */
export function refuseBusy(instance: DbInstance): void {
  if (instance.progress !== 'NONE')
    throw wrongState(`DB instance ${instance.name} is busy: its progressStatus is ${instance.progress}.`);
}

/** Refuses the request unless the instance runs and no job holds it. A full disk is no obstacle: some jobs mend it. */
export function refuseUnlessReady(instance: DbInstance): void {
  refuseBusy(instance);
  if (instance.status === 'SHUTDOWN' || instance.status === 'FAILOVER')
    throw wrongState(`DB instance ${instance.name} is not running: its dbInstanceStatus is ${instance.status}.`);
}

/** A forced restart has no job; the machine is reset after ten minutes of grace. */
export const forcedRestartLasts = 10 * minute;
