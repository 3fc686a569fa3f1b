import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Store } from './store.js';

type Library = typeof import('./rate-limiters.js');

/** `take` of a store, with one limiter of the library for each allowed number of calls in a second. */
export function limits(limiterOf: (library: Library, perSecond: number) => RateLimiterAbstract): Store['take'] {
  const limiters = new Map<number, RateLimiterAbstract>();
  return async (key, perSecond, count = 1) => {
    // Loaded with the first call that is counted. A server for one person counts none.
    const library = await import('./rate-limiters.js');
    const limiter = limiters.get(perSecond) ?? limiterOf(library, perSecond);
    limiters.set(perSecond, limiter);
    try {
      await limiter.consume(key, count);
      return 0;
    } catch (refused) {
      // It is never 0, because that would mean that the call is within the limit.
      if (refused instanceof library.RateLimiterRes) return Math.max(refused.msBeforeNext, 1);
      throw refused;
    }
  };
}
