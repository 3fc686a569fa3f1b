import {
  type AuthMetadataOptions,
  bearerAuthChallengeResponse,
  getOAuthProtectedResourceMetadataUrl,
  verifyBearerToken,
} from '@modelcontextprotocol/server';
import type { Config } from '../config/config.js';
import type { Principal } from '../define/index.js';
import type { Gate } from '../http/app.js';
import { createAttempts } from '../http/auth/attempts.js';
import { authentication, principalOf } from '../http/auth/authenticate.js';
import { oneTimeCodes } from '../http/auth/one-time-code.js';
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
  /** The address of the MCP endpoint, which access tokens have to be issued for. */
  resource: URL;
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
  metadata?: () => Promise<AuthMetadataOptions>;
  resourceMetadataUrl?: string;
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

function guarded(options: AuthenticatorOptions): Authenticator {
  const { config, resource, clock, log, fetch } = options;
  const { issuer, audience = resource.href, tokensFile, groupsClaim, personClaim, clientId, clientSecret } = config;
  const verifier = authentication({
    issuer,
    audience,
    tokensFile,
    groupsClaim,
    personClaim,
    publicUrl: resource,
    now: clock.now,
    fetch,
    log,
  });
  if (issuer !== undefined && tokensFile !== undefined && config.policy !== undefined)
    log('There are an issuer and static tokens: rules of the policy name a static token as token:NAME.');
  const { verifyAccessToken, ready, metadata, discover } = verifier;
  const resourceMetadataUrl = issuer === undefined ? undefined : getOAuthProtectedResourceMetadataUrl(resource);
  const requiredScopes = ['pgfleet:read'];
  const attempts = createAttempts(options);
  return {
    async gate({ headers }, address) {
      const authorization = headers.get('authorization');
      try {
        const wanted = { verifier, requiredScopes, expectedResource: resource };
        return principalOf(await verifyBearerToken(authorization, wanted));
      } catch (error) {
        if (authorization !== null && isWrongToken(error)) await attempts.wrongToken(address);
        const refusal = bearerAuthChallengeResponse(error, { requiredScopes, resourceMetadataUrl });
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
    metadata,
    resourceMetadataUrl,
  };
}

/** The token may still be valid, so the answer is not that it is wrong. */
const cannotTell = (): Response =>
  refuse(503, -32000, 'The issuer of tokens cannot be asked just now.', { 'retry-after': '10' });
