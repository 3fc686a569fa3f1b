import { type Expiring, expiring } from './expiring.js';
import { limits } from './limits.js';
import type { PlacedChange, Store } from './store.js';

/** A store in the memory of this process. It is enough for one server, and its content ends with the process. */
export function inMemory(now: () => number): Store {
  const collections = new Map<string, Expiring<string>>();
  const lists = new Map<string, readonly string[]>();
  const listeners = new Map<string, Set<(message: string) => void>>();
  /** The holders of each key, with the time when each expires. */
  const places = expiring<ReadonlyMap<string, number>>(now);
  const take = limits(({ RateLimiterMemory }, points) => new RateLimiterMemory({ points, duration: 1 }));

  function collection(name: string): Expiring<string> {
    const found = collections.get(name) ?? expiring<string>(now);
    collections.set(name, found);
    return found;
  }

  const holdersOf = (key: string): Map<string, number> =>
    new Map([...(places.get(key) ?? [])].filter(([, expires]) => expires > now()));

  function hold(key: string, holders: ReadonlyMap<string, number>): void {
    if (holders.size === 0) places.delete(key);
    else places.set(key, holders, Math.max(...holders.values()));
  }

  const hasPrevious = ({ collection: name, id, previous }: PlacedChange): boolean =>
    collections.get(name)?.get(id) === previous;

  function make({ collection: name, id, next, expires }: PlacedChange): void {
    if (next === undefined) collection(name).delete(id);
    else collection(name).set(id, next, expires);
  }

  async function compareAndSetAll(changes: readonly PlacedChange[]): Promise<boolean> {
    if (!changes.every(hasPrevious)) return false;
    for (const change of changes) make(change);
    return true;
  }

  return {
    isShared: false,
    get: async (name, id) => collections.get(name)?.get(id),
    list: async (name) => new Map(collections.get(name)?.entries()),
    compareAndSet: (name, id, change) => compareAndSetAll([{ collection: name, id, ...change }]),
    compareAndSetAll,
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
        if (all.size === 0 && listeners.get(channel) === all) listeners.delete(channel);
      };
    },
    take,
    async acquire(key, holder, most, expires) {
      const holders = holdersOf(key);
      if (!holders.has(holder) && holders.size >= most) return false;
      hold(key, holders.set(holder, expires));
      return true;
    },
    async release(key, holder) {
      const holders = holdersOf(key);
      if (holders.delete(holder)) hold(key, holders);
    },
    ping: async () => undefined,
    close: async () => undefined,
  };
}
