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

/** All processes together take so many wrong codes and tokens a minute, whoever tries them. */
export interface Attempts {
  /** For what can be guessed: no attempt is looked at unless it can be counted, however many come at once. */
  sparingly<T>(check: () => Promise<T | undefined>): Promise<T | undefined>;
  /** For long tokens, which must not be locked out by somebody else's: counted once they turned out to be wrong. */
  counted<T>(check: () => Promise<T | undefined>): Promise<T | undefined>;
}

export function createAttempts({ store, clock, random }: Pick<PageOptions, 'store' | 'clock' | 'random'>): Attempts {
  // Every wrong one holds one of the places for a minute.
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
