import {
  bearerAuthChallengeResponse,
  OAuthError,
  OAuthErrorCode,
  verifyBearerToken,
} from '@modelcontextprotocol/server';
import type { Config } from '../config/config.js';
import { mayUse, type Principal, type Scope } from '../define/index.js';
import type { Gate, HttpAppOptions } from '../http/app.js';
import { createAttempts } from '../http/auth/attempts.js';
import { authentication, principalOf } from '../http/auth/authenticate.js';
import { oneTimeCodes } from '../http/auth/one-time-code.js';
import { offered, type ProtectedResource, protectedResources, servedPath } from '../http/auth/protected-resources.js';
import { isInvalidToken, isWrongToken } from '../http/auth/refusals.js';
import { signIn as signInAt } from '../http/auth/signin.js';
import type { SignInWays } from '../http/page/options.js';
import { refuse } from '../http/streams.js';
import type { Log } from '../observe/logger.js';
import type { Store } from '../store/store.js';
import type { Clock, Random } from '../values/clock.js';

export interface AuthenticatorOptions {
  config: Config;
  /** Whether callers have to sign in. */
  isSignInNeeded: boolean;
  publicUrl: URL;
  /** Whether an address of the protocol is served at a path. */
  isServed: (path: string) => boolean;
  store: Store;
  clock: Clock;
  random: Random;
  log: Log;
  /** Tells the person at this machine the code that signs them in on the approval page. */
  showCode: (code: string) => void;
  /** Asks the issuer. */
  fetch: typeof globalThis.fetch;
}

/** Finds out who sends a request. */
export interface Authenticator {
  gate: Gate;
  /** The ways in which people sign in on the approval page. */
  signIn: SignInWays;
  /** Rejects while callers cannot be recognised. */
  ready: () => Promise<void>;
  metadata?: HttpAppOptions['metadata'];
}

/** Accepts every caller on this machine, or only callers with a token. */
export async function authenticator(options: AuthenticatorOptions): Promise<Authenticator> {
  return options.isSignInNeeded ? guarded(options) : open(options);
}

const local: Principal = { id: 'local', name: 'local', groups: [] };

const open = async ({ store, clock, random, showCode }: AuthenticatorOptions): Promise<Authenticator> => ({
  gate: async () => local,
  signIn: { code: (await oneTimeCodes({ store, clock, random, show: showCode })).use },
  ready: async () => undefined,
});

/** What most callers need. Clients ask for the scopes of their first challenge, and many never ask for more. */
const usualChallenge: readonly Scope[] = ['pgfleet:read', 'pgfleet:write'];

function guarded(options: AuthenticatorOptions): Authenticator {
  const { config, publicUrl, isServed, clock, log, fetch } = options;
  const { issuer, tokensFile, groupsClaim, personClaim, clientId, clientSecret, readOnly = false } = config;
  const { audience: audiences = [], challengeScopes = usualChallenge } = config;
  const verifier = authentication({ issuer, tokensFile, groupsClaim, personClaim, now: clock.now, fetch, log });
  if (issuer !== undefined && tokensFile !== undefined && config.policy !== undefined)
    log('There are an issuer and static tokens: rules of the policy name a static token as token:NAME.');
  const { ready, discover } = verifier;
  const resources = protectedResources({ publicUrl, audiences, readOnly, isServed });
  const attempts = createAttempts(options);

  const verifierAt = ({ accepts }: ProtectedResource) => ({
    verifyAccessToken: (token: string) => verifier.verifyAccessToken(token, accepts),
  });
  const challenge = (error: unknown, { metadataUrl }: ProtectedResource, requiredScopes: string[]): Response =>
    bearerAuthChallengeResponse(error, { requiredScopes, resourceMetadataUrl: discover && metadataUrl() });

  // The page stands for the whole server, as `/mcp` does.
  const ofPage = resources.at('/mcp');
  const { verifyAccessToken } = verifierAt(ofPage);
  const audience = audiences[0] ?? ofPage.url().href;
  return {
    async gate(request, address) {
      const resource = resources.at(servedPath(request));
      const authorization = request.headers.get('authorization');
      try {
        const principal = principalOf(await verifyBearerToken(authorization, { verifier: verifierAt(resource) }));
        const { scopes = [] } = principal;
        return mayUse(principal, 'pgfleet:read')
          ? principal
          : challenge(mayNotRead(), resource, ['pgfleet:read', ...scopes]);
      } catch (error) {
        if (authorization !== null && isWrongToken(error)) await attempts.wrongToken(address);
        const refusal = challenge(error, resource, [...offered(resource.readOnly, challengeScopes)]);
        return refusal.status === 500 ? cannotTell() : refusal;
      }
    },
    signIn: {
      // A person pastes a static token. The issuer's tokens come with its own sign-in.
      token: async (token) =>
        verifyAccessToken(token).then(principalOf, (error: unknown) => {
          if (isInvalidToken(error)) return undefined;
          throw error;
        }),
      ...(discover &&
        clientId !== undefined && {
          issuer: signInAt({ discover, clientId, clientSecret, audience, verifyAccessToken, fetch, log }),
        }),
    },
    ready,
    metadata: discover && {
      urlAt: (path) => resources.at(path).metadataUrl(),
      respond: (request) => discover().then((found) => resources.metadata(request, found), cannotTell),
    },
  };
}

const mayNotRead = () =>
  new OAuthError(OAuthErrorCode.InsufficientScope, 'Nobody gets in without the scope pgfleet:read.');

/** The token may still be valid, so the answer is not that it is wrong. */
const cannotTell = (): Response =>
  refuse(503, -32000, 'The issuer of tokens cannot be asked just now.', { 'retry-after': '10' });
