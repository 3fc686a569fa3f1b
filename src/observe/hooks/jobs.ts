import type { Lease } from '../../store/lease.js';
import type { PlacedChange, Store } from '../../store/store.js';
import type { Clock } from '../../values/clock.js';
import { mapLimit } from '../../values/map-limit.js';
import { eventIdOf, type HookEvent } from './event.js';
import type { Outbox } from './outbox.js';

/** A job that a call has started, until it ends. */
export interface FollowedJob {
  /** The handle, such as `nhn:…`. */
  job: string;
  tool: string;
  account: string;
  instances: readonly string[];
  /** When it was started, in epoch milliseconds. */
  started: number;
  sandbox?: true;
}

/** How far a job is. */
export interface JobProgress {
  state: string;
  hasEnded: boolean;
}

export interface JobFollowing {
  /** The change by which a job is followed. */
  changeFor(job: FollowedJob): PlacedChange;
  /** Ends following. */
  close(): Promise<void>;
  /** Begins to look at the jobs, now and then. */
  begin(): void;
}

export interface JobFollowingOptions {
  /** Asks the provider. Rejects where it cannot be told now. */
  read: (job: string) => Promise<JobProgress>;
  /** The time between two looks. */
  seconds: number;
  store: Pick<Store, 'list' | 'compareAndSetAll'>;
  /** The right to look, which one process has at a time. */
  lease: Lease;
  outbox: Pick<Outbox, 'changesFor'>;
  /** Called when there is something to send. */
  told: () => void;
  clock: Pick<Clock, 'now' | 'later'>;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

const collection = 'hooks-jobs';
/** After this time, a job is not followed any more. */
const longestMilliseconds = 3 * 86_400_000;
const atOnce = 4;

/** Follows the jobs that calls of any process have started to their end. */
export function followJobs(options: JobFollowingOptions): JobFollowing {
  const { read, seconds, store, lease, outbox, told, clock, log } = options;
  let isOver = false;
  let isAway = false;
  let callOff: () => void = () => undefined;
  let looking: Promise<void> | undefined;

  async function lookAt([id, previous]: [string, string]): Promise<void> {
    const job = JSON.parse(previous) as FollowedJob;
    const progress = await read(job.job).catch(() => undefined);
    if (!progress?.hasEnded || isOver) return;
    const ended = { collection, id, previous, expires: clock.now() };
    const event = endOf(job, progress, clock.now());
    if (await store.compareAndSetAll([ended, ...outbox.changesFor([event])])) told();
  }

  async function look(): Promise<void> {
    try {
      const jobs = [...(await store.list(collection))];
      if (isOver || jobs.length === 0) return;
      if (await lease.hold(clock.now() + 2 * seconds * 1000)) await mapLimit(jobs, atOnce, lookAt);
      isAway = false;
    } catch (error) {
      if (!isAway) log(`Jobs are not followed for hooks: ${String(error)}`);
      isAway = true;
    }
  }

  const schedule = (): void => {
    if (isOver) return;
    callOff = clock.later(() => {
      looking = look().then(schedule);
    }, seconds * 1000);
  };

  return {
    changeFor: (job) => ({
      collection,
      id: job.job,
      next: JSON.stringify(job),
      expires: clock.now() + longestMilliseconds,
    }),
    begin: schedule,
    async close() {
      isOver = true;
      callOff();
      await looking;
      await lease.release().catch(() => undefined);
    },
  };
}

function endOf(
  { job, tool, account, instances, sandbox }: FollowedJob,
  { state }: JobProgress,
  now: number,
): HookEvent {
  const time = new Date(now).toISOString();
  const data = { job, tool, account, instances, state, ...(sandbox && { sandbox }) };
  return { id: eventIdOf('job.ended', job), type: 'job.ended', time, account, instances, data };
}
