import type { CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { fence } from '../answer/to-result.js';
import type { BuiltinTool } from './builtin-tool.js';
import { isFinal, type JobReport, jobFields, readJob } from './jobs.js';

/** Clients give up after a minute, and this leaves time for the answer. */
const longestSeconds = 45;
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 5_000;

export const waitForJob: BuiltinTool = {
  name: 'wait_for_job',
  title: 'Wait for job',
  description:
    'Follows a job until it ends or the time is up, and tells how far it is. ' +
    'Takes the job handle that a change answered with.',
  readOnly: true,
  destructive: false,
  idempotent: true,
  input: z.object({
    job: z.string().min(3).max(500).describe('e.g. nhn:0ddb042c-5af6-43fb-a914-f4dd0540eb7c'),
    seconds: z.int().min(1).max(longestSeconds).describe('how long to wait, 40 when left out').optional(),
  }),
  output: z.object({
    job: z.string(),
    state: z.enum(['running', 'succeeded', 'failed', 'unknown']),
    providerState: z.string(),
    waitedSeconds: z.number(),
  }),
  async run(input, caller, { accounts, clock }) {
    const { job, seconds = 40 } = input as { job: string; seconds?: number };
    const begun = clock.now();
    const until = begun + seconds * 1000;
    let pause = firstPauseMilliseconds;
    let seen = await readJob(job, accounts, caller.signal);
    while (!isFinal(seen) && clock.now() < until && !caller.signal?.aborted) {
      const waited = Math.round((clock.now() - begun) / 1000);
      await caller.progress?.(waited, seconds, `${job} is ${seen.word}`);
      const rest = Math.max(0, Math.min(pause, until - clock.now()));
      await clock.pause(rest, caller.signal);
      pause = Math.min(pause * 1.5, longestPauseMilliseconds);
      if (!caller.signal?.aborted) seen = await readJob(job, accounts, caller.signal);
    }
    return answer(seen, Math.round((clock.now() - begun) / 1000));
  },
};

function answer(seen: JobReport, waitedSeconds: number): CallToolResult {
  const { job, product, state, word, hint, details } = seen;
  const again = `It goes on at the provider. Call wait_for_job {"job":"${job}"} again to go on waiting.`;
  const goOn = hint ?? (isFinal(seen) ? '' : again);
  const headline = `Job ${job} is ${state} (${word}) after ${waitedSeconds} s.`;
  const text = [headline, fence(details, product), goOn].filter(Boolean).join('\n');
  return {
    content: [{ type: 'text', text }],
    structuredContent: { ...jobFields(seen), waitedSeconds, next: goOn },
  };
}
