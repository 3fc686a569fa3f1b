import { textAt } from '../../values/json-path.js';

/** What a client that keeps no task is told after a call that has started a job. */
export const howToFollow = (job: string): string => `Follow it with wait_for_job {"job":"${job}"}.`;

/** The job handle in the answer to a call, for those who want to keep it. */
export const jobOf = (result: unknown): string | undefined => textAt(result, 'structuredContent.pgfleet.job');
