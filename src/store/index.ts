import { inMemory } from './memory.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** Of the shared store; left out, everything stays in this process. */
  url?: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** A line for the operator. */
  log: (line: string) => void;
}

/** Valkey speaks as Redis does. */
const protocols: Record<string, string> = {
  'redis:': 'redis:',
  'rediss:': 'rediss:',
  'valkey:': 'redis:',
  'valkeys:': 'rediss:',
};

/** Throws when the address is none of a store; a store that cannot be reached is tried again until it answers. */
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
  // Loaded only where it is used: a server on one machine starts without it.
  const { inRedis } = await import('./redis.js');
  return inRedis({ url: protocol + url.slice(url.indexOf(':') + 1), now, log });
}
