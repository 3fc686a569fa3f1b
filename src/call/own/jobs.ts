import { type JobState, ProviderError, type Values } from '../../providers/provider.js';
import { WireError } from '../../wire/http.js';
import { fit } from '../answer/fit.js';
import { type Doors, findTool } from '../doors.js';
import { InputError } from '../errors.js';
import { type Connection, exchange } from '../exchange.js';
import { plain } from '../plain.js';
import { redact } from '../secrets/redact.js';
import { textAt } from '../values.js';

/** A job as its provider tells of it now, secrets taken out. */
export interface JobSeen {
  /** The handle. */
  job: string;
  product: string;
  state: JobState['state'];
  /** The provider's own word. */
  word: string;
  hint?: string;
  /** The provider's fields. */
  details: Values;
}

/** Asks the provider of a job handle how far it is. Throws an `InputError` for what is no handle. */
export async function lookAtJob(job: string, doors: Doors, signal?: AbortSignal): Promise<JobSeen> {
  const connection = await connectionOf(job, doors);
  const { provider } = connection;
  const { jobs, product } = provider;
  const id = job.slice(job.indexOf(':') + 1);
  const answers: (Values | ProviderError)[] = [];
  for (const { tool, input } of jobs.reads(id)) {
    const found = await findTool(tool, doors);
    if (found) answers.push(await attempt(() => exchange(found.tool, input, connection, { signal })));
  }
  const [first] = answers;
  const { state, word, hint } = jobs.stateOf(answers, id);
  const clean = redact(provider.secrets());
  const details = first instanceof ProviderError || !first ? {} : fit(clean.value(first)).answer;
  return { job, product, state, word: plain(clean.text(word)), hint, details };
}

/** The same as fields of one answer. */
export const jobFields = ({ job, state, word, hint, details }: JobSeen): Values => ({
  ...details,
  job,
  state,
  providerState: word,
  ...(hint && { next: hint }),
});

/** The state of a provider's job, for who has its provider and id at hand. */
export const jobFacts = async (provider: string, id: string, doors: Doors): Promise<Values> =>
  jobFields(await lookAtJob(`${provider}:${id}`, doors));

export const isFinal = ({ state }: { state?: unknown }): boolean => state === 'succeeded' || state === 'failed';

/** What a client that keeps no task is told after a call that has started a job. */
export const howToFollow = (job: string): string => `Follow it with wait_for_job {"job":"${job}"}.`;

/** The job handle in the answer to a call, for whoever wants to remember it. */
export const jobOf = (result: unknown): string | undefined => textAt(result, 'structuredContent.pgfleet.job');

/** Remembers the handles of the last jobs that calls have started, the newest first. */
export function jobMemory(most = 50) {
  const handles: string[] = [];
  return {
    note(result: unknown): void {
      const job = jobOf(result);
      if (job === undefined) return;
      handles.unshift(job);
      handles.splice(most);
    },
    recent: (): readonly string[] => handles,
  };
}

async function connectionOf(job: string, doors: Doors): Promise<Connection> {
  const [provider = '', ...id] = job.split(':');
  if (doors.providers.includes(provider) && id.join(':') !== '') return doors.connection(provider);
  const known = doors.providers.map((name) => `${name}:…`).join(', ');
  throw new InputError([`job: ${plain(job)} is not a job handle of a provider in use; those begin with ${known}.`]);
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
