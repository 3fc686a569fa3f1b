import { createHash } from 'node:crypto';
import type { Principal } from '../../define/index.js';
import type { Store } from '../../store/store.js';
import type { Clock, Random } from '../../values/clock.js';

export interface OneTimeCodes {
  /**
   * Returns the person at this machine if the code is the one that is shown. The code is then used up, and a new one is
   * shown.
   */
  use: (code: string) => Promise<Principal | undefined>;
}

export interface OneTimeCodeOptions {
  /** Any replica accepts the code that another one shows. Each code works once. */
  store: Store;
  clock: Clock;
  random: Random;
  /** Prints the code where only people with access to this process can read it. */
  show: (code: string) => void;
}

const collection = 'one-time-code';
const channel = 'used-one-time-code';
const tenYears = 10 * 365 * 86_400_000;
/** Letters and digits that are not easily confused. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Signs in a person who can read what this process prints. */
export async function oneTimeCodes({ store, clock, random, show }: OneTimeCodeOptions): Promise<OneTimeCodes> {
  let shown = '';
  async function showNew(): Promise<void> {
    const code = newCode(random);
    shown = hashOf(code);
    await store.compareAndSet(collection, shown, { next: 'shown', expires: clock.now() + tenYears });
    show(code);
  }
  await store.subscribe(channel, (used) => {
    if (used === shown) void showNew();
  });
  await showNew();
  return {
    async use(given) {
      const hash = hashOf(given);
      if (!(await store.compareAndSet(collection, hash, { previous: 'shown', expires: clock.now() }))) return undefined;
      await store.publish(channel, hash);
      return { id: 'local person', name: 'the person at the server', groups: [] };
    },
  };
}

/** Accepts any way of typing the code. Comparing hashes does not reveal the code by its duration. */
const hashOf = (code: string): string =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^A-Z\d]/g, ''))
    .digest('hex');

/** A code of 60 bits, in groups that can be read aloud. */
const newCode = ({ bytes }: Random): string =>
  [...bytes(12)]
    .map((byte) => letters[byte % letters.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');
