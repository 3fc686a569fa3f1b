import { type Store, StoreError } from '../../store/store.js';
import type { Clock, Random } from '../../values/clock.js';

const mostWrong = 5;
export const waitSeconds = 60;

/** Thrown when too many codes or tokens that came from one address within a minute were wrong. */
export class TooManyAttempts extends Error {
  override readonly name = 'TooManyAttempts';

  constructor(kind: Kind) {
    super(`Too many wrong ${kind}s came from this address. Wait a minute, then try again.`);
  }
}

type Kind = 'code' | 'token';

/** Limits the wrong codes and tokens of an address in a minute, for all processes together. */
export interface Attempts {
  /**
   * Checks a short secret that can be guessed. An attempt is only checked if it can be counted, even with many at once.
   */
  code<T>(address: string, check: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Checks a long token. A right one always passes, and wrong ones are counted after the check. */
  token<T>(address: string, check: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Counts a token that was found to be wrong. */
  wrongToken(address: string): Promise<void>;
}

export interface AttemptOptions {
  store: Store;
  clock: Clock;
  random: Random;
}

export function createAttempts({ store, clock, random }: AttemptOptions): Attempts {
  // Every wrong attempt holds one of the places of its address for a minute.
  async function take(kind: Kind, address: string): Promise<() => Promise<void>> {
    const [place, holder] = [`wrong-${kind}/${address}`, random.id()];
    const isTaken = await store.acquire(place, holder, mostWrong, clock.now() + waitSeconds * 1000);
    if (!isTaken) throw new TooManyAttempts(kind);
    return () => store.release(place, holder);
  }
  async function wrongToken(address: string): Promise<void> {
    await take('token', address).catch((error: unknown) => {
      // A token is too long to be guessed, so it is enough to refuse one that cannot be counted.
      if (!(error instanceof StoreError)) throw error;
    });
  }

  return {
    wrongToken,
    async code(address, check) {
      const release = await take('code', address);
      const found = await check();
      if (found !== undefined) await release();
      return found;
    },
    async token(address, check) {
      const found = await check();
      if (found === undefined) await wrongToken(address);
      return found;
    },
  };
}
