import type { Send } from './http.js';

/** Gateways refuse requests that do not say which program they come from. */
export const userAgent = (version: string): string => `pgfleet/${version}`;

/** Sends each request with the name of this program. */
export const named =
  (send: Send, version: string): Send =>
  (request, signal) =>
    send({ ...request, headers: { 'user-agent': userAgent(version), ...request.headers } }, signal);

/** The same for a `fetch`. */
export const namedFetch =
  (fetch: typeof globalThis.fetch, version: string): typeof globalThis.fetch =>
  (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('user-agent', userAgent(version));
    return fetch(input, { ...init, headers: Object.fromEntries(headers) });
  };
