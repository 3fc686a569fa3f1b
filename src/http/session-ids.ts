import { createHmac } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { Clock, Random } from '../values/clock.js';

/** What a session is, apart from what happens in it. */
export interface SessionFacts {
  /** Id of whoever opened it. */
  owner: string;
  /** The path on which it was opened, which says what is listed. */
  path: string;
  /** What the client said when it opened the session, as far as it matters here. */
  initializeParams?: unknown;
}

export interface SessionIds {
  /** What the client is given, and the id inside. */
  make(facts: SessionFacts): Promise<{ token: string; id: string }>;
  /** Undefined for what was not made here, is over, or belongs to somebody else or to another path. */
  read(
    token: string,
    owner: string,
    path: string,
  ): Promise<{ id: string; expires: number; initializeParams: unknown } | undefined>;
}

export interface SessionIdOptions {
  /** 32 bytes, the same on every replica. */
  key: Uint8Array;
  clock: Clock;
  random: Random;
}

const issuer = 'pgfleet session';
const lifetimeSeconds = 86_400;

/**
 * Ids that carry their session, encrypted: any process that has the key can go on with a session that another has
 * opened, and nobody can use the session of somebody else.
 */
export function sessionIds({ key, clock, random }: SessionIdOptions): SessionIds {
  // A key of its own: what is sealed here can never stand for a consent.
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
      const options = { issuer, currentDate: new Date(clock.now()), requiredClaims: ['jti', 'exp'] };
      const opened = await jwtDecrypt(token, secret, options).catch(() => undefined);
      const { jti, exp, initializeParams, ...facts } = opened?.payload ?? {};
      if (!opened || facts['owner'] !== owner || facts['path'] !== path) return undefined;
      return { id: String(jti), expires: Number(exp) * 1000, initializeParams };
    },
  };
}
