import { parseExactly } from '../values/exact-json.js';
import { isRecord, type Values } from '../values/values.js';
import { ProviderError, type ProviderErrorKind } from './provider.js';
import type { HttpResponse } from './wire/http.js';
import { retryAfterSeconds } from './wire/retry-after.js';

/** The body as an object. Undefined when it is not one. */
export function readObject(body: string): Values | undefined {
  const value = readJson(body);
  return isRecord(value) ? value : undefined;
}

/** The body as a list. Undefined when it is not one. */
export function readList(body: string): readonly unknown[] | undefined {
  const value = readJson(body);
  return Array.isArray(value) ? value : undefined;
}

function readJson(body: string): unknown {
  try {
    return parseExactly(body);
  } catch {
    return undefined;
  }
}

/** A code or a message, which some providers write as text and as a number. Undefined for every other value. */
export const plainText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** What a status means, whoever gave it. */
const kinds: Readonly<Record<number, ProviderErrorKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_fast',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

export interface StatusFacts {
  status: number;
  /** Undefined when the status alone does not tell it. */
  kind: ProviderErrorKind | undefined;
  mayHaveActed: boolean;
  retryAfterSeconds: number | undefined;
}

/**
 * What HTTP says about a failure, whatever its body says. After a failure of a server the outcome is unknown, and after
 * a 503 too: gateways also give it when the connection to a service broke that had the request by then.
 */
export const statusFacts = ({ status, headers }: HttpResponse, now: number): StatusFacts => ({
  status,
  kind: kinds[status],
  mayHaveActed: status >= 500,
  retryAfterSeconds: retryAfterSeconds(headers, now),
});

/**
 * Statuses of a gateway that refused the request before the service received it. A redirect that keeps the method has
 * done nothing, but 302 and 303 can follow on a change that was made.
 */
const turnedAway = new Set([301, 307, 308, 400, 401, 403, 404, 405, 413, 429]);

/** Makes an error from an answer without the documented envelope: a gateway's page, an empty body, or cut JSON. */
export function notTheEnvelope(response: HttpResponse, product: string, now: number): ProviderError {
  const { status } = response;
  const text = `${product} gave ${whatItIs(response)}, HTTP ${status}.`;
  return new ProviderError(kindOf(response), text, {
    ...statusFacts(response, now),
    mayHaveActed: !turnedAway.has(status),
  });
}

function kindOf({ status, body, headers }: HttpResponse): ProviderErrorKind {
  const isOfBrowsers = isPage(body) || (body.trim() !== '' && /\bx?html\b/i.test(headers['content-type'] ?? ''));
  const isGateways = isRedirect(status) ? turnedAway.has(status) : status === 403 && isOfBrowsers;
  if (isGateways) return 'gateway';
  return status === 404 ? 'no_such_path' : (kinds[status] ?? 'unreadable');
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400;
/** Comments and the line of XML can stand before the page itself. */
const isPage = (body: string): boolean =>
  /^(?:\s|<!--(?:(?!-->)[^])*-->|<\?xml[^>]*>)*<(!doctype html|html|head|body|h1|center)\b/i.test(body);

/** Names the kind of an answer without quoting it, because it may hold anything. */
function whatItIs({ status, body, headers }: HttpResponse): string {
  if (isRedirect(status)) {
    const target = headers['location'] ?? '';
    return URL.canParse(target) ? `a redirect to ${new URL(target).origin}` : 'a redirect';
  }
  if (body.trim() === '') return 'an empty answer';
  return `an answer that is not its documented form (${describe(body)})`;
}

function describe(body: string): string {
  const start = body.trimStart();
  if (isPage(body)) return 'a page of HTML, as gateways before a service give it';
  if (/^<(!doctype|\?xml|[a-z])/i.test(start)) return 'a page of HTML or XML';
  if (start.startsWith('{') || start.startsWith('[')) return readObject(body) ? 'other JSON' : 'cut or broken JSON';
  return 'plain text';
}
