import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Account } from '../core/account.js';
import { minute } from '../core/dates.js';
import { signedUrl } from '../core/requests.js';
import { gatewayFailure } from './replies.js';

interface Key {
  accessKey: string;
  secretKey: string;
  readsOnly: boolean;
}

export type Keys = Record<'operator' | 'viewer', Key>;

export const keysOf = ({ own }: Account): Keys => ({
  operator: { accessKey: own('SANDBOXACCESSKEY'), secretKey: own('sandbox-secret-key'), readsOnly: false },
  /** The key of a user whose policy allows only List and Show. */
  viewer: { accessKey: own('SANDBOXVIEWERKEY'), secretKey: own('sandbox-viewer-secret-key'), readsOnly: true },
});

// The documents do not say how much clocks may differ.
const toleratedSkew = 15 * minute;

/** The check that a request is signed with one of the keys. */
export const createAccess = (keys: Keys) =>
  createMiddleware(async (context, next) => {
    // Clients sign with the real time, not with the emulated clock.
    const now = Date.now();
    if (!context.req.header('scp-signature')) return gatewayRefuses(context, 404, now);
    const key = Object.values(keys).find(({ accessKey }) => accessKey === context.req.header('scp-accesskey'));
    if (context.get('expiredToken') || !key || !isFresh(context, now) || !isSignedWith(context, key))
      return gatewayRefuses(context, 401, now);
    if (key.readsOnly && context.req.method !== 'GET') return context.body(null, 403);
    await next();
  });

function gatewayRefuses(context: Context, status: 401 | 404, now: number): Response {
  context.header('date', new Date(now).toUTCString());
  return context.json(gatewayFailure(status, context.req.path, now), status);
}

function isFresh(context: Context, now: number): boolean {
  const timestamp = context.req.header('scp-timestamp') ?? '';
  return /^\d{13}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= toleratedSkew;
}

function isSignedWith(context: Context, { accessKey, secretKey }: Key): boolean {
  const header = (name: string) => context.req.header(name) ?? '';
  const parts = [context.req.method, signedUrl(context), header('scp-timestamp'), accessKey];
  // An account id is optional. If it is sent, it is signed too.
  const text = [...parts, header('scp-accountid'), header('scp-clienttype')].join('');
  const expected = createHmac('sha256', secretKey).update(text).digest();
  const given = Buffer.from(header('scp-signature'), 'base64');
  return header('scp-clienttype') === 'Openapi' && given.length === expected.length && timingSafeEqual(given, expected);
}
