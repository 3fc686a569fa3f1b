import { setTimeout } from 'node:timers/promises';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type JobState, ProviderError, type Values } from '../../providers/provider.js';
import { WireError } from '../../wire/http.js';
import { fit } from '../answer/fit.js';
import { fence } from '../answer/to-result.js';
import type { Caller } from '../caller.js';
import { type Doors, findTool } from '../doors.js';
import { InputError } from '../errors.js';
import { type Connection, exchange } from '../exchange.js';
import { plain } from '../plain.js';
import { redact } from '../secrets/redact.js';
import type { OwnTool } from './own-tool.js';

/** Clients give up after a minute; this leaves them room. */
const longestSeconds = 45;
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 5_000;

export const waitForJob: OwnTool = {
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
  async run(input, caller, doors) {
    const { job, seconds = 40 } = input as { job: string; seconds?: number };
    const connection = await connectionOf(job, doors);
    const id = job.slice(job.indexOf(':') + 1);
    const begun = doors.now();
    const until = begun + seconds * 1000;
    let pause = firstPauseMilliseconds;
    let seen = await look(id, connection, caller, doors);
    while (!isFinal(seen.state) && doors.now() < until && !caller.signal?.aborted) {
      const waited = Math.round((doors.now() - begun) / 1000);
      await caller.progress?.(
        waited,
        seconds,
        `${job} is ${plain(redact(connection.provider.secrets()).text(seen.state.word))}`,
      );
      const rest = Math.max(0, Math.min(pause, until - doors.now()));
      await setTimeout(rest, undefined, { signal: caller.signal }).catch(() => undefined);
      pause = Math.min(pause * 1.5, longestPauseMilliseconds);
      if (!caller.signal?.aborted) seen = await look(id, connection, caller, doors);
    }
    return answer(job, seen, Math.round((doors.now() - begun) / 1000), connection);
  },
};

const isFinal = ({ state }: JobState): boolean => state === 'succeeded' || state === 'failed';

async function connectionOf(job: string, doors: Doors): Promise<Connection> {
  const [provider = '', ...id] = job.split(':');
  if (doors.providers.includes(provider) && id.join(':') !== '') return doors.connection(provider);
  const known = doors.providers.map((name) => `${name}:…`).join(', ');
  throw new InputError([`job: ${plain(job)} is not a job handle of a provider in use; those begin with ${known}.`]);
}

interface Seen {
  state: JobState;
  answer: Values;
}

async function look(id: string, connection: Connection, caller: Caller, doors: Doors): Promise<Seen> {
  const { jobs } = connection.provider;
  const answers: (Values | ProviderError)[] = [];
  for (const { tool, input } of jobs.reads(id)) {
    const found = await findTool(tool, doors);
    if (found) answers.push(await attempt(() => exchange(found.tool, input, connection, caller.signal)));
  }
  const [first] = answers;
  return { state: jobs.stateOf(answers, id), answer: first instanceof ProviderError || !first ? {} : first };
}

async function attempt(work: () => Promise<Values>): Promise<Values | ProviderError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    const isKnown = error instanceof WireError || error instanceof InputError;
    throw isKnown ? error : new Error('The job could not be read.', { cause: error });
  }
}

function answer(
  job: string,
  { state, answer: read }: Seen,
  waitedSeconds: number,
  { provider }: Connection,
): CallToolResult {
  const clean = redact(provider.secrets());
  const word = plain(clean.text(state.word));
  const again = `It goes on at the provider. Call wait_for_job {"job":"${job}"} again to go on waiting.`;
  const goOn = state.hint ?? (isFinal(state) ? '' : again);
  const headline = `Job ${job} is ${state.state} (${word}) after ${waitedSeconds} s.`;
  const { answer: details } = fit(clean.value(read));
  const text = [headline, fence(details, provider.product), goOn].filter(Boolean).join('\n');
  return {
    content: [{ type: 'text', text }],
    structuredContent: { ...details, job, state: state.state, providerState: word, waitedSeconds, next: goOn },
  };
}
