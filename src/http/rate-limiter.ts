import { inMemory } from '../store/memory.js';
import type { Store } from '../store/store.js';
import type { Clock, Random } from '../values/clock.js';

export interface Limits {
  /** The number of requests of one caller in a second. */
  callsPerSecond?: number;
  /** The number of tool calls of one caller at the same time. */
  callsAtOnce?: number;
  /** The number of tool calls that go to one account at the same time. */
  providerCallsAtOnce?: number;
  /** The number of streams that one caller holds open. */
  streamsAtOnce?: number;
}

/** Says why a limit was exceeded, and when there is capacity again. */
export interface LimitExceeded {
  retryAfterSeconds: number;
  why: string;
}

export interface RateLimiter {
  /** Counts so many requests, which came together. Undefined when they are within the limit. */
  requests(caller: string, count: number): Promise<LimitExceeded | undefined>;
  /**
   * Returns a function that releases the places of the call, or the limit that was exceeded. Undefined when nothing is
   * counted. The account is only asked for where its calls are.
   */
  call(caller: string, account: () => Promise<string>): Promise<(() => void) | LimitExceeded | undefined>;
  /**
   * The same for a stream that stays open until the caller closes it. Streams of the same name have one place together,
   * because each takes the place of the one before it.
   */
  stream(caller: string, name?: string): Promise<(() => void) | LimitExceeded | undefined>;
}

export interface RateLimiterOptions {
  store: Store;
  clock: Clock;
  random: Random;
  /** Called when a limit has refused a request or call. */
  limited: (limit: 'call_rate' | 'caller_calls' | 'provider_calls' | 'caller_streams') => void;
  onerror: (error: unknown) => void;
}

/** The place of a process that ended without releasing it becomes free after this time. */
const leaseMilliseconds = 60_000;
/** Each question to an unavailable store costs seconds, so it is not asked again for this long. */
const pauseMilliseconds = 5_000;

/**
 * Counts in the store, so that the limits hold for all processes together. While the store is unavailable, each process
 * counts alone, because limits have to protect the service and not to stop it.
 */
export function createRateLimiter(
  limits: Limits,
  { store, clock, random, limited, onerror }: RateLimiterOptions,
): RateLimiter {
  const { callsPerSecond, callsAtOnce, providerCallsAtOnce, streamsAtOnce } = limits;
  const alone = inMemory(clock.now);
  let awayUntil = 0;
  /** How often each place is held in this process. */
  const held = new Map<string, number>();

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

  async function acquire(
    key: string,
    places: number | undefined,
    name?: string,
  ): Promise<(() => void) | 'full' | undefined> {
    if (places === undefined) return undefined;
    const holder = name ?? random.id();
    const place = `${key} ${holder}`;
    const renew = () => counted((counter) => counter.acquire(key, holder, places, clock.now() + leaseMilliseconds));
    if (!(await renew())) return 'full';
    let cancelNext = () => {};
    const keepRenewing = () => {
      cancelNext = clock.later(() => {
        void renew().catch(onerror);
        keepRenewing();
      }, leaseMilliseconds / 3);
    };
    keepRenewing();
    held.set(place, (held.get(place) ?? 0) + 1);
    return () => {
      cancelNext();
      const others = (held.get(place) ?? 1) - 1;
      if (others > 0) return void held.set(place, others);
      held.delete(place);
      // A place that cannot be released now becomes free by itself.
      for (const counter of [store, alone]) counter.release(key, holder).catch(() => undefined);
    };
  }

  return {
    async requests(caller, count) {
      if (callsPerSecond === undefined || count === 0) return undefined;
      const wait = await counted((counter) => counter.take(`caller/${caller}`, callsPerSecond, count));
      if (wait === 0) return undefined;
      limited('call_rate');
      const isNeverTaken = count > callsPerSecond;
      const howMany = `More than ${callsPerSecond} requests in a second.`;
      const why = isNeverTaken ? `${howMany} A batch counts as its ${count} messages: send fewer in one.` : howMany;
      return { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)), why };
    },
    async call(caller, accountFor) {
      if (callsAtOnce === undefined && providerCallsAtOnce === undefined) return undefined;
      const releaseCaller = await acquire(`caller/${caller}`, callsAtOnce);
      if (releaseCaller === 'full') {
        limited('caller_calls');
        return { retryAfterSeconds: 1, why: `More than ${callsAtOnce} calls at the same time.` };
      }
      const account = providerCallsAtOnce === undefined ? '' : await accountFor();
      const releaseAccount = await acquire(`account/${account}`, providerCallsAtOnce);
      if (releaseAccount === 'full') {
        releaseCaller?.();
        limited('provider_calls');
        return { retryAfterSeconds: 1, why: `More than ${providerCallsAtOnce} calls to ${account} at the same time.` };
      }
      if (!releaseCaller && !releaseAccount) return undefined;
      return () => {
        releaseAccount?.();
        releaseCaller?.();
      };
    },
    async stream(caller, name) {
      const release = await acquire(`streams/${caller}`, streamsAtOnce, name);
      if (release !== 'full') return release;
      limited('caller_streams');
      const why = `This caller holds ${streamsAtOnce} streams open, which is the most: close one that is not needed.`;
      return { retryAfterSeconds: 1, why };
    },
  };
}
