import type { AuthInfo, AuthMetadataOptions, OAuthTokenVerifier } from '@modelcontextprotocol/server';
import { type Principal, scopes } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type ClaimNames, principalFrom } from './claims.js';
import { type Discover, discovery, type Fetch } from './discovery.js';
import { clockToleranceSeconds, issuerAt } from './issuer.js';
import { invalidToken } from './refusals.js';
import { readTokens } from './tokens.js';

export interface AuthenticationOptions extends ClaimNames {
  /** The issuer's identifier, exactly as it is in its tokens. */
  issuer?: string;
  /** The name that the issuer uses for this server in `aud`. Usually it is the public URL. */
  audience: string;
  /** The path of a file of static tokens. */
  tokensFile?: string;
  /** The address at which clients reach the MCP endpoint. */
  publicUrl: URL;
  /** Epoch milliseconds. */
  now: () => number;
  fetch?: Fetch;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

/** Finds out who calls. It fits the bearer gate of the SDK with `expectedResource: publicUrl`. */
export interface Authentication extends OAuthTokenVerifier {
  /**
   * Throws an `OAuthError`: `invalid_token` for a token that is not valid, and `server_error` while the issuer cannot
   * be asked. `principalOf` finds the caller in the result.
   */
  verifyAccessToken: (token: string) => Promise<AuthInfo>;
  /** Resolves once callers can be recognised. Throws an `OAuthError` while the issuer cannot be asked. */
  ready: () => Promise<void>;
  /** For `oauthMetadataResponse`. Absent without an issuer. */
  metadata?: () => Promise<AuthMetadataOptions>;
  /** For `signIn`. Absent without an issuer. */
  discover?: Discover;
}

/** No header that gets here is longer. */
const longestToken = 16_384;

/** Clients ask for all scopes that are listed here. Only a person in a browser may approve, so `approve` is not one. */
const clientScopes = scopes.filter((scope) => scope !== 'pgfleet:approve');

/** Checks the settings at once and throws a `ConfigError`. The issuer is asked when it is first needed. */
export function authentication(options: AuthenticationOptions): Authentication {
  const { tokensFile, publicUrl, now, log } = options;
  const signedIn = options.issuer === undefined ? undefined : withIssuer(options, options.issuer);
  const tokens = tokensFile === undefined ? undefined : readTokens({ path: tokensFile, now, log });

  async function verifyAccessToken(token: string): Promise<AuthInfo> {
    if (token.length > longestToken) throw invalidToken('The access token is too long.');
    if (signedIn && looksLikeJwt(token)) return signedIn.verify(token);
    const found = tokens?.find(token);
    if (!found) throw invalidToken('The access token is not known here.');
    const { principal, expiresAt } = found;
    // Beside an issuer, a name alone is that of its subject, so that no subject has the rights of a static token.
    const told = signedIn ? { ...principal, subject: principal.id } : principal;
    return authInfo(told, { clientId: principal.name, expiresAt, publicUrl });
  }

  return { verifyAccessToken, ready: async () => signedIn?.ready(), ...signedIn?.published };
}

/** The principal that the bearer gate accepted. */
export function principalOf(info: AuthInfo | undefined): Principal {
  const { principal } = info?.extra ?? {};
  if (!principal) throw new Error('A request came through without anybody having asked who sends it.');
  return principal as Principal;
}

const looksLikeJwt = (token: string): boolean => token.split('.').length === 3;

function withIssuer(options: AuthenticationOptions, issuer: string) {
  const { audience, publicUrl, now, fetch = globalThis.fetch, log } = options;
  const discover = discovery({ issuer, fetch, now, log });
  const { verify, ready } = issuerAt({ issuer, audience, discover, fetch, now, log });
  return {
    ready,
    async verify(token: string): Promise<AuthInfo> {
      const claims = await verify(token);
      const { client_id, azp, exp } = claims;
      const client = [client_id, azp].find((each) => typeof each === 'string');
      return authInfo(principalFrom(claims, issuer, options), {
        clientId: sanitizeText(typeof client === 'string' ? client : ''),
        // The gate compares this time again, without any tolerance.
        expiresAt: exp + clockToleranceSeconds,
        publicUrl,
      });
    },
    published: {
      discover,
      metadata: async (): Promise<AuthMetadataOptions> => ({
        oauthMetadata: await discover(),
        resourceServerUrl: publicUrl,
        resourceName: 'pgfleet',
        scopesSupported: clientScopes,
      }),
    },
  };
}

interface TokenFacts {
  clientId: string;
  /** Epoch seconds. */
  expiresAt: number;
  publicUrl: URL;
}

/** The token itself is left out: later code does not need it, and what is absent cannot be passed on. */
function authInfo(principal: Principal, { clientId, expiresAt, publicUrl }: TokenFacts): AuthInfo {
  const { scopes: held = [] } = principal;
  return { token: '', clientId, scopes: [...held], expiresAt, resource: publicUrl, extra: { principal } };
}
