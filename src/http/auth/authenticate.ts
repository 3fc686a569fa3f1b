import type { AuthInfo, AuthMetadataOptions, OAuthTokenVerifier } from '@modelcontextprotocol/server';
import { type Principal, scopes } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { principalFrom } from './claims.js';
import { type Discover, discovery, type Fetch } from './discovery.js';
import { clockToleranceSeconds, issuerAt } from './issuer.js';
import { invalidToken } from './refusals.js';
import { readTokens } from './tokens.js';

export interface AuthenticationOptions {
  /** The issuer's identifier, exactly as it stands in its tokens. */
  issuer?: string;
  /** What the issuer calls this server in `aud`; usually its public URL. */
  audience: string;
  /** Path of a file of static tokens. */
  tokensFile?: string;
  /** The claim that lists a caller's groups. */
  groupsClaim?: string;
  /** Where clients reach the MCP endpoint. */
  publicUrl: URL;
  /** Epoch milliseconds. */
  now: () => number;
  fetch?: Fetch;
  /** A line for the operator. */
  log: (line: string) => void;
}

/** Who calls; fits the SDK's bearer gate, with `expectedResource: publicUrl`. */
export interface Authentication extends OAuthTokenVerifier {
  /**
   * Throws an `OAuthError`: `invalid_token` for whatever does not hold, `server_error` while the issuer cannot be
   * asked. `principalOf` finds the caller in the answer.
   */
  verifyAccessToken: (token: string) => Promise<AuthInfo>;
  /** Resolves once callers can be recognised; throws an `OAuthError` while the issuer cannot be asked. */
  ready: () => Promise<void>;
  /** For `oauthMetadataResponse`; absent without an issuer. */
  metadata?: () => Promise<AuthMetadataOptions>;
  /** For `signIn`; absent without an issuer. */
  discover?: Discover;
}

/** Longer than any header that reaches this far. */
const longestToken = 16_384;

/** Clients ask for all that is named here. Saying yes is for a person in a browser, so `approve` is not. */
const clientScopes = scopes.filter((scope) => scope !== 'pgfleet:approve');

/** Checks the settings at once, throwing a `ConfigError`, and asks the issuer when it is first needed. */
export function authentication(options: AuthenticationOptions): Authentication {
  const { tokensFile, publicUrl, now, log } = options;
  const signedIn = options.issuer === undefined ? undefined : withIssuer(options, options.issuer);
  const tokens = tokensFile === undefined ? undefined : readTokens({ path: tokensFile, now, log });

  async function verifyAccessToken(token: string): Promise<AuthInfo> {
    if (token.length > longestToken) throw invalidToken('The access token is too long.');
    if (signedIn && looksLikeJwt(token)) return signedIn.verify(token);
    const found = tokens?.find(token);
    if (!found) throw invalidToken('The access token is not known here.');
    return authInfo(found.principal, { clientId: found.principal.name, expiresAt: found.expiresAt, publicUrl });
  }

  return { verifyAccessToken, ready: async () => signedIn?.ready(), ...signedIn?.published };
}

/** Who the bearer gate let in. */
export function principalOf(info: AuthInfo | undefined): Principal {
  const { principal } = info?.extra ?? {};
  if (!principal) throw new Error('A request came through without anybody having asked who sends it.');
  return principal as Principal;
}

const looksLikeJwt = (token: string): boolean => token.split('.').length === 3;

function withIssuer(options: AuthenticationOptions, issuer: string) {
  const { audience, groupsClaim = 'groups', publicUrl, now, fetch = globalThis.fetch, log } = options;
  const discover = discovery({ issuer, fetch, now, log });
  const { verify, ready } = issuerAt({ issuer, audience, discover, fetch, now, log });
  return {
    ready,
    async verify(token: string): Promise<AuthInfo> {
      const claims = await verify(token);
      const { client_id, azp, exp } = claims;
      const client = [client_id, azp].find((each) => typeof each === 'string');
      return authInfo(principalFrom(claims, issuer, groupsClaim), {
        clientId: sanitizeText(typeof client === 'string' ? client : ''),
        // The gate compares this once more, and without a tolerance of its own.
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

interface Pass {
  clientId: string;
  /** Epoch seconds. */
  expiresAt: number;
  publicUrl: URL;
}

/** Without the token itself: nothing behind the gate needs it, and what is not there cannot be passed on. */
function authInfo(principal: Principal, { clientId, expiresAt, publicUrl }: Pass): AuthInfo {
  const { scopes: held = [] } = principal;
  return { token: '', clientId, scopes: [...held], expiresAt, resource: publicUrl, extra: { principal } };
}
