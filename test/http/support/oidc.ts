import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type JWKS, type KoaContextWithOIDC } from 'oidc-provider';
import { onTestFinished } from 'vitest';
import { scopes } from '../../../src/define/principal.js';

export interface OidcIssuer {
  url: string;
  /** The approval page as a client, and a host that is registered by hand. All others register themselves. */
  clients: { page: string; host: string };
  /** How long the access tokens hold that are issued from now on. */
  tokenSeconds: number;
}

/** Where a host of these tests waits for the browser. Nothing has to listen there. */
export const callback = 'http://127.0.0.1:1/callback';

/**
 * A real issuer on loopback: `oidc-provider` with dynamic registration, PKCE, resource indicators, access tokens as
 * JWTs and rotating refresh tokens. Whoever writes a name into its form is that person, with every right.
 */
export async function startOidc(end: (close: () => Promise<void>) => void = onTestFinished): Promise<OidcIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  end(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: OidcIssuer = { url, clients: { page: 'pgfleet-page', host: 'host' }, tokenSeconds: 3_600 };
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] as JWKS['keys'];
  const provider = new Provider(url, configuration(issuer, { keys }));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const isForm = request.url?.startsWith('/interaction/');
    void (isForm ? askWho(provider, request, response) : answer(request, response));
  });
  return issuer;
}

function configuration(issuer: OidcIssuer, jwks: JWKS): Configuration {
  const publicClient = { token_endpoint_auth_method: 'none', application_type: 'native' } as const;
  const grant_types = ['authorization_code', 'refresh_token'];
  const { page, host } = issuer.clients;
  return {
    jwks,
    clients: [
      // A native client may come from any port of loopback.
      { ...publicClient, client_id: page, grant_types, redirect_uris: ['http://127.0.0.1/approvals/signed-in'] },
      { ...publicClient, client_id: host, grant_types, redirect_uris: [callback] },
    ],
    scopes: ['openid', 'offline_access', ...scopes],
    cookies: { keys: ['of these tests'] },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
    extraTokenClaims: (_, token) => ({
      preferred_username: 'accountId' in token ? token.accountId : undefined,
    }),
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    pkce: { required: () => true },
    loadExistingGrant: everything,
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: scopes.join(' '),
          audience: resource,
          accessTokenTTL: issuer.tokenSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

/** What a person consents to is what the client asks for, without one more form. */
async function everything({ oidc }: KoaContextWithOIDC) {
  const { provider, client, session, params } = oidc;
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
  grant.addOIDCScope(['openid', 'offline_access', ...scopes].join(' '));
  const resource = params?.['resource'];
  if (typeof resource === 'string') grant.addResourceScope(resource, scopes.join(' '));
  await grant.save();
  return grant;
}

const form = `<!doctype html>
<title>Sign in</title>
<link rel="icon" href="data:,">
<form method="post">
<label>Name <input name="login"></label>
<button>Sign in</button>
<button name="cancel" value="yes">Cancel</button>
</form>`;

async function askWho(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') return void response.setHeader('content-type', 'text/html').end(form);
  const sent = new URLSearchParams(await text(request));
  const result = sent.has('cancel')
    ? { error: 'access_denied', error_description: 'End-User aborted interaction' }
    : { login: { accountId: sent.get('login') ?? '' }, consent: {} };
  await provider.interactionFinished(request, response, result);
}

const mostSteps = 10;

/** Somebody at the issuer without a browser, who stays signed in there. */
export function visitor(login: string) {
  const cookies = new Map<string, string>();
  const go = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, { method: body ? 'POST' : 'GET', body, headers: { cookie }, redirect: 'manual' });
    for (const each of response.headers.getSetCookie()) {
      const [name = '', value = ''] = each.split(';')[0]?.split(/=(.*)/s) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  return {
    /** Goes where a host sends the browser, until the issuer sends it back to the host. */
    async follow(url: URL, answer: Record<string, string> = { login }): Promise<URL> {
      let at = url;
      let response = await go(at.href);
      for (let step = 0; step < mostSteps; step += 1) {
        const location = response.headers.get('location');
        if (location !== null) at = new URL(location, at);
        if (at.origin !== url.origin) return at;
        response = await go(at.href, location === null ? new URLSearchParams(answer) : undefined);
      }
      throw new Error(`The issuer does not send back: ${response.status} ${await response.text()}`);
    },
  };
}
