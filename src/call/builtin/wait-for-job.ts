import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { longestHandle } from '../answer/job-handle.js';
import { fence } from '../answer/to-result.js';
import type { CallContext } from '../call-context.js';
import type { BuiltinTool } from './builtin-tool.js';
import { isFinal, isPassing, type JobReport, jobFields, type ReadOptions, readJob } from './jobs.js';

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
    job: z.string().min(3).max(longestHandle).describe('e.g. nhn:0ddb042c-5af6-43fb-a914-f4dd0540eb7c'),
    seconds: z.int().min(1).max(longestSeconds).describe('how long to wait, 40 when left out').optional(),
  }),
  output: z.object({
    job: z.string(),
    state: z.enum(['running', 'succeeded', 'failed', 'unknown']),
    providerState: z.string(),
    waitedSeconds: z.number(),
  }),
  async run(input, caller, context) {
    const { job, seconds = 40 } = input as { job: string; seconds?: number };
    const { clock } = context;
    const begun = clock.now();
    const until = begun + seconds * 1000;
    const waited = () => Math.round((clock.now() - begun) / 1000);
    let pause = firstPauseMilliseconds;
    let looked = await look(job, context, { signal: caller.signal, until });
    while (!isOver(looked) && clock.now() < until && !caller.signal?.aborted) {
      await caller.progress?.(
        waited(),
        seconds,
        `${job} ${looked.trouble ? 'could not be read' : `is ${looked.seen?.word}`}`,
      );
      const rest = Math.max(0, Math.min(pause, until - clock.now()));
      await clock.pause(rest, caller.signal);
      pause = Math.min(pause * 1.5, longestPauseMilliseconds);
      if (!caller.signal?.aborted)
        looked = await look(job, context, { signal: caller.signal, until, before: looked.seen });
    }
    return answer(job, looked, waited());
  },
};

/** What was seen last, and why the provider could not be asked after that. */
interface Looked {
  seen?: JobReport;
  trouble?: Error;
}

const isOver = ({ seen, trouble }: Looked): boolean => !trouble && seen !== undefined && isFinal(seen);

/** A look that fails for a passing reason says nothing about the work, so the next look may tell more. */
async function look(job: string, context: CallContext, options: ReadOptions): Promise<Looked> {
  try {
    return { seen: await readJob(job, context, options) };
  } catch (error) {
    if (!isPassing(error)) throw error;
    return { seen: options.before, trouble: error };
  }
}

function answer(job: string, { seen, trouble }: Looked, waitedSeconds: number): CallToolResult {
  const goesOn = seen?.state === 'running' ? 'It goes on' : 'It may well go on';
  const again = `${goesOn} at the provider. Call wait_for_job {"job":"${job}"} again to go on waiting.`;
  const reason = trouble && `The provider could not be asked just now: ${sanitizeWords(trouble.message, 300)}`;
  if (!seen) {
    const text = `Job ${job} could not be read for ${waitedSeconds} s. ${reason} ${again}`;
    return { isError: true, content: [{ type: 'text', text }] };
  }
  const { product, state, word, hint, details } = seen;
  const goOn = hint ?? (isFinal(seen) ? '' : again);
  const next = [reason && `${reason} This is what was seen last.`, goOn].filter(Boolean).join(' ');
  const headline = `Job ${job} is ${state} (${word}) after ${waitedSeconds} s.`;
  const text = [headline, fence(details, product), next].filter(Boolean).join('\n');
  return {
    content: [{ type: 'text', text }],
    structuredContent: { ...jobFields(seen), waitedSeconds, next },
  };
}
