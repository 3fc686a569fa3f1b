import type { PageOptions } from './options.js';

const mostWrong = 5;
export const waitSeconds = 60;
const place = 'wrong-sign-in';

/** Thrown when too many codes or tokens of the last minute were wrong. */
export class TooManyAttempts extends Error {
  override readonly name = 'TooManyAttempts';

  constructor() {
    super('Too many wrong codes or tokens were tried here. Wait a minute, then try again.');
  }
}

/** Limits the wrong codes and tokens in a minute, for all processes together and for everyone who tries. */
export interface Attempts {
  /** For short secrets that can be guessed. An attempt is only checked if it can be counted, even with many at once. */
  sparingly<T>(check: () => Promise<T | undefined>): Promise<T | undefined>;
  /** For long tokens, whose owners must not be locked out by other people. Wrong ones are counted after the check. */
  counted<T>(check: () => Promise<T | undefined>): Promise<T | undefined>;
}

export function createAttempts({ store, clock, random }: Pick<PageOptions, 'store' | 'clock' | 'random'>): Attempts {
  // Every wrong attempt holds one of the places for a minute.
  async function take(): Promise<string> {
    const holder = random.id();
    if (!(await store.acquire(place, holder, mostWrong, clock.now() + waitSeconds * 1000))) throw new TooManyAttempts();
    return holder;
  }
  return {
    async sparingly(check) {
      const holder = await take();
      const found = await check();
      if (found !== undefined) await store.release(place, holder);
      return found;
    },
    async counted(check) {
      const found = await check();
      if (found === undefined) await take();
      return found;
    },
  };
}
