import { limits } from './limits.js';
import { connectRedis, type RedisConnection } from './redis-connection.js';
import { acquireScript, compareAndSetAllScript, optional } from './redis-scripts.js';
import type { PlacedChange, Store } from './store.js';

export interface RedisOptions {
  /** `redis://` or `rediss://`, which may have a user, a password and the number of a database. */
  url: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

const prefix = 'pgfleet:';
// The keys of one change are in one slot, in case an operator uses a cluster behind a proxy.
const indexKey = (collection: string): string => `${prefix}{${collection}}`;
const valueKey = (collection: string, id: string): string => `${indexKey(collection)}:${id}`;
const listKey = (list: string): string => `${prefix}list:${list}`;
const placesKey = (key: string): string => `${prefix}places:${key}`;
const channelName = (channel: string): string => `${prefix}channel:${channel}`;

/** A store in Redis (6 or newer) or Valkey, for several processes that serve the same fleet. */
export async function inRedis({ url, now, log }: RedisOptions): Promise<Store> {
  const connection = await connectRedis(url, log);
  const { commands, bounded, close } = connection;
  const client = { storeClient: commands, useRedisPackage: true };
  const take = limits(
    ({ RateLimiterRedis }, points) =>
      new RateLimiterRedis({ ...client, keyPrefix: `${prefix}rate:${points}`, points, duration: 1 }),
  );
  const lifetime = (expires: number): string => String(Math.ceil(expires - now()));

  const compareAndSetAll = (changes: readonly PlacedChange[]): Promise<boolean> =>
    bounded(async () => {
      const keys = changes.flatMap(({ collection, id }) => [valueKey(collection, id), indexKey(collection)]);
      const args = changes.flatMap(({ id, previous, next, expires }) => [
        id,
        optional(previous),
        optional(next),
        lifetime(expires),
      ]);
      return (await commands.eval(compareAndSetAllScript, { keys, arguments: args })) === 1;
    });

  return {
    isShared: true,
    get: (collection, id) => bounded(async () => (await commands.get(valueKey(collection, id))) ?? undefined),
    list: (collection) =>
      bounded(async () => {
        const ids = await commands.zRange(indexKey(collection), 0, -1);
        const values = ids.length > 0 ? await commands.mGet(ids.map((id) => valueKey(collection, id))) : [];
        return new Map(ids.flatMap((id, index) => pairOf(id, values[index])));
      }),
    compareAndSet: (collection, id, change) => compareAndSetAll([{ collection, id, ...change }]),
    compareAndSetAll,
    append: (list, text, most) =>
      bounded(async () => {
        const key = listKey(list);
        await commands
          .multi()
          .lPush(key, text)
          .lTrim(key, 0, most - 1)
          .exec();
      }),
    newest: (list, count) =>
      bounded(async () => (count > 0 ? commands.lRange(listKey(list), 0, count - 1) : Promise.resolve([]))),
    publish: (channel, message) => bounded(() => commands.publish(channelName(channel), message)),
    subscribe: subscriber(connection, log),
    take: (key, perSecond, count) => bounded(() => take(key, perSecond, count)),
    acquire: (key, holder, most, expires) =>
      bounded(async () => {
        const args = [holder, String(most), lifetime(expires)];
        return (await commands.eval(acquireScript, { keys: [placesKey(key)], arguments: args })) === 1;
      }),
    release: (key, holder) => bounded(async () => void (await commands.zRem(placesKey(key), holder))),
    ping: () => bounded(async () => void (await commands.ping())),
    close,
  };
}

const pairOf = (id: string, value: string | null | undefined): [string, string][] =>
  typeof value === 'string' ? [[id, value]] : [];

/**
 * One subscription for each channel, however many listeners there are, so that `publish` counts processes. The client
 * subscribes again by itself after an outage.
 */
function subscriber({ subscriptions, bounded }: RedisConnection, log: (line: string) => void): Store['subscribe'] {
  const channels = new Map<string, Set<(message: string) => void>>();

  function hear(message: string, name: string): void {
    if (!channels.has(name)) void drop(name);
    for (const listener of channels.get(name) ?? []) {
      try {
        listener(message);
      } catch (error) {
        log(`A message of the shared store was not taken: ${String(error)}`);
      }
    }
  }

  async function drop(name: string): Promise<void> {
    // This fails while the store is unavailable. The next message, which has no listener, tries it again.
    await bounded(() => subscriptions.unsubscribe(name, hear)).catch(() => undefined);
  }

  return async (channel, listener) => {
    const name = channelName(channel);
    // A listener may be given twice. Each of the two is told, and each ends on its own.
    const own = (message: string) => listener(message);
    const all = channels.get(name) ?? new Set();
    channels.set(name, all.add(own));
    const leave = () => {
      all.delete(own);
      if (all.size > 0 || channels.get(name) !== all) return;
      channels.delete(name);
      void drop(name);
    };
    try {
      await bounded(async () => {
        // Otherwise the client would keep the subscription for later, and it would not be known whether messages
        // arrive.
        if (!subscriptions.isReady) throw new Error('not connected');
        await subscriptions.subscribe(name, hear);
      });
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  };
}
