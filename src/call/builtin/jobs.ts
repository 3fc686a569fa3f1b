import { accountNamed } from '../../providers/account.js';
import { type JobState, ProviderError } from '../../providers/provider.js';
import { WireError } from '../../providers/wire/http.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { jobOf } from '../answer/job-handle.js';
import { limitSize } from '../answer/limit-size.js';
import { type Accounts, resolveTool } from '../call-context.js';
import { InputError } from '../errors.js';
import { type Connection, exchange } from '../exchange.js';

/** A job as its provider reports it now, without secrets. */
export interface JobReport {
  /** The handle of the job. */
  job: string;
  product: string;
  state: JobState['state'];
  /** The provider's own word for the state. */
  word: string;
  hint?: string;
  /** The provider's fields. */
  details: Values;
}

/** Asks the account of a job handle about its progress. Throws an `InputError` for a text that is not a handle. */
export async function readJob(job: string, accounts: Accounts, signal?: AbortSignal): Promise<JobReport> {
  const connection = await connectionOf(job, accounts);
  const { title: product } = connection;
  const { jobs } = connection.provider;
  const id = job.slice(job.indexOf(':') + 1);
  const answers: (Values | ProviderError)[] = [];
  for (const { tool, input } of jobs.reads(id)) {
    const found = await resolveTool(tool, accounts);
    if (found) answers.push(await attempt(() => exchange(found.tool, input, connection, { signal })));
  }
  const [first] = answers;
  const { state, word, hint } = jobs.stateOf(answers, id);
  const clean = connection.redact();
  const details = first instanceof ProviderError || !first ? {} : limitSize(clean.value(first)).answer;
  return {
    job: `${connection.account.name}:${id}`,
    product,
    state,
    word: sanitizeWords(clean.text(word)),
    hint,
    details,
  };
}

/** The report as the fields of an answer. */
export const jobFields = ({ job, state, word, hint, details }: JobReport): Values => ({
  ...details,
  job,
  state,
  providerState: word,
  ...(hint && { next: hint }),
});

/** The state of a job, for code that already has its account and id. */
export const jobFacts = async (account: string, id: string, accounts: Accounts): Promise<Values> =>
  jobFields(await readJob(`${account}:${id}`, accounts));

export const isFinal = ({ state }: { state?: unknown }): boolean => state === 'succeeded' || state === 'failed';

/** Keeps the handles of the last jobs that calls have started, the newest first. */
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

async function connectionOf(job: string, accounts: Accounts): Promise<Connection> {
  const [name = '', ...id] = job.split(':');
  const account = accountNamed(name, accounts.all);
  if (account && id.join(':') !== '') return accounts.connection(account.name);
  const known = accounts.all.map((each) => `${each.name}:…`).join(', ');
  throw new InputError([
    `job: ${sanitizeWords(job)} is not a job handle of an account in use; those begin with ${known}.`,
  ]);
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
