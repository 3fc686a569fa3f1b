import type { RuleSet } from '../call/policy/read-policy.js';
import { ConfigError } from '../define/config-error.js';
import type { Store } from '../store/store.js';
import type { Clock, Random } from '../values/clock.js';
import type { Config } from './config.js';

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

/**
 * Throws a `ConfigError` where a person's approval counts, the store is shared, and the settings have no key: whoever
 * can write to the store could then make an approval, because the key lies there too.
 */
export function requireOwnKey({ store, key, confirm, accounts }: Config, ruleSet: RuleSet | undefined): void {
  const modes = [confirm, ...[...accounts.values()].map((account) => account.confirm)];
  const isHuman = modes.includes('human') || ruleSet?.rules.some(({ effect }) => effect === 'human');
  if (!isHuman || store === undefined || key !== undefined) return;
  throw new ConfigError([
    'Approvals by a person (human) need PGFLEET_KEY with PGFLEET_STORE: without it the key lies in the store, ' +
      'where whoever can write could approve. Set it at every replica to the output of: openssl rand -base64 32',
  ]);
}
