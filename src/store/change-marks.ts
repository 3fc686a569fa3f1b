import type { Store } from './store.js';

/** What stands for the last change of each account, by which every replica knows whether what it read still counts. */
export interface ChangeMarks {
  /** Notes that an account was changed. Never rejects: what could not be noted is noted before the next `last`. */
  note: (account: string) => Promise<void>;
  /** Differs from the time before when the account was changed since. Rejects when the store cannot be reached. */
  last: (account: string) => Promise<string>;
}

export interface ChangeMarkOptions {
  store: Pick<Store, 'get' | 'compareAndSet'>;
  now: () => number;
  newId: () => string;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

const collection = 'change';
/** Much longer than what was read is used. */
const lifetimeMilliseconds = 600_000;

export function changeMarks({ store, now, newId, log }: ChangeMarkOptions): ChangeMarks {
  const missing = new Set<string>();

  async function mark(account: string): Promise<void> {
    const previous = await store.get(collection, account);
    // Where another replica was faster, its mark is later than this change, and stands for both.
    await store.compareAndSet(collection, account, { previous, next: newId(), expires: now() + lifetimeMilliseconds });
    missing.delete(account);
  }

  return {
    async note(account) {
      missing.add(account);
      await mark(account).catch((error: unknown) => log(`A change of ${account} was not noted yet: ${String(error)}`));
    },
    async last(account) {
      if (missing.has(account)) await mark(account);
      return (await store.get(collection, account)) ?? '';
    },
  };
}
