import { EncryptJWT, type JWTPayload, jwtDecrypt } from 'jose';
import type { Store } from '../../store/store.js';
import type { Random } from '../../values/clock.js';
import { type Values } from '../../values/values.js';
import type { Caller } from '../caller.js';
import type { ResolvedName } from '../effect/resolved-name.js';
import { RefusedError } from '../errors.js';
import { failClosed } from './fail-closed.js';
import { newShortId, readShortId } from './short-id.js';

/** What a person who approves consents to. */
export interface Consent {
  tool: string;
  /** The name of the account that the call goes to. */
  account: string;
  /** The arguments as they were given. The consent is encrypted because they may hold a password. */
  arguments: Values;
  /** What the names turned out to mean that the caller gave in place of ids. */
  named?: readonly ResolvedName[];
  /** The hash of the plan that was shown. */
  plan: string;
  /** Who asked, and in which session. An approval outside the conversation counts in any session. */
  caller: string;
  session?: string;
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
  open(token: string, owner: Owner, channel: Consent['channel']): Promise<OpenedConsent>;
  /** Throws a `RefusedError` when it was used before. */
  burn(consent: OpenedConsent): Promise<void>;
}

type Owner = Pick<Caller, 'id' | 'session'>;

export interface ConsentOptions {
  /** Has 32 bytes and is the same on every replica. */
  key: Uint8Array;
  store: Store;
  /** Epoch milliseconds. */
  now: () => number;
  random: Pick<Random, 'id' | 'integer'>;
}

const issuer = 'pgfleet';
/** How long a question can be answered. */
export const consentSeconds = 600;
/** The collection of used consents. They are kept until they would have expired, even by the slowest clock. */
const used = 'used-consent';
const slowestClockMilliseconds = 600_000;
/** The collection of consents that a token stands for, sealed. */
const waiting = 'consent';
/** Plans of one caller that wait for a token. More than anybody answers within their time would only fill the store. */
const mostWaiting = 500;
const mostWrong = 10;
const wrongMilliseconds = 60_000;

/**
 * Consents are encrypted (JWE, A256GCM). Those of forms travel through the client. A token is a short id, and what it
 * stands for is in the store. Used ones are marked there.
 */
export function consents({ key, store: given, now, random }: ConsentOptions): Consents {
  const store = failClosed(given);
  // Where only the memory of this process knows what was used, a consent counts in this process only.
  const home = given.isShared ? undefined : random.id();

  async function sealed(consent: Consent, id: string, expires: number): Promise<string> {
    const text = await new EncryptJWT({ ...consent, home })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuer(issuer)
      .setJti(id)
      .setExpirationTime(expires / 1000)
      .encrypt(key);
    if (text.length > longestConsent) throw tooMuch();
    return text;
  }

  async function keep(consent: Consent, expires: number): Promise<string> {
    const id = newShortId(random);
    const next = await sealed(consent, id, expires);
    if (!(await store.acquire(`waiting-consents/${consent.caller}`, id, mostWaiting, expires))) throw tooMany();
    // It is kept a little longer, so that the one who comes too late is told so.
    const isNew = await store.compareAndSet(waiting, id, { next, expires: expires + slowestClockMilliseconds });
    return isNew ? id : keep(consent, expires);
  }

  /** An id is counted before it is looked up, so that guesses at the same time count too; a right one is not. */
  async function find(token: string, owner: Owner): Promise<JWTPayload> {
    const [place, holder] = [`wrong-consent/${owner.id}`, random.id()];
    if (!(await store.acquire(place, holder, mostWrong, now() + wrongMilliseconds))) throw tooManyWrong();
    const id = readShortId(token);
    const text = id === undefined ? undefined : await store.get(waiting, id);
    if (text === undefined) throw unknown();
    const payload = await decrypt(text, key);
    // Whoever can write to the store could put one consent in the place of another.
    if (payload.jti !== id) throw unknown();
    if (payload['caller'] === owner.id && payload['session'] === owner.session)
      await store.release(place, holder).catch(() => undefined);
    return payload;
  }

  return {
    async seal(consent, lifetimeSeconds = consentSeconds) {
      const expires = (Math.floor(now() / 1000) + lifetimeSeconds) * 1000;
      const token =
        consent.channel === 'token' ? await keep(consent, expires) : await sealed(consent, random.id(), expires);
      return { token, expires };
    },
    async open(token, owner, channel) {
      const payload = channel === 'token' ? await find(token, owner) : await decrypt(token, key);
      const { tool, account, arguments: args, named, plan, caller, session, channel: sealedFor, jti, exp } = payload;
      if (payload['home'] !== home) throw fromElsewhere();
      if (caller !== owner.id) throw refusal('The confirmation was made for another caller.');
      if (session !== owner.session) throw refusal('The confirmation was made in another session.');
      if (sealedFor !== channel) throw refusal('The confirmation has to come in the way in which it was asked for.');
      const expires = Number(exp) * 1000;
      if (expires <= now()) throw refusal('The confirmation has expired.');
      if ((await store.get(used, String(jti))) !== undefined) throw usedAlready();
      return {
        tool: String(tool),
        account: String(account),
        arguments: args as Values,
        ...(named !== undefined && { named: named as readonly ResolvedName[] }),
        plan: String(plan),
        caller: owner.id,
        session: owner.session,
        channel,
        id: String(jti),
        expires,
      };
    },
    async burn({ id, expires }) {
      const kept = expires + slowestClockMilliseconds;
      if (!(await store.compareAndSet(used, id, { next: 'used', expires: kept }))) throw usedAlready();
    },
  };
}

/** The most characters of a consent. What is longer was not made here, and is not looked at. */
const longestConsent = 100_000;

/** The content, whether or not it has expired. */
async function decrypt(text: string, key: Uint8Array): Promise<JWTPayload> {
  if (text.length > longestConsent) throw refusal('The confirmation is too long to be one that was made here.');
  const options = { issuer, currentDate: new Date(0), requiredClaims: ['jti', 'exp', 'plan'] };
  const opened = await jwtDecrypt(text, key, options).catch(() => undefined);
  if (!opened) throw refusal('The confirmation is not one that was made here.');
  return opened.payload;
}

const refusal = (reason: string): RefusedError =>
  new RefusedError('invalid consent', `${reason} Nothing was sent. Call the tool again to be asked anew.`);

const tooMuch = (): RefusedError =>
  new RefusedError('denied', 'The arguments are too long for a confirmation. Nothing was sent. Send less at once.');

const tooMany = (): RefusedError =>
  new RefusedError(
    'denied',
    `${mostWaiting} plans of this caller wait for their confirmation already. Nothing was sent. ` +
      'Each of them expires after ten minutes; then call the tool again.',
  );

const tooManyWrong = (): RefusedError =>
  new RefusedError(
    'invalid consent',
    `${mostWrong} tokens of this caller were wrong within a minute, so none is looked up now. Nothing was sent. ` +
      'Wait a minute, then try again with the one of the plan.',
  );

/** It may have been used where it was made, so the caller is told to look before they ask again. */
const lookFirst =
  'Nothing was sent this time. Its target or the audit record shows whether the call was made: check there, then ' +
  'call the tool again to be asked.';

const unknown = (): RefusedError =>
  new RefusedError(
    'invalid consent',
    'There is no such confirmation here: it is mistyped, has expired long ago, or was made by another process that ' +
      `does not share a store (PGFLEET_STORE) with this one, or before this one was started again. ${lookFirst}`,
  );

const fromElsewhere = (): RefusedError =>
  new RefusedError(
    'invalid consent',
    'This confirmation was made by another process, or before this one was started again. Without a shared store ' +
      `(PGFLEET_STORE) that both have, it is not known here whether it was used. ${lookFirst}`,
  );

/** A caller who lost the answer must not be told to ask for the same change again. */
const usedAlready = (): RefusedError =>
  new RefusedError(
    'invalid consent',
    'This confirmation has been used already; each works once. Nothing was sent this time. Its target or the audit ' +
      'record shows whether the call was made that used it: check there before you ask again.',
  );
