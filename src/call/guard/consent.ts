import { randomUUID } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { Values } from '../../providers/provider.js';
import { RefusedError } from '../errors.js';

/** What somebody who says yes says yes to. */
export interface Consent {
  tool: string;
  /** The arguments as they were given; the token is encrypted because they may hold a password. */
  arguments: Values;
  /** Hash of the plan that was shown. */
  plan: string;
  /** Who asked. */
  caller: string;
  /** The way in which the yes has to come: the state of a form is no token, since a token needs no name typed. */
  channel: 'form' | 'token';
}

export interface OpenedConsent extends Consent {
  id: string;
  /** Epoch milliseconds. */
  expires: number;
}

/** Remembers consents that were used. Shared, where there is more than one replica. */
export interface UsedConsents {
  has(id: string): Promise<boolean>;
  /** True for the first one to ask, false ever after. */
  use(id: string, expires: number): Promise<boolean>;
}

export interface Consents {
  seal(consent: Consent): Promise<{ token: string; expires: number }>;
  /** Throws a `RefusedError` for what is forged, expired, used, or made for another caller or channel. */
  open(token: string, caller: string, channel: Consent['channel']): Promise<OpenedConsent>;
  /** Throws a `RefusedError` when it was used before. */
  burn(consent: OpenedConsent): Promise<void>;
}

export interface ConsentOptions {
  /** 32 bytes, the same on every replica. */
  key: Uint8Array;
  lifetimeSeconds?: number;
  used: UsedConsents;
  /** Epoch milliseconds. */
  now: () => number;
}

const issuer = 'pgfleet';

/** Consents travel through the client as encrypted tokens (JWE, A256GCM): nothing is kept here but which were used. */
export function consents({ key, lifetimeSeconds = 600, used, now }: ConsentOptions): Consents {
  return {
    async seal(consent) {
      const expires = Math.floor(now() / 1000) + lifetimeSeconds;
      const token = await new EncryptJWT({ ...consent })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(issuer)
        .setJti(randomUUID())
        .setExpirationTime(expires)
        .encrypt(key);
      return { token, expires: expires * 1000 };
    },
    async open(token, caller, channel) {
      const { tool, arguments: args, plan, caller: owner, channel: way, jti, exp } = await decrypt(token, key, now());
      if (owner !== caller) throw refusal('The confirmation was made for another caller.');
      if (way !== channel) throw refusal('The confirmation has to come in the way in which it was asked for.');
      if (await used.has(String(jti))) throw usedAlready();
      return {
        tool: String(tool),
        arguments: args as Values,
        plan: String(plan),
        caller,
        channel,
        id: String(jti),
        expires: Number(exp) * 1000,
      };
    },
    async burn({ id, expires }) {
      if (!(await used.use(id, expires))) throw usedAlready();
    },
  };
}

async function decrypt(token: string, key: Uint8Array, now: number) {
  try {
    const options = { issuer, currentDate: new Date(now), requiredClaims: ['jti', 'exp', 'plan'] };
    return (await jwtDecrypt(token, key, options)).payload;
  } catch (error) {
    const expired = error instanceof errors.JWTExpired;
    throw refusal(expired ? 'The confirmation has expired.' : 'The confirmation is not one that was made here.');
  }
}

const refusal = (reason: string): RefusedError =>
  new RefusedError('invalid consent', `${reason} Nothing was sent. Call the tool again to be asked anew.`);

const usedAlready = (): RefusedError => refusal('This confirmation has been used already; each works once.');

/** In the memory of this process. */
export function usedInMemory(now: () => number): UsedConsents {
  const used = new Map<string, number>();
  return {
    has: async (id) => used.has(id),
    async use(id, expires) {
      for (const [old, until] of used) if (until < now()) used.delete(old);
      if (used.has(id)) return false;
      used.set(id, expires);
      return true;
    },
  };
}
