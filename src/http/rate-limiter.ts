import { inMemory } from '../store/memory.js';
import type { Store } from '../store/store.js';
import type { Clock, Random } from '../values/clock.js';

export interface Limits {
  /** Requests of one caller in a second. */
  callsPerSecond?: number;
  /** Tool calls of one caller at the same time. */
  callsAtOnce?: number;
  /** Tool calls that go to one account at the same time. */
  providerCallsAtOnce?: number;
}

/** Once there is room again. */
export interface LimitExceeded {
  retryAfterSeconds: number;
  why: string;
}

export interface RateLimiter {
  /** Undefined when the caller may go on. */
  request(caller: string): Promise<LimitExceeded | undefined>;
  /** The way out of a call that was let in, or why it was not; undefined where nothing is counted. */
  call(caller: string, account: string): Promise<(() => void) | LimitExceeded | undefined>;
}

export interface RateLimiterOptions {
  store: Store;
  clock: Clock;
  random: Random;
  /** Somebody was turned away. */
  limited: (limit: 'call_rate' | 'caller_calls' | 'provider_calls') => void;
  onerror: (error: unknown) => void;
}

/** A place is given back by a process that ended without a word after this long. */
const leaseMilliseconds = 60_000;
/** A store that says nothing costs each question seconds: so long it is not asked again. */
const pauseMilliseconds = 5_000;

/**
 * Counts in the store, so that the limits hold over all processes together. While the store is away each process counts
 * on its own: limits are there to protect what is served, not to end it.
 */
export function createRateLimiter(
  limits: Limits,
  { store, clock, random, limited, onerror }: RateLimiterOptions,
): RateLimiter {
  const { callsPerSecond, callsAtOnce, providerCallsAtOnce } = limits;
  const alone = inMemory(clock.now);
  let awayUntil = 0;

  async function counted<T>(count: (counter: Store) => Promise<T>): Promise<T> {
    if (clock.now() < awayUntil) return count(alone);
    try {
      return await count(store);
    } catch (error) {
      onerror(error);
      awayUntil = clock.now() + pauseMilliseconds;
      return count(alone);
    }
  }

  async function enter(key: string, places: number | undefined): Promise<(() => void) | 'full' | undefined> {
    if (places === undefined) return undefined;
    const holder = random.id();
    const renew = () => counted((counter) => counter.acquire(key, holder, places, clock.now() + leaseMilliseconds));
    if (!(await renew())) return 'full';
    let callOff = () => {};
    const keepRenewing = () => {
      callOff = clock.later(() => {
        void renew().catch(onerror);
        keepRenewing();
      }, leaseMilliseconds / 3);
    };
    keepRenewing();
    return () => {
      callOff();
      // A place that cannot be given back now ends by itself.
      for (const counter of [store, alone]) counter.release(key, holder).catch(() => undefined);
    };
  }

  return {
    async request(caller) {
      if (callsPerSecond === undefined) return undefined;
      const wait = await counted((counter) => counter.take(`caller/${caller}`, callsPerSecond));
      if (wait === 0) return undefined;
      limited('call_rate');
      const why = `More than ${callsPerSecond} requests in a second.`;
      return { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)), why };
    },
    async call(caller, account) {
      const leaveCaller = await enter(`caller/${caller}`, callsAtOnce);
      if (leaveCaller === 'full') {
        limited('caller_calls');
        return { retryAfterSeconds: 1, why: `More than ${callsAtOnce} calls at the same time.` };
      }
      const leaveAccount = await enter(`account/${account}`, providerCallsAtOnce);
      if (leaveAccount === 'full') {
        leaveCaller?.();
        limited('provider_calls');
        return { retryAfterSeconds: 1, why: `More than ${providerCallsAtOnce} calls to ${account} at the same time.` };
      }
      if (!leaveCaller && !leaveAccount) return undefined;
      return () => {
        leaveAccount?.();
        leaveCaller?.();
      };
    },
  };
}
