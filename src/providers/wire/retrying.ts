import pRetry, { AbortError, type RetryContext } from 'p-retry';
import { type Clock, type Random, withDeadline } from '../../values/clock.js';
import { answerMilliseconds } from './deadlines.js';
import { type HttpRequest, type HttpResponse, type Send, WireError, type WireFailure } from './http.js';
import { retryAfterSeconds } from './retry-after.js';

const retryable = new Set([
  429, // too many requests
  500, // the provider had a fault, but a read may be repeated
  502, // the answer is a gateway's, not the provider's
  503,
  504,
]);

const retries = 3;
const firstPauseMilliseconds = 250;

/** A longer pause is not made within one call. The answer then says how long the provider asked for. */
const longestPauseMilliseconds = 20_000;

/** Marks an answer that is worth another try. It holds the answer, in case no try is left. */
class TryAgain extends Error {
  constructor(readonly response: HttpResponse) {
    super(`status ${response.status}`);
  }
}

export interface RetryOptions {
  clock: Clock;
  random: Random;
  /** Called when a request is sent once more, with the status or the wire failure that is the reason. */
  onRetry?: (request: HttpRequest, reason: string) => void;
}

/**
 * Sends repeatable requests up to three times more, on broken connections, 429 and 5xx. The pauses grow, have
 * jitter, and are at least as long as the provider's Retry-After. All other requests are sent exactly once. Every
 * request has to have its answer, with all repetitions, by the time that it names, or else within the usual time.
 */
export function retrying(send: Send, options: RetryOptions): Send {
  return async (request, signal) => {
    const ended = new AbortController();
    const end = () => ended.abort();
    // A signal that is made of two others takes about twice as long as a listener.
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    const { clock } = options;
    const begun = clock.now();
    const { until = begun + answerMilliseconds } = request;
    const { signal: ending } = ended;
    const work = request.repeatable ? repeat(send, request, options, { until, ending }) : send(request, ending);
    return withDeadline(clock, until - begun, work, () => {
      end();
      const { origin } = new URL(request.url);
      const seconds = Math.round((until - begun) / 1000);
      throw new WireError('timeout', true, `${origin} gave no answer within ${seconds} seconds.`);
    }).finally(() => signal?.removeEventListener('abort', end));
  };
}

interface End {
  until: number;
  ending: AbortSignal;
}

async function repeat(send: Send, request: HttpRequest, options: RetryOptions, { until, ending: signal }: End) {
  const { clock, random, onRetry } = options;
  // The first try is nearly always the last, so what a repetition needs is only created when there is one.
  const first = await attempt(send, request, signal).catch(asError);
  if (!(first instanceof Error)) return first;
  let failed: string | undefined;
  const tryOnce = async () => {
    if (failed === undefined) throw first;
    onRetry?.(request, failed);
    return attempt(send, request, signal);
  };
  const onFailedAttempt = async ({ error, attemptNumber, retriesLeft }: RetryContext) => {
    failed = reasonOf(error);
    const wanted = wantedPause(error, clock.now());
    const pause = firstPauseMilliseconds * 2 ** (attemptNumber - 1) * (1 + random.fraction()) + wanted;
    const isTooLong = wanted > longestPauseMilliseconds || clock.now() + pause >= until;
    if (retriesLeft === 0 || isTooLong) throw error;
    await clock.pause(pause, signal);
  };
  try {
    // The pauses are made here, with the clock that was passed in.
    return await pRetry(tryOnce, { retries, minTimeout: 0, signal, onFailedAttempt });
  } catch (error) {
    if (error instanceof TryAgain) return error.response;
    if (error instanceof WireError || !signal.aborted) throw error;
    throw new WireError('aborted', false, 'The call was cancelled between two tries.', { cause: error });
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** After these, asking again would only take as long, or be as much, once more. */
const finalFailures: ReadonlySet<WireFailure> = new Set(['aborted', 'too_large', 'timeout']);

async function attempt(send: Send, request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
  try {
    const response = await send(request, signal);
    if (retryable.has(response.status)) throw new TryAgain(response);
    return response;
  } catch (error) {
    const isFinal = error instanceof WireError && finalFailures.has(error.failure);
    throw isFinal ? new AbortError(error) : error;
  }
}

function reasonOf(error: Error): string {
  if (error instanceof TryAgain) return String(error.response.status);
  return error instanceof WireError ? error.failure : 'fault';
}

/** The pause that `Retry-After` asks for, in milliseconds. */
const wantedPause = (error: Error, now: number): number =>
  error instanceof TryAgain ? (retryAfterSeconds(error.response.headers, now) ?? 0) * 1000 : 0;
