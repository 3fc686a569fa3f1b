import { notTheEnvelope, readObject, statusFacts } from './gateway.js';
import { ProviderError } from './provider.js';
import { tokenMilliseconds } from './wire/deadlines.js';
import { type HttpRequest, type HttpResponse, type Send } from './wire/http.js';

export interface ClientCredentials {
  product: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
}

export interface Token {
  /** Returns a token that is valid for some time. There is one request for it, however many calls wait. */
  get(): Promise<string>;
  /** Drops a refused token, unless another call has already renewed it. */
  drop(refused: string): void;
  /** The current token and the header that requests one, so that they can be kept out of every text. */
  secrets(): readonly string[];
}

/** A token is requested this long before the old one expires, so that none expires while a request is sent. */
const marginMilliseconds = 60_000;

/** OAuth 2.0 client credentials with HTTP Basic authentication (RFC 6749, section 4.4). */
export function clientCredentials(
  client: ClientCredentials,
  send: Send,
  now: () => number,
  onRenewed?: () => void,
): Token {
  let held: { value: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const response = await send({ ...tokenRequest(client), until: now() + tokenMilliseconds });
    const issued = readToken(response, client.product, now());
    // A lifetime shorter than the margin still has to be usable once.
    const margin = Math.min(marginMilliseconds, issued.lifetimeMilliseconds / 2);
    held = { value: issued.value, until: now() + issued.lifetimeMilliseconds - margin };
    onRenewed?.();
    return issued.value;
  }

  return {
    async get() {
      if (held && held.until > now()) return held.value;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    drop(refused) {
      if (held?.value === refused) held = undefined;
    },
    secrets: () => [basic(client), ...(held ? [held.value] : [])],
  };
}

const basic = ({ clientId, clientSecret }: ClientCredentials): string =>
  Buffer.from(`${clientId}:${clientSecret}`).toString('base64');

function tokenRequest(client: ClientCredentials): HttpRequest {
  return {
    method: 'POST',
    url: client.tokenUrl,
    headers: {
      authorization: `Basic ${basic(client)}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: 'grant_type=client_credentials',
    repeatable: true,
  };
}

interface Issued {
  value: string;
  lifetimeMilliseconds: number;
}

function readToken(response: HttpResponse, product: string, now: number): Issued {
  const { access_token: value, expires_in: lifetime, ...rest } = readObject(response.body) ?? {};
  if (response.status === 200 && typeof value === 'string' && value !== '') {
    // NHN's table has expires_in as text, and its example as a number. A token without a lifetime is used for one
    // minute.
    const seconds = Number(lifetime);
    return { value, lifetimeMilliseconds: (seconds > 0 ? seconds : 60) * 1000 };
  }
  const service = `The token service of ${product}`;
  const { status } = response;
  const byStatus = statusFacts(response, now);
  // The request that needed the token was never sent.
  const facts = { ...byStatus, mayHaveActed: false };
  const reason = [rest['error'], rest['error_description']].filter((part) => typeof part === 'string').join(': ');
  if (!reason && status !== 400 && status !== 401) {
    const { kind, message } = notTheEnvelope(response, service, now);
    throw new ProviderError(kind === 'unreadable' ? 'unavailable' : kind, `${message} There is no token.`, facts);
  }
  const code = typeof rest['error'] === 'string' ? rest['error'] : undefined;
  const isRefused = status >= 400 && status < 500 && status !== 429;
  const kind = isRefused ? 'unauthenticated' : (byStatus.kind ?? 'unavailable');
  throw new ProviderError(kind, `${service} gave no token (${reason || `HTTP ${status}`}).`, { ...facts, code });
}
