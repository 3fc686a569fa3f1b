import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { Store } from '../../store/store.js';
import { type Values } from '../../values/values.js';
import type { ResolvedName } from '../effect/resolved-name.js';
import { RefusedError } from '../errors.js';
import { failClosed } from './fail-closed.js';

/** What a person who approves consents to. */
export interface Consent {
  tool: string;
  /** The name of the account that the call goes to. */
  account: string;
  /** The arguments as they were given. The token is encrypted because they may hold a password. */
  arguments: Values;
  /** What the names turned out to mean that the caller gave in place of ids. */
  named?: readonly ResolvedName[];
  /** The hash of the plan that was shown. */
  plan: string;
  /** Who asked. */
  caller: string;
  /**
   * How the approval has to come. The state of a form is not accepted as a token, because a token needs no typed name.
   */
  channel: 'form' | 'token' | 'person';
}

export interface OpenedConsent extends Consent {
  id: string;
  /** Epoch milliseconds. */
  expires: number;
}

export interface Consents {
  seal(consent: Consent, lifetimeSeconds?: number): Promise<{ token: string; expires: number }>;
  /** Throws a `RefusedError` for a token that is forged, expired, used, or made for another caller or channel. */
  open(token: string, caller: string, channel: Consent['channel']): Promise<OpenedConsent>;
  /** Throws a `RefusedError` when it was used before. */
  burn(consent: OpenedConsent): Promise<void>;
}

export interface ConsentOptions {
  /** Has 32 bytes and is the same on every replica. */
  key: Uint8Array;
  store: Store;
  /** Epoch milliseconds. */
  now: () => number;
  newId: () => string;
}

const issuer = 'pgfleet';
const usualSeconds = 600;
/** The collection of used consents. They are kept until they would have expired, even by the slowest clock. */
const used = 'used-consent';
const slowestClockMilliseconds = 600_000;

/** Consents travel through the client as encrypted tokens (JWE, A256GCM). Only the used ones are stored here. */
export function consents({ key, store: given, now, newId }: ConsentOptions): Consents {
  const store = failClosed(given);
  // Where only the memory of this process knows what was used, a consent counts in this process only.
  const home = given.isShared ? undefined : newId();
  return {
    async seal(consent, lifetimeSeconds = usualSeconds) {
      const expires = Math.floor(now() / 1000) + lifetimeSeconds;
      const token = await new EncryptJWT({ ...consent, home })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(issuer)
        .setJti(newId())
        .setExpirationTime(expires)
        .encrypt(key);
      if (token.length > longestConsent) throw tooMuch();
      return { token, expires: expires * 1000 };
    },
    async open(token, caller, channel) {
      const {
        tool,
        account,
        arguments: args,
        named,
        plan,
        caller: owner,
        channel: sealedFor,
        home: madeIn,
        jti,
        exp,
      } = await decrypt(token, key, now());
      if (madeIn !== home) throw fromElsewhere();
      if (owner !== caller) throw refusal('The confirmation was made for another caller.');
      if (sealedFor !== channel) throw refusal('The confirmation has to come in the way in which it was asked for.');
      if ((await store.get(used, String(jti))) !== undefined) throw usedAlready();
      return {
        tool: String(tool),
        account: String(account),
        arguments: args as Values,
        ...(named !== undefined && { named: named as readonly ResolvedName[] }),
        plan: String(plan),
        caller,
        channel,
        id: String(jti),
        expires: Number(exp) * 1000,
      };
    },
    async burn({ id, expires }) {
      const kept = expires + slowestClockMilliseconds;
      if (!(await store.compareAndSet(used, id, { next: 'used', expires: kept }))) throw usedAlready();
    },
  };
}

/** The most characters of a consent. What is longer was not made here, and is not looked at. */
export const longestConsent = 100_000;

async function decrypt(token: string, key: Uint8Array, now: number) {
  if (token.length > longestConsent) throw refusal('The confirmation is too long to be one that was made here.');
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

const tooMuch = (): RefusedError =>
  new RefusedError('denied', 'The arguments are too long for a confirmation. Nothing was sent. Send less at once.');

/** It may have been used where it was made, so the caller is told to look before they ask again. */
const fromElsewhere = (): RefusedError =>
  new RefusedError(
    'invalid consent',
    'This confirmation was made by another process, or before this one was started again. Without a shared store ' +
      '(PGFLEET_STORE) that both have, it is not known here whether it was used. Nothing was sent this time. Its ' +
      'target or the audit record shows whether the call was made: check there, then call the tool again to be asked.',
  );

/** A caller who lost the answer must not be told to ask for the same change again. */
const usedAlready = (): RefusedError =>
  new RefusedError(
    'invalid consent',
    'This confirmation has been used already; each works once. Nothing was sent this time. Its target or the audit ' +
      'record shows whether the call was made that used it: check there before you ask again.',
  );
