import * as z from 'zod';
import { type Principal, scopes } from '../../define/index.js';
import type { Store } from '../../store/store.js';
import type { Clock, Random } from '../../values/clock.js';
import type { Seal } from '../auth/seal.js';
import type { IssuedTokens } from '../auth/signin.js';
import type { SignInWays } from './options.js';

/** The session of a person who has signed in, on the page or in a terminal. */
export interface Session {
  id: string;
  principal: Principal;
  /** Has to come back with every form, so that no other page can send one. */
  form: string;
}

export interface PageSessions {
  /** What the person signed in with is checked again each time: the token, or the tokens of the issuer. */
  begin(
    use: SessionUse,
    principal: Principal,
    signedInWith?: string | IssuedTokens,
  ): Promise<{ text: string; expires: number }>;
  /**
   * Undefined when it has expired, was ended, or what it was begun with does not hold any longer. Before a decision the
   * issuer is asked for the rights that the person has now. Throws a `SignInError` when it cannot be asked.
   */
  open(use: SessionUse, text: string | undefined, isDecision?: boolean): Promise<Session | undefined>;
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
/** The collection of the issuer's tokens, sealed, by the id of their session. They are too long for a cookie. */
const issued = 'issued-tokens';

const content = z.object({
  id: z.string(),
  form: z.string(),
  principal: z.object({
    id: z.string(),
    name: z.string(),
    groups: z.array(z.string()),
    person: z.string().optional(),
    scopes: z.array(z.string()).optional(),
  }),
  token: z.string().optional(),
  /** Whether the issuer's tokens are in the store. */
  isIssued: z.boolean().optional(),
});

const tokensForm = z.object({ access: z.string(), refresh: z.string().optional() });

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
  const sealed = (tokens: IssuedTokens) => seal.close('issued', { ...tokens }, lifetimes.page);
  const latest = () => clock.now() + lifetimes.page * 1000;

  const underWay = new Map<string, Promise<Principal | undefined>>();

  /** Asks once for requests that come together: where an issuer gives a new refresh token, the old one is used up. */
  async function personOf(id: string, isDecision: boolean): Promise<Principal | undefined> {
    const key = `${id}/${isDecision}`;
    const asked = underWay.get(key) ?? issuedTo(id, isDecision).finally(() => underWay.delete(key));
    underWay.set(key, asked);
    return asked;
  }

  /** The person with the rights of now, by the tokens in the store. */
  async function issuedTo(id: string, isDecision: boolean): Promise<Principal | undefined> {
    const held = await store.get(issued, id);
    const tokens = tokensForm.safeParse(await seal.open('issued', held)).data;
    const again = tokens && (await signIn.issuer?.again(tokens, isDecision));
    if (!again) {
      // Another request may have got new tokens in the meantime, which ends the ones that were held.
      const isReplaced = held !== undefined && (await store.get(issued, id)) !== held;
      return isReplaced ? issuedTo(id, isDecision) : undefined;
    }
    if (again.tokens !== tokens)
      await store.compareAndSet(issued, id, { previous: held, next: await sealed(again.tokens), expires: latest() });
    return again.principal;
  }

  return {
    async begin(use, principal, signedInWith) {
      const [id, form] = [random.id(), newFormToken(random)];
      const expires = clock.now() + lifetimes[use] * 1000;
      const isIssued = typeof signedInWith === 'object';
      if (isIssued) await store.compareAndSet(issued, id, { next: await sealed(signedInWith), expires });
      const whole = { id, form, principal: slim(principal), ...(isIssued ? { isIssued } : { token: signedInWith }) };
      return { text: await seal.close(use, whole, lifetimes[use]), expires };
    },
    async open(use, text, isDecision = false) {
      const parsed = content.safeParse(await seal.open(use, text));
      if (!parsed.success || (await store.get(ended, parsed.data.id)) !== undefined) return undefined;
      const { token, isIssued, ...session } = parsed.data;
      if (isIssued) {
        const principal = await personOf(session.id, isDecision);
        return principal && { ...session, principal };
      }
      if (token === undefined) return session;
      // The token is checked every time, because withdrawing a token has to end its session too.
      const principal = await signIn.token?.(token);
      return principal && { ...session, principal };
    },
    async end({ id }) {
      await store.compareAndSet(ended, id, { next: '1', expires: latest() });
      const previous = await store.get(issued, id);
      if (previous !== undefined) await store.compareAndSet(issued, id, { previous, expires: latest() });
    },
  };
}

/** Groups come with what a person signed in with each time that it is checked. Many would not fit into the cookie. */
const slim = ({ id, name, person, scopes: held }: Principal): Principal => ({
  id,
  name,
  person,
  groups: [],
  ...(held && { scopes: scopes.filter((scope) => held.includes(scope)) }),
});
