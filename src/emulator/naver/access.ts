import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Account } from '../core/account.js';
import { minute } from '../core/dates.js';
import { signedUrl } from '../core/requests.js';
import { GatewayRefusal } from './replies.js';

export interface Keys {
  accessKey: string;
  /** The key of a sub account that may only read. It signs with the same secret. */
  viewerAccessKey: string;
  secretKey: string;
}

export const keysOf = ({ own }: Account): Keys => ({
  accessKey: own('sandbox-access-key'),
  viewerAccessKey: own('sandbox-viewer'),
  secretKey: own('sandbox-secret-key'),
});

const toleranceMilliseconds = 5 * minute;

export interface Signed {
  method: string;
  /** Path and query as they were sent. */
  target: string;
  timestamp: string;
  accessKey: string;
}

export const signatureOf = ({ method, target, timestamp, accessKey }: Signed, secretKey: string): string =>
  createHmac('sha256', secretKey).update(`${method} ${target}\n${timestamp}\n${accessKey}`).digest('base64');

/** The gateway: checks who calls, and whether they may call an operation that changes something. */
export const createAccess = (keys: Keys, isRead: (operation: string) => boolean) =>
  createMiddleware(async (context, next) => {
    const reason = reasonToDistrust(context, keys);
    if (reason) return turnAway(context, new GatewayRefusal('unauthenticated', reason));
    const operation = context.req.path.split('/').at(-1) ?? '';
    if (context.req.header('x-ncp-iam-access-key') === keys.viewerAccessKey && !isRead(operation))
      return turnAway(context, new GatewayRefusal('forbidden', `This key may not call ${operation}.`));
    await next();
  });

export function turnAway(context: Context, refusal: GatewayRefusal): Response {
  // Clients sign with their own clock. The gateway's time shows them how wrong it is.
  context.header('date', new Date().toUTCString());
  return context.json(refusal.body, refusal.status);
}

function reasonToDistrust(context: Context, keys: Keys): string | undefined {
  const timestamp = context.req.header('x-ncp-apigw-timestamp');
  const accessKey = context.req.header('x-ncp-iam-access-key');
  // The second version is documented. The provider's own client library sends the first one.
  const signature = context.req.header('x-ncp-apigw-signature-v2') ?? context.req.header('x-ncp-apigw-signature-v1');
  if (!timestamp || !accessKey || !signature) return 'A header with authentication information is missing.';
  if (accessKey !== keys.accessKey && accessKey !== keys.viewerAccessKey) return 'The access key is unknown.';
  // Real time is used, because no client signs by the emulated clock.
  const isStale = !(Math.abs(Date.now() - Number(timestamp)) <= toleranceMilliseconds);
  if (isStale || context.get('expiredToken')) return 'The timestamp has expired.';
  const signed = { method: context.req.method, target: targetOf(context), timestamp, accessKey };
  return signatureOf(signed, keys.secretKey) === signature ? undefined : 'The signature does not match the request.';
}

const targetOf = (context: Context): string => signedUrl(context).replace(/^\w+:\/\/[^/]+/, '');
