import type { AuthInfo } from '@modelcontextprotocol/server';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  None,
  ResponseBodyError,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  type ServerMetadata,
  type TokenEndpointResponse,
} from 'openid-client';
import type { Principal } from '../../define/index.js';
import { sanitizeText } from '../../values/sanitize-text.js';
import { principalOf } from './authenticate.js';
import type { Discover, Fetch, IssuerMetadata } from './discovery.js';
import { isInvalidToken } from './refusals.js';

/** What has to come back to `finish`. The page keeps it where only this browser has it. */
export interface KeptSignIn {
  state: string;
  verifier: string;
}

/** What the issuer gave for a person, to look again later. */
export interface IssuedTokens {
  access: string;
  /** Absent where the issuer gives none. */
  refresh?: string;
}

export interface SignedIn {
  principal: Principal;
  tokens: IssuedTokens;
}

/** Signs in a person in a browser, at the same issuer that callers get their tokens from. */
export interface SignIn {
  /** Returns the address for the browser to go to. Throws a `SignInError`. */
  begin: (redirectUri: string) => Promise<{ url: string; keep: KeptSignIn }>;
  /** `currentUrl` is the redirect URI as the browser sees it, with what the issuer added. Throws a `SignInError`. */
  finish: (currentUrl: URL, keep: KeptSignIn) => Promise<SignedIn>;
  /**
   * Checks a sign-in again. Undefined when it is over. The issuer is asked for new tokens when the access token has
   * expired, and before a decision in any case, if it gives such tokens. Throws a `SignInError`.
   */
  again: (tokens: IssuedTokens, isDecision: boolean) => Promise<SignedIn | undefined>;
}

/**
 * Thrown when a person could not be signed in. The message is for them. It has no cause, because that would hold codes.
 */
export class SignInError extends Error {
  override readonly name = 'SignInError';

  constructor(
    readonly code: 'refused' | 'not started here' | 'over' | 'unavailable',
    message: string,
  ) {
    super(message);
  }
}

export interface SignInOptions {
  discover: Discover;
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string;
  /** The name that the issuer uses for this server in `aud`. */
  audience: string;
  verifyAccessToken: (token: string) => Promise<AuthInfo>;
  fetch?: Fetch;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

const scope = 'openid pgfleet:approve pgfleet:read';
const timeoutSeconds = 10;

/**
 * Authorization code with PKCE. The person is read from the access token in the same way as a caller, so that a person
 * who asks over MCP and approves in a browser has one id.
 */
export function signIn(options: SignInOptions): SignIn {
  const { discover, audience, verifyAccessToken, log } = options;
  // The parameter has to be a URI. An issuer with another kind of audience knows the client's audience itself.
  const resource = URL.canParse(audience) ? { resource: audience } : undefined;

  function failure(error: unknown): SignInError {
    const failed = failureOf(error);
    if (failed.code !== 'not started here') log(`A person could not be signed in: ${reasonOf(error)}`);
    return failed;
  }

  return {
    async begin(redirectUri) {
      const keep = { state: randomState(), verifier: randomPKCECodeVerifier() };
      try {
        const url = buildAuthorizationUrl(configuration(await discover(), options), {
          redirect_uri: redirectUri,
          scope,
          state: keep.state,
          code_challenge: await calculatePKCECodeChallenge(keep.verifier),
          code_challenge_method: 'S256',
          ...resource,
        });
        return { url: url.href, keep };
      } catch (error) {
        throw failure(error);
      }
    },
    async finish(currentUrl, { state, verifier }) {
      try {
        if (currentUrl.searchParams.get('state') !== state) throw notStartedHere();
        const checks = { expectedState: state, pkceCodeVerifier: verifier };
        const client = configuration(await discover(), options);
        return await signedIn(await authorizationCodeGrant(client, currentUrl, checks, resource));
      } catch (error) {
        throw failure(error);
      }
    },
    async again(tokens, isDecision) {
      const { access, refresh } = tokens;
      try {
        if (refresh === undefined || !isDecision)
          return { principal: principalOf(await verifyAccessToken(access)), tokens };
      } catch (error) {
        if (!isInvalidToken(error)) throw failure(error);
      }
      return refresh === undefined ? undefined : renewed(refresh);
    },
  };

  async function signedIn({ access_token: access, refresh_token: refresh }: Granted): Promise<SignedIn> {
    return { principal: principalOf(await verifyAccessToken(access)), tokens: { access, refresh } };
  }

  async function renewed(refresh: string): Promise<SignedIn | undefined> {
    try {
      const client = configuration(await discover(), options);
      return await signedIn({ refresh_token: refresh, ...(await refreshTokenGrant(client, refresh, resource)) });
    } catch (error) {
      if (failureOf(error).code === 'unavailable') throw failure(error);
      return undefined;
    }
  }
}

type Granted = Pick<TokenEndpointResponse, 'access_token' | 'refresh_token'>;

function configuration(issuer: IssuerMetadata, { clientId, clientSecret, fetch }: SignInOptions): Configuration {
  const client = new Configuration(issuer as ServerMetadata, clientId, {}, clientAuth(issuer, clientSecret));
  client.timeout = timeoutSeconds;
  if (fetch) client[customFetch] = fetch;
  // Discovery allows plain http on loopback only.
  if (issuer.token_endpoint.startsWith('http:')) allowInsecureRequests(client);
  return client;
}

/** Basic authentication is what an issuer supports when it does not say otherwise. */
function clientAuth({ token_endpoint_auth_methods_supported: methods }: IssuerMetadata, secret?: string): ClientAuth {
  if (secret === undefined) return None();
  return !methods || methods.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}

const notStartedHere = () =>
  new SignInError(
    'not started here',
    'This sign-in was not started in this browser, or was over already. Begin again.',
  );

const notLetIn = 'The sign-in service did not let you in. Ask its administrator for access.';
/** The service gives the same error when a person cancels and when it denies. */
const cancelled =
  'The sign-in was cancelled there, or the sign-in service did not let you in. ' +
  'Begin again, or ask its administrator for access.';

function failureOf(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  if (error instanceof AuthorizationResponseError)
    return new SignInError('refused', error.error === 'access_denied' ? cancelled : notLetIn);
  if (error instanceof ResponseBodyError && error.error === 'invalid_grant')
    return new SignInError('over', 'This sign-in took too long, or was used already. Begin again.');
  if (isInvalidToken(error))
    return new SignInError('refused', 'You are signed in there, but not for this server. Ask its administrator.');
  return new SignInError('unavailable', 'The sign-in service cannot be used at the moment. Try again soon.');
}

/**
 * Says for the operator which error it was, without what the issuer or the browser sent, because that holds codes and
 * tokens.
 */
function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return sanitizeText(error.error);
  return error instanceof Error ? sanitizeText(error.message, 300) : 'for a reason unknown';
}
