import pRetry, { AbortError } from 'p-retry';
import type { Clock, Random } from '../../values/clock.js';
import { type HttpRequest, type HttpResponse, type Send, WireError } from './http.js';
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
 * jitter, and are at least as long as the provider's Retry-After. All other requests are sent exactly once.
 */
export function retrying(send: Send, options: RetryOptions): Send {
  const { clock, random, onRetry } = options;
  const pauseAfter = (error: Error, attempt: number): number =>
    firstPauseMilliseconds * 2 ** (attempt - 1) * (1 + random.fraction()) + wantedPause(error, clock.now());
  return async (request, signal) => {
    if (!request.repeatable) return send(request, signal);
    // The first try is nearly always the last, so what a repetition needs is only created when there is one.
    const first = await attempt(send, request, signal).catch(asError);
    if (!(first instanceof Error)) return first;
    let failed: string | undefined;
    const tryOnce = async () => {
      if (failed === undefined) throw first;
      onRetry?.(request, failed);
      return attempt(send, request, signal);
    };
    try {
      return await pRetry(tryOnce, {
        retries,
        // The pauses are made here, with the clock that was passed in.
        minTimeout: 0,
        signal,
        shouldRetry: ({ error }) => !isTooLong(error, clock.now()),
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          failed = reasonOf(error);
          if (retriesLeft > 0 && !isTooLong(error, clock.now()))
            await clock.pause(pauseAfter(error, attemptNumber), signal);
        },
      });
    } catch (error) {
      if (error instanceof TryAgain) return error.response;
      if (error instanceof WireError || !signal?.aborted) throw error;
      throw new WireError('aborted', false, 'The call was cancelled between two tries.', { cause: error });
    }
  };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

async function attempt(send: Send, request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
  try {
    const response = await send(request, signal);
    if (retryable.has(response.status)) throw new TryAgain(response);
    return response;
  } catch (error) {
    const final = error instanceof WireError && (error.failure === 'aborted' || error.failure === 'too_large');
    throw final ? new AbortError(error) : error;
  }
}

function reasonOf(error: Error): string {
  if (error instanceof TryAgain) return String(error.response.status);
  return error instanceof WireError ? error.failure : 'fault';
}

/** A longer pause is not made within one call. The answer then says how long the provider asked for. */
const isTooLong = (error: Error, now: number): boolean => wantedPause(error, now) > longestPauseMilliseconds;

/** The pause that `Retry-After` asks for, in milliseconds. */
const wantedPause = (error: Error, now: number): number =>
  error instanceof TryAgain ? (retryAfterSeconds(error.response.headers, now) ?? 0) * 1000 : 0;
