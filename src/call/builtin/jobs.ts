import type { Principal } from '../../define/index.js';
import { accountNamed } from '../../providers/account.js';
import {
  type JobState,
  type Jobs,
  type Look,
  ProviderError,
  type ProviderErrorKind,
} from '../../providers/provider.js';
import { WireError } from '../../providers/wire/http.js';
import { withDeadline } from '../../values/clock.js';
import { quoteWords, sanitizeWords } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { jobOf, readHandle } from '../answer/job-handle.js';
import { limitSize } from '../answer/limit-size.js';
import { type Accounts, type CallContext, resolveTool } from '../call-context.js';
import { InputError } from '../errors.js';
import { type Connection, exchange } from '../exchange/exchange.js';

/** What reading a job needs of a call's context. */
export type JobContext = Pick<CallContext, 'accounts' | 'clock' | 'requireJob'> & Partial<Pick<CallContext, 'changed'>>;

/** A job as its provider reports it now, without secrets. */
export interface JobReport {
  /** The handle of the job. */
  job: string;
  product: string;
  state: JobState['state'];
  /** The provider's own word for the state. */
  word: string;
  hint?: string;
  /** The work was seen going on, now or earlier. */
  hasBegun?: boolean;
  /** The provider's fields. */
  details: Values;
}

export interface ReadOptions {
  signal?: AbortSignal;
  /** The epoch milliseconds by which an answer has to be there. */
  until?: number;
  /** What an earlier look of the same wait saw. */
  before?: JobReport;
}

/** Asks the account of a job handle about its progress. Throws an `InputError` for a text that is not a handle. */
export async function readJob(job: string, context: JobContext, given: ReadOptions = {}): Promise<JobReport> {
  const { connection, id, startedAt } = await find(job, context.accounts);
  const options = { ...given, until: endOfLook(given, context) };
  const { title: product, provider } = connection;
  // What a new job is about is only known once the provider knows the job.
  const isShown = Object.keys(options.before?.details ?? {}).length > 0;
  if (!isShown) await inTime(async () => context.requireJob?.(connection.account.name, id), context, options);
  const answers: (Values | ProviderError)[] = [];
  for (const { tool, input } of provider.jobs.reads(id)) {
    const found = await resolveTool(tool, context.accounts);
    if (found)
      answers.push(await attempt((signal) => exchange(found.tool, input, connection, { signal }), context, options));
  }
  // Work in a fast sandbox gets old sooner, while everything else goes by the usual clock.
  const { workSpeed = 1 } = connection.account;
  const ageSeconds = startedAt === undefined ? undefined : ((context.clock.now() - startedAt) / 1000) * workSpeed;
  const { before } = options;
  const seen = stateOf(provider.jobs, answers, { id, ageSeconds, hasBegun: before?.hasBegun });
  if (isFinal(seen)) await context.changed?.(connection.account.name);
  const clean = connection.redact();
  const [first] = answers;
  const told = { ...(first instanceof ProviderError ? {} : first), ...seen.details };
  const details = limitSize(clean.value(told)).answer;
  const { state, word, hint, hasBegun = before?.hasBegun } = seen;
  return {
    job: named(job, connection),
    product,
    state,
    word: sanitizeWords(clean.text(word)),
    hint,
    hasBegun,
    details,
  };
}

/** The handle with the name of its account as that is written. */
const named = (job: string, { account }: Connection): string => `${account.name}${job.slice(job.indexOf(':'))}`;

/** For so long after its start, a provider may not know the work yet. */
const newSeconds = 300;

function stateOf(jobs: Jobs, answers: readonly (Values | ProviderError)[], look: Look): JobState {
  try {
    return jobs.stateOf(answers, look);
  } catch (error) {
    const isMissing = error instanceof ProviderError && (error.kind === 'not_found' || error.status === 404);
    if (!isMissing || look.ageSeconds === undefined || look.ageSeconds >= newSeconds) throw error;
    return { state: 'unknown', word: `not known yet (${quoteWords(error.code)})` };
  }
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
export const jobFacts = async (account: string, id: string, context: JobContext): Promise<Values> =>
  jobFields(await readJob(`${account}:${id}`, context));

export const isFinal = ({ state }: { state?: unknown }): boolean => state === 'succeeded' || state === 'failed';

/** Keeps the handles of the last jobs that calls have started, the newest first. */
export function jobMemory(most = 50) {
  const started: { job: string; caller: string }[] = [];
  return {
    note(result: unknown, { id: caller }: Pick<Principal, 'id'>): void {
      const job = jobOf(result);
      if (job === undefined) return;
      started.unshift({ job, caller });
      started.splice(most);
    },
    recent: (isMeant: (caller: string) => boolean): readonly string[] =>
      started.filter(({ caller }) => isMeant(caller)).map(({ job }) => job),
  };
}

interface Found {
  connection: Connection;
  id: string;
  startedAt?: number;
}

async function find(job: string, accounts: Accounts): Promise<Found> {
  const handle = readHandle(job);
  const account = handle && accountNamed(handle.account, accounts.all);
  if (account) return { ...handle, connection: await accounts.connection(account.name) };
  const known = accounts.all.map((each) => `${each.name}:…`).join(', ');
  throw new InputError([
    `job: ${sanitizeWords(job)} is not a job handle of an account in use; those begin with ${known}.`,
  ]);
}

/** The shortest time that a provider gets for all answers of a look. The last look may add it to the waiting. */
const shortestLookMilliseconds = 3_000;

const endOfLook = ({ until }: ReadOptions, { clock }: JobContext): number | undefined =>
  until === undefined ? undefined : Math.max(until, clock.now() + shortestLookMilliseconds);

type Read<T> = (signal?: AbortSignal) => Promise<T>;

async function inTime<T>(read: Read<T>, { clock }: JobContext, { signal, until }: ReadOptions): Promise<T> {
  if (until === undefined) return read(signal);
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  return withDeadline(clock, until - clock.now(), read(either), () => {
    over.abort();
    throw new WireError('timeout', false, 'The provider did not answer in time.');
  });
}

async function attempt(read: Read<Values>, context: JobContext, options: ReadOptions): Promise<Values | ProviderError> {
  try {
    return await inTime(read, context, options);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    const isKnown = error instanceof WireError || error instanceof InputError;
    throw isKnown ? error : new Error('The job could not be read.', { cause: error });
  }
}

/** Whether the provider could not be asked just now, although the work may well go on. */
export function isPassing(error: unknown): error is Error {
  if (error instanceof WireError) return error.failure !== 'aborted' && error.failure !== 'too_large';
  return error instanceof ProviderError && (passing.has(error.kind) || error.status >= 500);
}

/** After these, the job can be asked for again. */
const passing: ReadonlySet<ProviderErrorKind> = new Set(['busy', 'too_fast', 'unavailable', 'unreadable']);
