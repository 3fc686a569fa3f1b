import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Store } from './store.js';

/** `take` of a store, with one limiter of the library for each number of calls that is allowed in a second. */
export function limits(limiterOf: (perSecond: number) => RateLimiterAbstract): Store['take'] {
  const limiters = new Map<number, RateLimiterAbstract>();
  return async (key, perSecond) => {
    const limiter = limiters.get(perSecond) ?? limiterOf(perSecond);
    limiters.set(perSecond, limiter);
    try {
      await limiter.consume(key);
      return 0;
    } catch (refused) {
      // Never 0, which would mean that there is room.
      if (refused instanceof RateLimiterRes) return Math.max(refused.msBeforeNext, 1);
      throw refused;
    }
  };
}
