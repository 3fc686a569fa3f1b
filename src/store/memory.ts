import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Store, Swap } from './store.js';

/** In the memory of this process: what one server needs, and gone with it. */
export function inMemory(now: () => number): Store {
  const collections = new Map<string, Map<string, Held>>();
  const lists = new Map<string, readonly string[]>();
  const listeners = new Map<string, Set<(message: string) => void>>();
  const places = new Map<string, Map<string, number>>();
  const limiters = new Map<number, RateLimiterMemory>();

  /** A collection without what is over. */
  function alive(name: string): Map<string, Held> {
    const all = collections.get(name) ?? new Map<string, Held>();
    collections.set(name, all);
    for (const [id, { expires }] of all) if (expires <= now()) all.delete(id);
    return all;
  }

  function limiter(perSecond: number): RateLimiterMemory {
    const found = limiters.get(perSecond) ?? new RateLimiterMemory({ points: perSecond, duration: 1 });
    limiters.set(perSecond, found);
    return found;
  }

  function holders(key: string): Map<string, number> {
    const all = places.get(key) ?? new Map<string, number>();
    for (const [holder, expires] of all) if (expires <= now()) all.delete(holder);
    places.set(key, all);
    return all;
  }

  return {
    isShared: false,
    get: async (collection, id) => alive(collection).get(id)?.value,
    list: async (collection) => new Map([...alive(collection)].map(([id, { value }]) => [id, value])),
    async swap(collection, id, { previous, next, expires }: Swap) {
      const all = alive(collection);
      if (all.get(id)?.value !== previous) return false;
      if (next === undefined) all.delete(id);
      else all.set(id, { value: next, expires });
      return true;
    },
    async append(list, text, most) {
      lists.set(list, [text, ...(lists.get(list) ?? [])].slice(0, most));
    },
    newest: async (list, count) => (lists.get(list) ?? []).slice(0, count),
    async publish(channel, message) {
      const told = [...(listeners.get(channel) ?? [])];
      for (const listener of told) listener(message);
      return Math.min(told.length, 1);
    },
    async subscribe(channel, listener) {
      const all = listeners.get(channel) ?? new Set();
      listeners.set(channel, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0) listeners.delete(channel);
      };
    },
    async take(key, perSecond) {
      try {
        await limiter(perSecond).consume(key);
        return 0;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
        throw refused;
      }
    },
    async enter(key, holder, most, expires) {
      const all = holders(key);
      if (!all.has(holder) && all.size >= most) return false;
      all.set(holder, expires);
      return true;
    },
    async leave(key, holder) {
      const all = holders(key);
      all.delete(holder);
      if (all.size === 0) places.delete(key);
    },
    ping: async () => undefined,
    close: async () => undefined,
  };
}

interface Held {
  value: string;
  expires: number;
}
