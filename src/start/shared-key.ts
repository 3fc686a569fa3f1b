import { randomBytes } from 'node:crypto';
import type { Store } from '../store/store.js';

const place = { collection: 'key', id: 'shared' };
const tenYears = 10 * 365 * 86_400_000;

/** The key that all replicas share: of the settings, or else made by the first of them and kept in the store. */
export async function sharedKey(given: string | undefined, store: Store, now: () => number): Promise<Uint8Array> {
  if (given !== undefined) return Buffer.from(given, 'base64');
  const made = randomBytes(32);
  if (!store.isShared) return made;
  const { collection, id } = place;
  const next = made.toString('base64');
  if (await store.compareAndSet(collection, id, { next, expires: now() + tenYears })) return made;
  const kept = await store.get(collection, id);
  if (kept === undefined) throw new Error('The shared store did not keep the key; set PGFLEET_KEY.');
  return Buffer.from(kept, 'base64');
}
