import { textAt } from '../../values/json-path.js';

/** What a client that keeps no task is told after a call that has started a job. */
export const howToFollow = (job: string): string => `Follow it with wait_for_job {"job":"${job}"}.`;

/** The job handle in the answer to a call, for those who want to keep it. */
export const jobOf = (result: unknown): string | undefined => textAt(result, 'structuredContent.pgfleet.job');

/** What a job handle says. */
export interface JobHandle {
  account: string;
  /** The provider's id of the work. */
  id: string;
  /** When the work began, in epoch milliseconds. A handle that a person has put together does not say it. */
  startedAt?: number;
}

/**
 * `account:id~start`, with the start in epoch seconds, so that whoever reads it later knows how old the work is. It is
 * rounded up, since work that is taken for older than it is could count as done too soon.
 */
export const handleOf = (account: string, id: string, now: number): string =>
  `${account}:${id}~${Math.ceil(now / 1000)}`;

export const longestHandle = 500;

/** A handle stands outside the fence around what the provider says, so it must not have room for sentences. */
const workId = /^[\w.~@/:+=-]{1,300}$/;

/** Whether what a provider gave as the id of work can be a part of a handle. */
export const isWorkId = (id: string): boolean => workId.test(id);

/** Undefined for a text that is not a handle. */
export function readHandle(job: string): JobHandle | undefined {
  if (job.length > longestHandle) return undefined;
  const [, account, id, start] = /^([^:]+):(.+?)(?:~(\d{1,12}))?$/s.exec(job) ?? [];
  if (account === undefined || id === undefined || !isWorkId(id)) return undefined;
  return { account, id, ...(start !== undefined && { startedAt: Number(start) * 1000 }) };
}
