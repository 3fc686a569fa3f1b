import {
  type CallToolResult,
  type InputRequest,
  type InputRequiredResult,
  isInputRequiredResult,
  type JSONRPCErrorResponse,
  type JSONRPCResponse,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Caller, QuestionAnswer } from '../call/caller.js';
import { consentSeconds } from '../call/guard/consent.js';
import type { Clock } from '../values/clock.js';

type Result = CallToolResult | InputRequiredResult | undefined;

/** Everything that a call needs to go on after a question. */
export interface AskedCall {
  /** The same call, by its caller with what was answered. */
  call: (caller: Caller) => Promise<Result>;
  caller: Caller;
  context: ServerContext;
  clock: Clock;
  onerror: (error: unknown) => void;
}

/** Clients without progress give up after a minute, and this leaves time for the answer. */
const silentMilliseconds = 45_000;
/** What was asked still has to hold when the answer is given up. */
const longestMilliseconds = (consentSeconds - 10) * 1000;
const progressMilliseconds = 5_000;
/** The target of a call that changes each time it is asked about is left alone. */
const mostQuestions = 8;
/** The SDK numbers its own requests from 0. */
const firstId = 1_000_000_000;
/** Answers to more questions than this that a client was told to forget are not waited for. */
const mostForgotten = 100;
const methodNotFound = -32_601;

type Response = JSONRPCResponse | JSONRPCErrorResponse;

/** A question to the client that can be called off. What comes in after that is still heard. */
interface Question {
  response: Promise<Response>;
  callOff(reason: string, late: (response: Response) => void): void;
}

/**
 * The SDK's server, with questions to a client of the 2025 era whose answers are heard however late they come. The SDK
 * itself forgets a question that is called off.
 */
export class AskingServer extends Server {
  /** Whether the client has turned out not to know questions, although it declared them. */
  cannotAsk = false;
  readonly #open = new Map<number, (response: Response) => void>();
  readonly #forgotten = new Map<number, (response: Response) => void>();
  #next = firstId;

  ask({ params }: InputRequest, relatedRequestId: string | number): Question {
    const id = this.#next;
    this.#next += 1;
    const send = async (message: { method: string; params: object; id?: number }) =>
      this.transport?.send({ jsonrpc: '2.0', ...message, params: { ...message.params } }, { relatedRequestId });
    const response = new Promise<Response>((resolve, reject) => {
      this.#open.set(id, resolve);
      send({ id, method: 'elicitation/create', params: asOlder(params) }).catch(reject);
    });
    return {
      response,
      callOff: (reason, late) => {
        this.#open.delete(id);
        this.#forgotten.set(id, late);
        const [oldest] = this.#forgotten.keys();
        if (this.#forgotten.size > mostForgotten && oldest !== undefined) this.#forgotten.delete(oldest);
        // A client that has gone need not be told.
        send({ method: 'notifications/cancelled', params: { requestId: id, reason } }).catch(() => undefined);
      },
    };
  }

  protected override _onresponse(response: Response): void {
    const id = Number(response.id);
    const hear = this.#open.get(id) ?? this.#forgotten.get(id);
    this.#open.delete(id);
    this.#forgotten.delete(id);
    if (hear) hear(response);
    // oxlint-disable-next-line no-underscore-dangle -- the name that the SDK gave to what may be overridden
    else super._onresponse(response);
  }
}

/** The older era names the kind of a form too, and gives a page an id, for which its address serves. */
const asOlder = (params: InputRequest['params'] = {}): object =>
  'url' in params ? { ...params, elicitationId: params.url } : { mode: 'form', ...params };

/** A call of the 2025 era, with every question to its client. Questions of other kinds are left to the SDK. */
export async function carryOn(server: AskingServer, asked: AskedCall): Promise<Result> {
  const { call, caller, context, clock } = asked;
  const patience = caller.progress ? longestMilliseconds : silentMilliseconds;
  const timing = { begun: clock.now(), until: clock.now() + patience };
  let result = await call(caller);
  for (let count = 1; isInputRequiredResult(result); count += 1) {
    const [key, request, ...others] = Object.entries(result.inputRequests ?? {}).flat();
    if (typeof key !== 'string' || typeof request !== 'object' || others.length > 0) return result;
    if (request.method !== 'elicitation/create') return result;
    const { requestState: state } = result;
    const answer: QuestionAnswer | 'cannot ask' =
      count > mostQuestions
        ? { unanswered: `It was asked about ${mostQuestions} times, and something had changed each time.` }
        : await answerTo(server.ask(request, context.mcpReq.id), key, { ...asked, ...timing, state });
    if (answer === 'cannot ask') server.cannotAsk = true;
    result = await call(
      answer === 'cannot ask'
        ? { ...caller, canBeAsked: false, canOpenPages: false, answer: {} }
        : { ...caller, answer: { state, ...answer } },
    );
  }
  return result;
}

interface Waiting extends AskedCall {
  /** Epoch milliseconds. */
  begun: number;
  until: number;
  state: string | undefined;
}

/** Waits for an answer, and tells the client meanwhile that the call goes on. Throws when the client ends the call. */
async function answerTo(question: Question, key: string, waiting: Waiting): Promise<QuestionAnswer | 'cannot ask'> {
  const { context, clock, begun, until } = waiting;
  const { signal } = context.mcpReq;
  const stopProgress = telling(waiting);
  let stopWaiting: () => void = () => undefined;
  const ended = new Promise<'over' | 'aborted'>((resolve) => {
    const abort = () => resolve('aborted');
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const cancel = clock.later(() => resolve('over'), Math.max(0, until - clock.now()));
    stopWaiting = () => {
      signal.removeEventListener('abort', abort);
      cancel();
    };
  });
  try {
    const response = await Promise.race([question.response, ended]);
    if (response === 'over' || response === 'aborted') {
      question.callOff(response === 'over' ? 'It was not answered in time.' : 'Its call was cancelled.', (late) =>
        record(late, key, waiting),
      );
      if (response === 'aborted') throw new Error('The client has cancelled the call.');
      const seconds = Math.round((until - begun) / 1000);
      return { unanswered: `The form was not answered by the client within ${seconds} seconds.` };
    }
    if ('result' in response) return { responses: { [key]: response.result } };
    const { code } = response.error;
    if (code === methodNotFound) return 'cannot ask';
    return { unanswered: `The form was answered with an error (${code}) by the client.` };
  } catch (error) {
    if (signal.aborted) throw error;
    waiting.onerror(error);
    return { unanswered: 'The form could not be sent to the client.' };
  } finally {
    stopProgress();
    stopWaiting();
  }
}

/** Tells a client that asked for it that the form still stands, so that it does not give up. */
function telling({ caller, clock, begun, until }: Waiting): () => void {
  if (!caller.progress) return () => undefined;
  let stop: () => void = () => undefined;
  const tell = () => {
    const [done, total] = [(clock.now() - begun) / 1000, (until - begun) / 1000];
    void caller.progress?.(done, total, 'waiting for the answer to the form').catch(() => undefined);
    stop = clock.later(tell, progressMilliseconds);
  };
  tell();
  return () => stop();
}

/** An accept that comes too late goes the way of every answer, which records it and sends nothing. */
function record(late: Response, key: string, { call, caller, state, onerror }: Waiting): void {
  if (!('result' in late) || late.result['action'] !== 'accept') return;
  const answer = { state, responses: { [key]: late.result }, isLate: true };
  call({ ...caller, signal: undefined, progress: undefined, answer }).catch(onerror);
}
