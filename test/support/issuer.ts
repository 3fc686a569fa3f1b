import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWK,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { onTestFinished } from 'vitest';

/** Who is signed in at the issuer's page at once, without a form. */
export interface Person {
  sub: string;
  /** What the person may do; what the client asked for beyond it is left out. */
  scope?: string;
  preferred_username?: string;
  groups?: readonly string[];
  [claim: string]: unknown;
}

export interface TokenOptions {
  /** Claims that replace the usual ones; undefined takes one out. */
  [claim: string]: unknown;
}

export interface SignOptions {
  /** `none`: not signed; `HS256`: signed with the text of the public key, as if it were a secret. */
  alg?: 'none' | 'HS256';
  /** Signed with a key that the issuer does not publish, under the name of one that it does. */
  foreign?: boolean;
  header?: Record<string, unknown>;
}

export interface IssuerSettings {
  /** Where below the origin the issuer is, such as `/realms/ops`. */
  path?: string;
  /** Which of the two documents there is. */
  metadata?: 'oauth' | 'openid';
  /** A signature algorithm. */
  alg?: string;
  clientId?: string;
  clientSecret?: string;
  /** Whether sign-ins can be renewed, each time with another refresh token. */
  refreshes?: boolean;
  /** Left out, every address on 127.0.0.1 and localhost will do. */
  redirectUris?: readonly string[];
  /** When the issuer ends; with the test when left out. */
  end?: (stop: () => Promise<void>) => void;
}

export interface TestIssuer {
  url: string;
  clientId: string;
  /** Path and method of each request, oldest first. */
  requests: string[];
  /** Undefined: nobody is let in. */
  person: Person | undefined;
  /** An access token for `aud`, good for an hour unless the claims say otherwise. */
  token: (claims: { aud: string } & TokenOptions, how?: SignOptions) => Promise<string>;
  /** Signs with a new key from now on, and publishes only that. */
  rotate: () => Promise<void>;
  /** Nothing answers any more, until `start`. */
  stop: () => Promise<void>;
  /** At the same address as before. */
  start: () => Promise<void>;
}

interface SigningKey extends GenerateKeyPairResult {
  kid: string;
  jwk: JWK;
}

interface Grant {
  person: Person;
  scope: string;
  redirectUri: string;
  challenge: string;
  resource: string;
  /** The refresh token that counts. */
  refresh?: string;
}

/** A small OAuth and OpenID Connect issuer on loopback: discovery, keys, authorization code with PKCE. */
export async function startIssuer(settings: IssuerSettings = {}): Promise<TestIssuer> {
  const { path = '', metadata = 'oauth', alg = 'ES256', end = onTestFinished } = settings;
  const { clientId = 'pgfleet-page', clientSecret, redirectUris, refreshes } = settings;
  const grants = new Map<string, Grant>();
  let key = await newKey(alg);
  const foreign = await newKey(alg);
  let server: Server | undefined;
  let port = 0;

  const issuer: TestIssuer = {
    url: '',
    clientId,
    requests: [],
    person: undefined,
    token,
    async rotate() {
      key = await newKey(alg);
    },
    start,
    stop,
  };

  async function token(claims: { aud: string } & TokenOptions, how: SignOptions = {}): Promise<string> {
    const seconds = Math.floor(Date.now() / 1_000);
    const payload = {
      iss: issuer.url,
      sub: 'oncall',
      iat: seconds,
      exp: seconds + 3_600,
      client_id: 'agent',
      ...claims,
    };
    if (how.alg === 'none') return new UnsecuredJWT(payload).encode();
    const header = { typ: 'at+jwt', kid: key.kid, ...how.header };
    const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
    if (how.alg === 'HS256') return sign(payload, { ...header, alg: 'HS256' }, secret);
    return sign(payload, { ...header, alg }, how.foreign ? foreign.privateKey : key.privateKey);
  }

  async function start(): Promise<void> {
    const started = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', resolve));
    server = started;
    // A listener on a port always has an address of this form.
    port = (started.address() as AddressInfo).port;
    issuer.url = `http://127.0.0.1:${port}${path}`;
  }

  async function stop(): Promise<void> {
    const stopping = server;
    server = undefined;
    stopping?.closeAllConnections();
    if (stopping) await new Promise((resolve) => stopping.close(resolve));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer.url);
    issuer.requests.push(`${request.method} ${url.pathname}`);
    const wellKnown = {
      oauth: `/.well-known/oauth-authorization-server${path}`,
      openid: `${path}/.well-known/openid-configuration`,
    }[metadata];
    const routes: Record<string, () => void | Promise<void>> = {
      [`GET ${wellKnown}`]: () => json(response, 200, document()),
      [`GET ${path}/keys`]: () => json(response, 200, { keys: [key.jwk] }),
      [`GET ${path}/authorize`]: () => authorize(url.searchParams, response),
      [`POST ${path}/token`]: async () => exchange(request, new URLSearchParams(await text(request)), response),
    };
    const route = routes[`${request.method} ${url.pathname}`] ?? (() => json(response, 404, { error: 'not_found' }));
    await route();
  }

  const document = () => ({
    issuer: issuer.url,
    authorization_endpoint: `${issuer.url}/authorize`,
    token_endpoint: `${issuer.url}/token`,
    jwks_uri: `${issuer.url}/keys`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: [alg],
    authorization_response_iss_parameter_supported: true,
  });

  /** What is wrong with the client or its address is shown here; all else goes back with the browser. */
  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const redirectUri = asked.get('redirect_uri') ?? '';
    const isKnown = redirectUris?.includes(redirectUri) ?? /^http:\/\/(127\.0\.0\.1|localhost):\d+\//.test(redirectUri);
    if (asked.get('client_id') !== clientId || !isKnown) return json(response, 400, { error: 'invalid_request' });
    const challenge = asked.get('code_challenge') ?? '';
    const isSound = asked.get('response_type') === 'code' && asked.get('code_challenge_method') === 'S256' && challenge;
    const back = new URL(redirectUri);
    back.searchParams.set('iss', issuer.url);
    back.searchParams.set('state', asked.get('state') ?? '');
    const { person } = issuer;
    if (!isSound) back.searchParams.set('error', 'invalid_request');
    else if (!person) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomUUID();
      const may = ['openid', ...(person.scope ?? '').split(' ')];
      const scope = (asked.get('scope') ?? '').split(' ').filter((each) => may.includes(each));
      const resource = asked.get('resource') ?? '';
      grants.set(code, { person, scope: scope.join(' '), redirectUri, challenge, resource });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  async function exchange(request: IncomingMessage, asked: URLSearchParams, response: ServerResponse): Promise<void> {
    if (!isClient(request, asked)) return json(response, 401, { error: 'invalid_client' });
    if (asked.get('grant_type') === 'refresh_token') return refresh(asked.get('refresh_token') ?? '', response);
    const code = asked.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url');
    const isTheirs = grant?.challenge === challenge && grant.redirectUri === asked.get('redirect_uri');
    if (asked.get('grant_type') !== 'authorization_code' || !grant || !isTheirs)
      return json(response, 400, { error: 'invalid_grant' });
    return give(grant, response);
  }

  /** The rights are those that the person has by now, as far as the sign-in asked for them. */
  async function refresh(given: string, response: ServerResponse): Promise<void> {
    const grant = [...grants.values()].find((each) => each.refresh === given);
    const { person } = issuer;
    if (!grant || person?.sub !== grant.person.sub) return json(response, 400, { error: 'invalid_grant' });
    const has = ['openid', ...(person.scope ?? '').split(' ')];
    const scope = grant.scope.split(' ').filter((each) => has.includes(each));
    return give({ ...grant, person, scope: scope.join(' ') }, response);
  }

  async function give(grant: Grant, response: ServerResponse): Promise<void> {
    const { person, scope, resource } = grant;
    const refresh_token = refreshes ? randomUUID() : undefined;
    if (refresh_token) grants.set(grant.challenge, { ...grant, refresh: refresh_token });
    json(response, 200, {
      refresh_token,
      access_token: await token({ ...person, aud: resource, scope, client_id: clientId }),
      id_token: await token({ sub: person.sub, aud: clientId, client_id: undefined }, { header: { typ: 'JWT' } }),
      token_type: 'Bearer',
      expires_in: 3_600,
      scope,
    });
  }

  function isClient({ headers }: IncomingMessage, asked: URLSearchParams): boolean {
    if (clientSecret === undefined) return asked.get('client_id') === clientId;
    const [, basic = ''] = headers.authorization?.split('Basic ') ?? [];
    const given = Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent);
    return given[0] === clientId && given[1] === clientSecret;
  }

  await start();
  end(stop);
  return issuer;
}

async function newKey(alg: string): Promise<SigningKey> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const kid = randomUUID();
  return { ...pair, kid, jwk: { ...(await exportJWK(pair.publicKey)), kid, use: 'sig', alg } };
}

function sign(payload: Record<string, unknown>, header: Record<string, unknown> & { alg: string }, key: Signing) {
  return new SignJWT(payload).setProtectedHeader(header).sign(key);
}
type Signing = CryptoKey | Uint8Array;

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
