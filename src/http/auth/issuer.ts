import { OAuthError } from '@modelcontextprotocol/server';
import {
  type CryptoKey,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  type RemoteJWKSet,
} from 'jose';
import { type Discover, type Fetch, reasonOf } from './discovery.js';
import type { Accepts } from './protected-resources.js';
import { EndedTokenError, invalidToken, issuerUnavailable } from './refusals.js';

export interface IssuerOptions {
  issuer: string;
  discover: Discover;
  fetch: Fetch;
  now: () => number;
  log: (line: string) => void;
}

/** The claims of a valid access token. */
export interface Claims extends JWTPayload {
  sub: string;
  exp: number;
}

export interface Issuer {
  /** Throws an `OAuthError`, also for a token without an audience that is accepted. */
  verify: (token: string, accepts: Accepts) => Promise<Claims>;
  /** Resolves once tokens can be verified. */
  ready: () => Promise<void>;
}

/** Only algorithms with which the issuer alone can sign. With HS*, the published key would be enough to sign. */
const algorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** How far the clocks of issuer and server may be apart. */
export const clockToleranceSeconds = 5;

/** How often the operator is told about the same problem with the keys. */
const silenceMs = 30_000;

/** Verifies access tokens (RFC 9068, or plain JWT) against the keys that the issuer publishes. */
export function issuerAt({ issuer, discover, fetch, now, log }: IssuerOptions): Issuer {
  let keys: RemoteJWKSet | undefined;
  let quietUntil = 0;

  async function keySet(): Promise<RemoteJWKSet> {
    const { jwks_uri } = await discover();
    // The key set fetches by itself again: after ten minutes, and when a token names a key that it does not have.
    keys ??= createRemoteJWKSet(new URL(jwks_uri), { [customFetch]: fetch });
    return keys;
  }

  function trouble(error: unknown): OAuthError {
    if (now() < quietUntil) return issuerUnavailable();
    quietUntil = now() + silenceMs;
    log(`The keys of the issuer ${issuer} cannot be used: ${reasonOf(error)}`);
    return issuerUnavailable();
  }

  async function verify(token: string, accepts: Accepts): Promise<Claims> {
    const published = await keySet();
    const keyOf: JWTVerifyGetKey<CryptoKey> = (header, jws) =>
      published(header, jws).catch((error: unknown) => {
        throw isAboutToken(error) ? error : trouble(error);
      });
    const checks = {
      issuer,
      algorithms,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now()),
    };
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keyOf, checks);
      if (![payload.aud ?? []].flat().some(accepts)) throw invalidToken(forAnotherServer);
      return accessClaims(payload, protectedHeader.typ);
    } catch (error) {
      if (error instanceof OAuthError) throw error;
      throw error instanceof errors.JOSEError ? refusalOf(error) : trouble(error);
    }
  }

  return {
    verify,
    async ready() {
      const published = await keySet();
      if (published.jwks()) return;
      await published.reload().catch((error: unknown) => {
        throw trouble(error);
      });
    },
  };
}

/** Whether the token is the reason why no key was found. */
const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

const missing: Readonly<Record<string, string>> = {
  exp: 'The access token does not say when it ends (exp).',
  sub: 'The access token does not say whose it is (sub).',
};
const wrong: Readonly<Record<string, string>> = {
  iss: 'The access token comes from another issuer (iss).',
  nbf: 'The access token does not hold yet (nbf).',
};

const forAnotherServer =
  'The access token is for another server, or for less of this one (aud). ' +
  'Ask for one with this address as its resource.';

function refusalOf(error: errors.JOSEError): OAuthError {
  if (error instanceof errors.JWTExpired) return new EndedTokenError();
  if (error instanceof errors.JWTClaimValidationFailed) {
    const said = error.reason === 'missing' ? missing[error.claim] : undefined;
    return invalidToken(said ?? wrong[error.claim] ?? 'A claim of the access token is malformed.');
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return invalidToken('The access token is signed in a way that is not accepted here.');
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
    return invalidToken('The access token is malformed.');
  return invalidToken('The access token is not signed with a key of the issuer.');
}

const accessTypes: ReadonlySet<string | undefined> = new Set([
  'at+jwt',
  'application/at+jwt',
  'jwt', // most issuers write only this into every token
  undefined,
]);

/** Returns the claims if they belong to a bearer token for access. Issuers sign other things with the same keys. */
function accessClaims(payload: JWTPayload, typ: string | undefined): Claims {
  const { sub, exp } = payload;
  if (typeof sub !== 'string' || !/^[^\p{Cc}]{1,255}$/u.test(sub) || exp === undefined)
    throw invalidToken('The access token does not say in a usable way whose it is (sub).');
  if (!accessTypes.has(typ?.toLowerCase()) || isForSigningIn(payload, typ))
    throw invalidToken('This is a token of another kind; an access token is needed.');
  // A stolen token of this kind could be used here, because the proof of holding the key is not checked.
  if (payload['cnf'] !== undefined) throw invalidToken('Access tokens that are bound to a key are not accepted here.');
  return { ...payload, sub, exp };
}

/** The values of a claim by which some issuers mark tokens that are not for access. */
const otherKinds: readonly unknown[] = ['ID', 'Refresh', 'Offline', 'Logout'];

/** ID tokens carry a nonce or hashes. Some issuers also put a nonce into access tokens, but mark those tokens. */
function isForSigningIn(payload: JWTPayload, typ: string | undefined): boolean {
  if (otherKinds.includes(payload['typ'])) return true;
  if (typ?.toLowerCase().endsWith('at+jwt') || payload['typ'] === 'Bearer') return false;
  return ['nonce', 'at_hash', 'c_hash'].some((claim) => payload[claim] !== undefined);
}
