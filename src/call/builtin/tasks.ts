import { createHmac } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { jwtVerify, SignJWT } from 'jose';
import type { Principal } from '../../define/index.js';
import { ProviderError } from '../../providers/provider.js';
import { textAt } from '../../values/json-path.js';
import { sanitizeWords } from '../../values/sanitize-text.js';
import { type Values } from '../../values/values.js';
import { howToFollow, jobOf } from '../answer/job-handle.js';
import { fence } from '../answer/to-result.js';
import type { CallContext } from '../call-context.js';
import { InputError } from '../errors.js';
import { isFinal, isPassing, type JobReport, jobFields, readJob } from './jobs.js';

/** A job of a provider as the tasks extension describes it. */
export interface Task {
  taskId: string;
  status: 'working' | 'completed';
  statusMessage: string;
  createdAt: string;
  lastUpdatedAt: string;
  ttlMs: number;
  pollIntervalMs: number;
  /** What the call would have answered if it had waited. Only a task that has ended has it. */
  result?: CallToolResult;
}

export interface Tasks {
  /** Creates the task for the job that a call has started. Undefined when the result has no job. */
  start(result: CallToolResult, caller: string): Promise<Task | undefined>;
  /**
   * Throws an `InputError` for an id that was not made here, has expired, or belongs to another caller, and a
   * `RefusedError` for a job that this caller may not read any more.
   */
  get(taskId: string, caller: Principal, signal?: AbortSignal): Promise<Task>;
  /** Throws the same `InputError`. Otherwise it does nothing, because no provider can cancel a job. */
  cancel(taskId: string, caller: string): Promise<void>;
}

export interface TasksOptions {
  /** Has 32 bytes and is the same on every replica. */
  key: Uint8Array;
  context: CallContext;
  /** What the context of a call of this caller has in this place. */
  requireJobFor: (caller: Principal) => CallContext['requireJob'];
  lifetimeSeconds?: number;
}

/** The content of the id, so that nothing has to be stored. */
interface Ticket {
  job: string;
  /** The notes of the start, such as where a generated password is. */
  note: string;
  issued: number;
}

const issuer = 'pgfleet task';
const pollIntervalMs = 5_000;
const longestNote = 1_000;
const noWayBack = 'The provider has no way to cancel it.';

/** Tasks need no store: the id is the signed job handle, and the provider is asked each time. */
export function tasks({ key, context, requireJobFor, lifetimeSeconds = 86_400 }: TasksOptions): Tasks {
  // Signing has its own key, so that a signed task can never be used as an encrypted consent.
  const signing = createHmac('sha256', key).update(issuer).digest();
  const ttlMs = lifetimeSeconds * 1000;

  async function open(taskId: string, caller: string): Promise<Ticket> {
    const options = { issuer, subject: caller, currentDate: new Date(context.clock.now()), algorithms: ['HS256'] };
    const verified = await jwtVerify(taskId, signing, options).catch(() => undefined);
    if (!verified) throw new InputError(['There is no such task here: it is unknown, expired, or of another caller.']);
    const { job, note, iat = 0 } = verified.payload;
    return { job: String(job), note: String(note), issued: iat * 1000 };
  }

  const at = (milliseconds: number): string => new Date(milliseconds).toISOString();

  return {
    async start(result, caller) {
      const job = jobOf(result);
      if (result.isError || job === undefined) return undefined;
      const note = (textAt(result.structuredContent, 'pgfleet.next') ?? '')
        .replace(howToFollow(job), '')
        .trim()
        .slice(0, longestNote);
      const issued = Math.floor(context.clock.now() / 1000);
      const taskId = await new SignJWT({ job, note })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setSubject(caller)
        .setIssuedAt(issued)
        .setExpirationTime(issued + lifetimeSeconds)
        .sign(signing);
      const createdAt = at(issued * 1000);
      const statusMessage = [`Started as job ${job}.`, noWayBack, note].filter(Boolean).join(' ');
      return {
        taskId,
        status: 'working',
        statusMessage,
        createdAt,
        lastUpdatedAt: createdAt,
        ttlMs,
        pollIntervalMs,
      };
    },
    async get(taskId, caller, signal) {
      const { job, note, issued } = await open(taskId, caller.id);
      const now = at(context.clock.now());
      const task = { taskId, createdAt: at(issued), lastUpdatedAt: now, ttlMs, pollIntervalMs };
      const seen = await readOrExplain(job, { ...context, requireJob: requireJobFor(caller) }, signal);
      if (typeof seen === 'string') return { ...task, status: 'working', statusMessage: seen };
      const said = `Job ${job} is ${seen.state} (${seen.word}).`;
      if (!isFinal(seen)) return { ...task, status: 'working', statusMessage: `${said} ${noWayBack}` };
      return { ...task, status: 'completed', statusMessage: said, result: resultOf(seen, said, note) };
    },
    async cancel(taskId, caller) {
      await open(taskId, caller);
    },
  };
}

/** Reads the job, or says why it cannot be read now although it may well continue. */
async function readOrExplain(job: string, context: CallContext, signal?: AbortSignal): Promise<JobReport | string> {
  try {
    return await readJob(job, context, { signal });
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found')
      throw new InputError([`The provider knows no job ${job} (any more).`]);
    if (!isPassing(error)) throw error;
    return `The provider of job ${job} could not be asked just now: ${sanitizeWords(error.message, 300)} Ask again.`;
  }
}

/** A failed job is a result too: in the extension, a failed task means a fault of the protocol. */
function resultOf(seen: JobReport, said: string, note: string): CallToolResult {
  const { details, product, hint, state } = seen;
  const text = [said, fence(details, product), hint, note].filter(Boolean).join('\n');
  const fields: Values = { ...jobFields(seen), ...(note && { note }) };
  return {
    content: [{ type: 'text', text }],
    structuredContent: fields,
    ...(state === 'failed' && { isError: true }),
  };
}
