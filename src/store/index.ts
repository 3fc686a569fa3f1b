import { inMemory } from './memory.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** The address of the shared store. When it is left out, everything stays in this process. */
  url?: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

/** Valkey has the same protocol as Redis. */
const protocols: Record<string, string> = {
  'redis:': 'redis:',
  'rediss:': 'rediss:',
  'valkey:': 'redis:',
  'valkeys:': 'rediss:',
};

/** Throws when the address is not that of a store. A store that cannot be reached is tried again until it answers. */
export async function openStore({ url, now, log }: StoreOptions): Promise<Store> {
  if (url === undefined) return inMemory(now);
  const given = URL.canParse(url) ? new URL(url) : undefined;
  const protocol = given && protocols[given.protocol];
  const isDatabase = given && /^\/?\d*$/.test(given.pathname);
  if (!protocol || !given.hostname || !isDatabase)
    throw new Error(
      'PGFLEET_STORE is not the address of a shared store. It has the form redis://host:port or, with TLS, ' +
        'rediss://host:port (valkey:// and valkeys:// mean the same); a user, a password and /database may be added.',
    );
  // Loaded only when it is used, so that a server on one machine starts without it.
  const { inRedis } = await import('./redis.js');
  return inRedis({ url: protocol + url.slice(url.indexOf(':') + 1), now, log });
}
