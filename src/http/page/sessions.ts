import * as z from 'zod';
import { type Principal, scopes } from '../../define/index.js';
import type { Store } from '../../store/store.js';
import type { Clock, Random } from '../../values/clock.js';
import type { Seal } from '../auth/seal.js';
import type { SignInWays } from './options.js';

/** The session of a person who has signed in, on the page or in a terminal. */
export interface Session {
  id: string;
  principal: Principal;
  /** Has to come back with every form, so that no other page can send one. */
  form: string;
}

export interface PageSessions {
  begin(use: SessionUse, principal: Principal, token?: string): Promise<{ text: string; expires: number }>;
  /** Undefined when it has expired, was ended, or its token is no longer valid. */
  open(use: SessionUse, text: string | undefined): Promise<Session | undefined>;
  /** Ends it everywhere, including copies of the cookie. */
  end(session: Session): Promise<void>;
}

type SessionUse = 'page' | 'terminal';

/** Seconds. */
export const lifetimes = { page: 8 * 3_600, terminal: 3_600 } as const;

/** Browsers keep cookies of up to 4096 bytes, and sealing makes a text a third longer. */
export const longestToken = 2_000;

/** The collection of ended sessions. Their ids are kept until the sessions would have expired. */
const ended = 'ended-session';

const content = z.object({
  id: z.string(),
  form: z.string(),
  principal: z.object({
    id: z.string(),
    name: z.string(),
    groups: z.array(z.string()),
    scopes: z.array(z.string()).optional(),
  }),
  token: z.string().optional(),
});

export interface PageSessionOptions {
  seal: Seal;
  store: Store;
  signIn: SignInWays;
  clock: Clock;
  random: Random;
}

/** Creates a token for forms. It cannot be guessed. */
export const newFormToken = ({ bytes }: Random): string => Buffer.from(bytes(24)).toString('base64url');

export function createPageSessions({ seal, store, signIn, clock, random }: PageSessionOptions): PageSessions {
  return {
    async begin(use, principal, token) {
      const form = newFormToken(random);
      const expires = clock.now() + lifetimes[use] * 1000;
      const whole = { id: random.id(), form, principal: slim(principal), token };
      return { text: await seal.close(use, whole, lifetimes[use]), expires };
    },
    async open(use, text) {
      const parsed = content.safeParse(await seal.open(use, text));
      if (!parsed.success || (await store.get(ended, parsed.data.id)) !== undefined) return undefined;
      const { token, ...session } = parsed.data;
      if (token === undefined) return session;
      // The token is checked every time, because withdrawing a token has to end its session too.
      const principal = await signIn.token?.(token);
      return principal && { ...session, principal };
    },
    async end({ id }) {
      await store.compareAndSet(ended, id, { next: '1', expires: clock.now() + lifetimes.page * 1000 });
    },
  };
}

/** Groups come with what a person signed in with each time that it is checked. Many would not fit into the cookie. */
const slim = ({ id, name, scopes: held }: Principal): Principal => ({
  id,
  name,
  groups: [],
  ...(held && { scopes: scopes.filter((scope) => held.includes(scope)) }),
});
