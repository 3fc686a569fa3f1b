import type { Store } from '../store/store.js';
import type { Clock, Random } from '../values/clock.js';

const place = { collection: 'key', id: 'shared' };
const tenYears = 10 * 365 * 86_400_000;

export interface SharedKeyOptions {
  /** The 32 bytes in base64, when the settings have them. */
  given: string | undefined;
  store: Store;
  clock: Clock;
  random: Random;
}

/**
 * The key that all replicas share. It comes from the settings, or the first replica makes it and keeps it in the store.
 */
export async function sharedKey({ given, store, clock, random }: SharedKeyOptions): Promise<Uint8Array> {
  if (given !== undefined) return Buffer.from(given, 'base64');
  const made = random.bytes(32);
  if (!store.isShared) return made;
  const { collection, id } = place;
  const next = Buffer.from(made).toString('base64');
  if (await store.compareAndSet(collection, id, { next, expires: clock.now() + tenYears })) return made;
  const kept = await store.get(collection, id);
  if (kept === undefined) throw new Error('The shared store did not keep the key; set PGFLEET_KEY.');
  return Buffer.from(kept, 'base64');
}
