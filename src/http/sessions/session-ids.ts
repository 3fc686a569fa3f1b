import { createHmac } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { Clock, Random } from '../../values/clock.js';

/** What a session is, apart from what happens in it. */
export interface SessionFacts {
  /** The id of the principal who opened it. */
  owner: string;
  /** The path on which it was opened, which decides what is listed. */
  path: string;
  /** The part of what the client sent to open the session that matters here. */
  initializeParams?: unknown;
}

export interface SessionIds {
  /** Returns the token for the client, and the id that it holds. */
  make(facts: SessionFacts): Promise<{ token: string; id: string }>;
  /** Undefined for a token that was not made here, has expired, or belongs to another principal or path. */
  read(
    token: string,
    owner: string,
    path: string,
  ): Promise<{ id: string; expires: number; initializeParams: unknown } | undefined>;
}

export interface SessionIdOptions {
  /** Has 32 bytes and is the same on every replica. */
  key: Uint8Array;
  clock: Clock;
  random: Random;
}

const issuer = 'pgfleet session';
const lifetimeSeconds = 86_400;
/** No id that is made here is as long. */
const longestToken = 8_192;

/**
 * Ids hold their session in encrypted form. Any process with the key can continue a session that another process has
 * opened, and nobody can use the session of another principal.
 */
export function sessionIds({ key, clock, random }: SessionIdOptions): SessionIds {
  // Sealing has its own key, so that a session id can never be used as a consent.
  const secret = createHmac('sha256', key).update(issuer).digest();
  return {
    async make(facts) {
      const id = random.id();
      const token = await new EncryptJWT({ ...facts })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(issuer)
        .setJti(id)
        .setExpirationTime(Math.floor(clock.now() / 1000) + lifetimeSeconds)
        .encrypt(secret);
      return { token, id };
    },
    async read(token, owner, path) {
      if (token.length > longestToken) return undefined;
      const options = { issuer, currentDate: new Date(clock.now()), requiredClaims: ['jti', 'exp'] };
      const opened = await jwtDecrypt(token, secret, options).catch(() => undefined);
      const { jti, exp, initializeParams, ...facts } = opened?.payload ?? {};
      if (!opened || facts['owner'] !== owner || facts['path'] !== path) return undefined;
      return { id: String(jti), expires: Number(exp) * 1000, initializeParams };
    },
  };
}
