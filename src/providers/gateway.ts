import { isRecord, type Values } from '../values/values.js';
import { ProviderError, type ProviderErrorKind } from './provider.js';
import type { HttpResponse } from './wire/http.js';

/** The body as an object. Undefined when it is not one. */
export function readObject(body: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A code or a message, which some providers write as text and as a number. Undefined for every other value. */
export const plainText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const refusals: Readonly<Record<number, ProviderErrorKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'no_such_path',
  429: 'too_fast',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** Statuses of a gateway that refused the request before the service received it. */
const turnedAway = new Set([400, 401, 403, 404, 405, 413, 429, 503]);

/** Makes an error from an answer without the documented envelope: a gateway's page, an empty body, or cut JSON. */
export function notTheEnvelope({ status, body, headers }: HttpResponse, product: string): ProviderError {
  const what = body.trim() === '' ? 'an empty answer' : `an answer that is not its documented form (${describe(body)})`;
  const seconds = Number(headers['retry-after']);
  return new ProviderError(refusals[status] ?? 'unreadable', `${product} gave ${what}, HTTP ${status}.`, {
    status,
    mayHaveActed: !turnedAway.has(status),
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
  });
}

/** Names the kind of a body without quoting it, because it may hold anything. */
function describe(body: string): string {
  const start = body.trimStart();
  if (/^<(!doctype|html|\?xml|[a-z])/i.test(start)) return 'a page of HTML or XML';
  if (start.startsWith('{') || start.startsWith('[')) return readObject(body) ? 'other JSON' : 'cut or broken JSON';
  return 'plain text';
}
