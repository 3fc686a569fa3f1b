import { auth, type OAuthClientProvider } from '@modelcontextprotocol/client';
import { type OAuthClientProvider as OlderProvider, auth as olderAuth } from '@modelcontextprotocol/sdk/client/auth.js';
import { type ConnectHttpOptions, connectHttp, type HttpConnection } from './connect-http.js';
import { callback, visitor } from './oidc.js';

type Saved<Method extends keyof OAuthClientProvider> = Awaited<
  ReturnType<Extract<OAuthClientProvider[Method], (...given: never[]) => unknown>>
>;

export interface OAuthHost {
  /** Every address that the browser was sent to, oldest first. */
  visits: URL[];
  /** Connects as hosts do: where it is refused, the person signs in, and it tries again. */
  connect: (options: HostOptions) => Promise<HttpConnection>;
  /** Does something that may be refused for want of scopes, and again once the person has signed in for them. */
  widening: <T>(options: HostOptions, work: () => Promise<T>) => Promise<T>;
  tokens: () => { access: string; refresh: string; scope: string };
}

type HostOptions = Omit<ConnectHttpOptions, 'authProvider'>;

/** What a host keeps for the OAuth client of either SDK, with somebody at its browser. */
export function oauthHost({ login = 'dana', clientId }: { login?: string; clientId?: string } = {}): OAuthHost {
  const person = visitor(login);
  const visits: URL[] = [];
  let came = new URLSearchParams();
  let client: Saved<'clientInformation'> = clientId === undefined ? undefined : { client_id: clientId };
  let held: Saved<'tokens'>;
  let verifier = '';
  let found: Saved<'discoveryState'>;
  const provider: OAuthClientProvider & OlderProvider = {
    redirectUrl: callback,
    clientMetadata: {
      client_name: 'a host',
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    clientInformation: () => client,
    saveClientInformation: (given) => {
      client = given;
    },
    tokens: () => held,
    saveTokens: (given) => {
      held = given;
    },
    redirectToAuthorization: async (url) => {
      visits.push(url);
      came = (await person.follow(url)).searchParams;
    },
    saveCodeVerifier: (given) => {
      verifier = given;
    },
    codeVerifier: () => verifier,
    discoveryState: () => found,
    saveDiscoveryState: (given) => {
      found = given as typeof found;
    },
  };
  async function widening<T>({ url, path, peer = '2026' }: HostOptions, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
    }
    const serverUrl = new URL(path ?? (peer === 'former SDK over SSE' ? '/sse' : '/mcp'), url);
    const authorizationCode = came.get('code') ?? '';
    if (peer.startsWith('former SDK')) await olderAuth(provider, { serverUrl, authorizationCode });
    else await auth(provider, { serverUrl, authorizationCode, iss: came.get('iss') ?? undefined });
    return work();
  }

  return {
    visits,
    widening,
    connect: (options) => widening(options, () => connectHttp({ ...options, authProvider: provider })),
    tokens: () => ({
      access: held?.access_token ?? '',
      refresh: held?.refresh_token ?? '',
      scope: held?.scope ?? '',
    }),
  };
}

/** Each SDK has a class of that name. */
const isUnauthorized = (error: unknown): boolean =>
  error instanceof Error && error.constructor.name === 'UnauthorizedError';
