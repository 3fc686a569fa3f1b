import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Principal } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { type ClaimNames, principalFrom } from './claims.js';
import { type Discover, discovery, type Fetch } from './discovery.js';
import { clockToleranceSeconds, issuerAt } from './issuer.js';
import type { Accepts } from './protected-resources.js';
import { invalidToken } from './refusals.js';
import { readTokens } from './tokens.js';

export interface AuthenticationOptions extends ClaimNames {
  /** The issuer's identifier, exactly as it is in its tokens. */
  issuer?: string;
  /** The path of a file of static tokens. */
  tokensFile?: string;
  /** Epoch milliseconds. */
  now: () => number;
  fetch?: Fetch;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

/** Finds out who calls. */
export interface Authentication {
  /**
   * Throws an `OAuthError`: `invalid_token` for a token that is not valid, and `server_error` while the issuer cannot
   * be asked. `principalOf` finds the caller in the result. A token of the issuer has to be for an audience that is
   * accepted.
   */
  verifyAccessToken: (token: string, accepts: Accepts) => Promise<AuthInfo>;
  /** Resolves once callers can be recognised. Throws an `OAuthError` while the issuer cannot be asked. */
  ready: () => Promise<void>;
  /** For `signIn` and the metadata of resources. Absent without an issuer. */
  discover?: Discover;
}

/** No header that gets here is longer. */
const longestToken = 16_384;

/** Checks the settings at once and throws a `ConfigError`. The issuer is asked when it is first needed. */
export function authentication(options: AuthenticationOptions): Authentication {
  const { tokensFile, now, log } = options;
  const signedIn = options.issuer === undefined ? undefined : withIssuer(options, options.issuer);
  const tokens = tokensFile === undefined ? undefined : readTokens({ path: tokensFile, now, log });

  async function verifyAccessToken(token: string, accepts: Accepts): Promise<AuthInfo> {
    if (token.length > longestToken) throw invalidToken('The access token is too long.');
    if (signedIn && looksLikeJwt(token)) return signedIn.verify(token, accepts);
    const found = tokens?.find(token);
    if (!found) throw invalidToken('The access token is not known here.');
    const { principal, expiresAt } = found;
    // Beside an issuer, a name alone is that of its subject, so that no subject has the rights of a static token.
    const told = signedIn ? { ...principal, subject: principal.id } : principal;
    return authInfo(told, { clientId: principal.name, expiresAt });
  }

  return {
    verifyAccessToken,
    ready: async () => signedIn?.ready(),
    ...(signedIn && { discover: signedIn.discover }),
  };
}

/** The principal that the bearer gate accepted. */
export function principalOf(info: AuthInfo | undefined): Principal {
  const { principal } = info?.extra ?? {};
  if (!principal) throw new Error('A request came through without anybody having asked who sends it.');
  return principal as Principal;
}

const looksLikeJwt = (token: string): boolean => token.split('.').length === 3;

function withIssuer(options: AuthenticationOptions, issuer: string) {
  const { now, fetch = globalThis.fetch, log } = options;
  const discover = discovery({ issuer, fetch, now, log });
  const { verify, ready } = issuerAt({ issuer, discover, fetch, now, log });
  return {
    ready,
    discover,
    async verify(token: string, accepts: Accepts): Promise<AuthInfo> {
      const claims = await verify(token, accepts);
      const { client_id, azp, exp } = claims;
      const client = [client_id, azp].find((each) => typeof each === 'string');
      return authInfo(principalFrom(claims, issuer, options), {
        clientId: sanitizeText(typeof client === 'string' ? client : ''),
        // The gate compares this time again, without any tolerance.
        expiresAt: exp + clockToleranceSeconds,
      });
    },
  };
}

interface TokenFacts {
  clientId: string;
  /** Epoch seconds. */
  expiresAt: number;
}

/** The token itself is left out: later code does not need it, and what is absent cannot be passed on. */
function authInfo(principal: Principal, { clientId, expiresAt }: TokenFacts): AuthInfo {
  const { scopes: held = [] } = principal;
  return { token: '', clientId, scopes: [...held], expiresAt, extra: { principal } };
}
