import { second } from '../core/dates.js';
import { type Step, startSteps } from '../core/work.js';
import { keepContents } from './contents.js';
import type { DbInstance, Job, Progress, ResourceType } from './entities.js';
import { underWay, wrongState } from './replies.js';
import type { Call } from './requests.js';
import { languages, sentences } from './seed/event-codes.js';
import type { Nhn, Store } from './store.js';

export interface Work {
  /** How long it takes when work goes at its usual speed. */
  seconds: number;
  resources: [ResourceType, string][];
  /** Instances that accept no other work meanwhile, and the progress that they show. */
  busy?: { instances: DbInstance[]; progress: Progress };
  /** Instances whose engine restarts, one after the other. */
  restarts?: DbInstance[];
  /** The event code without its last part (00 begun, 01 done, 04 failed), and what it is about. */
  event?: { topic: string; source: Source };
  /** Whether the job fails as soon as it runs. It then has no effect. */
  fails?: () => boolean;
  /** Done once the job runs. */
  begins?: () => void;
  /** Done when the job ends. */
  effect: () => void;
}

const unknownSeconds = 2;
const getReadySeconds = 3;

/** Starts work in the background. Its changes show once the job is COMPLETED. */
export function startWork(nhn: Nhn, call: Call, work: Work): { jobId: string } {
  const { world, store } = nhn;
  const now = world.now();
  const resources = work.resources.map(([resourceType, resourceId]) => ({ resourceType, resourceId }));
  const job: Job = { id: world.newId(), createdAt: now, updatedAt: now, status: 'READY', resources };
  store.jobs.add(job);
  job.isUnknown = true;
  world.later(unknownSeconds * second, () => {
    job.isUnknown = false;
  });
  setProgress(work, work.busy?.progress ?? 'NONE');
  if (work.event) report(store, `${work.event.topic}_00`, work.event.source, now);

  const moveTo = (status: Job['status']) => {
    job.status = status;
    job.updatedAt = world.now();
  };
  const fail = () => {
    setProgress(work, 'NONE');
    moveTo('FAILED');
    if (work.event) report(store, `${work.event.topic}_04`, work.event.source, world.now());
  };
  const begin = () => {
    if (work.fails?.()) return fail();
    work.begins?.();
    moveTo('RUNNING');
  };
  const complete = () => {
    work.effect();
    setProgress(work, 'NONE');
    for (const instance of work.busy?.instances ?? []) instance.updatedAt = world.now();
    for (const groupId of groupsOf(work)) keepContents(nhn, groupId);
    moveTo('COMPLETED');
    if (work.event) report(store, `${work.event.topic}_01`, work.event.source, world.now());
  };
  startSteps(world, call, {
    begins: { after: getReadySeconds, effect: begin },
    steps: [...restartsOf(nhn, work), { after: getReadySeconds + work.seconds, effect: complete }].map(
      ({ after, effect }) => ({ after, effect: () => job.status === 'FAILED' || effect() }),
    ),
  });
  return { jobId: job.id };
}

function restartsOf(nhn: Nhn, { restarts = [], seconds }: Work): Step[] {
  const each = seconds / restarts.length;
  return restarts.flatMap((instance, index) => [
    { after: getReadySeconds + each * index, effect: () => goDown(nhn, instance) },
    { after: getReadySeconds + each * (index + 1), effect: () => comeUp(nhn, instance) },
  ]);
}

/** The engine ends. */
export function goDown({ world, store }: Nhn, instance: DbInstance): void {
  instance.downtimes.push({ from: world.now() });
  report(store, 'DB_INSTANCE_05_01', instance, world.now());
}

/** The engine starts: with the parameters of its group, and without a lag. A full disk stays full. */
export function comeUp({ world, store }: Nhn, instance: DbInstance): void {
  const now = world.now();
  for (const downtime of instance.downtimes) downtime.to ??= now;
  if (instance.load.fallingBehind) instance.load.fallingBehind.until ??= now;
  instance.parametersAppliedAt = now;
  report(store, 'DB_INSTANCE_02_01', instance, now);
  if (instance.status === 'REPLICATION_DELAY') report(store, 'DB_INSTANCE_35_01', instance, now);
  if (instance.status !== 'STORAGE_FULL') instance.status = 'AVAILABLE';
}

const groupsOf = ({ busy }: Work): Set<string> => new Set(busy?.instances.map(({ groupId }) => groupId));

function setProgress({ busy }: Work, progress: Progress): void {
  for (const instance of busy?.instances ?? []) instance.progress = progress;
}

export interface Source {
  id: string;
  name: string;
}

/** Records an event. Some topics only report their end: they have no code for the beginning, so none is recorded. */
export function report(store: Store, code: string, source: Source, at: number): void {
  if (sentences.has(code)) store.events.push({ code, sourceId: source.id, sourceName: source.name, at, languages });
}

/** Refuses the request while another job runs on the instance, or while rules of its security groups change. */
export function refuseBusy({ name, progress, changingRules = 0 }: DbInstance): void {
  if (progress !== 'NONE') throw underWay(`DB instance ${name} is busy: its progressStatus is ${progress}.`);
  if (changingRules > 0) throw underWay(`DB instance ${name} is busy: a security group of it is being changed.`);
}

/** Refuses the request unless the instance runs without a job. A full disk is allowed, because some jobs repair it. */
export function refuseUnlessReady(instance: DbInstance): void {
  refuseBusy(instance);
  if (instance.status === 'SHUTDOWN' || instance.status === 'FAILOVER')
    throw wrongState(`DB instance ${instance.name} is not running: its dbInstanceStatus is ${instance.status}.`);
}

/** Changes inside the engine are made on the primary, and the others follow. */
export function primaryFor({ store }: Nhn, instanceId: string): DbInstance {
  const instance = store.instances.get(instanceId);
  if (instance.type !== 'MASTER')
    throw wrongState(
      `DB instance ${instance.name} is a ${instance.type}: make this change on the primary of its group.`,
    );
  refuseUnlessReady(instance);
  return instance;
}
