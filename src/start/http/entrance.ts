import {
  type AuthMetadataOptions,
  getOAuthProtectedResourceMetadataUrl,
  requireBearerAuth,
} from '@modelcontextprotocol/server';
import type { Principal } from '../../define/index.js';
import type { Gate } from '../../http/app.js';
import { authentication, principalOf } from '../../http/auth/authenticate.js';
import { isInvalidToken } from '../../http/auth/refusals.js';
import { signIn } from '../../http/auth/signin.js';
import type { SignInWays } from '../../http/page/options.js';
import { refuse } from '../../http/streams.js';
import type { Log } from '../../observe/logger.js';
import type { Store } from '../../store/store.js';
import type { Config } from '../config.js';
import { oneTimeCodes } from './one-time-code.js';

export interface EntranceOptions {
  config: Config;
  /** Somebody has to show who they are. */
  isSignInNeeded: boolean;
  /** What callers get tokens for: the address of the protocol. */
  resource: URL;
  store: Store;
  now: () => number;
  log: Log;
  /** Tells the person at this machine the code that signs them in on the approval page. */
  showCode: (code: string) => void;
}

export interface Entrance {
  gate: Gate;
  /** How persons sign in on the approval page. */
  ways: SignInWays;
  /** Rejects while callers cannot be recognised. */
  ready: () => Promise<void>;
  metadata?: () => Promise<AuthMetadataOptions>;
  resourceMetadataUrl?: string;
}

/** Who comes in: anybody on this machine, or whoever has a token. */
export async function entrance(options: EntranceOptions): Promise<Entrance> {
  return options.isSignInNeeded ? guarded(options) : open(options);
}

const local: Principal = { id: 'local', name: 'local', groups: [] };

const open = async ({ store, now, showCode }: EntranceOptions): Promise<Entrance> => ({
  gate: async () => local,
  ways: { code: (await oneTimeCodes({ store, now, show: showCode })).use },
  ready: async () => undefined,
});

function guarded({ config, resource, now, log }: EntranceOptions): Entrance {
  const { issuer, audience = resource.href, tokensFile, groupsClaim, clientId, clientSecret } = config;
  const who = authentication({ issuer, audience, tokensFile, groupsClaim, publicUrl: resource, now, log });
  const { verifyAccessToken, ready, metadata, discover } = who;
  const resourceMetadataUrl = issuer === undefined ? undefined : getOAuthProtectedResourceMetadataUrl(resource);
  const gate = requireBearerAuth({
    verifier: who,
    requiredScopes: ['pgfleet:read'],
    resourceMetadataUrl,
    expectedResource: resource,
  });
  return {
    async gate(request) {
      const found = await gate(request);
      if (!(found instanceof Response)) return principalOf(found);
      return found.status === 500 ? cannotTell() : found;
    },
    ways: {
      // A person pastes a static token; those of the issuer come with its own sign-in.
      token: async (token) =>
        verifyAccessToken(token).then(principalOf, (error: unknown) => {
          if (isInvalidToken(error)) return undefined;
          throw error;
        }),
      ...(discover &&
        clientId !== undefined && {
          issuer: signIn({ discover, clientId, clientSecret, audience, verifyAccessToken, log }),
        }),
    },
    ready,
    metadata,
    resourceMetadataUrl,
  };
}

/** The token may well be good. */
const cannotTell = (): Response =>
  refuse(503, -32000, 'The issuer of tokens cannot be asked just now.', { 'retry-after': '10' });
