import type { Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Account } from '../core/account.js';
import { basicAuthorization, createTokens } from '../core/tokens.js';
import type { World } from '../core/world.js';
import { failure, forbidden, unauthorized } from './replies.js';

export interface Keys {
  appKey: string;
  /** Has the VIEWER role: it may read and change alarms, and nothing else. */
  viewerAppKey: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export const keysOf = ({ own }: Account): Keys => ({
  appKey: own('sandbox-app-key'),
  viewerAppKey: own('sandbox-viewer'),
  accessKeyId: own('sandbox-access-key-id'),
  secretAccessKey: own('sandbox-secret-key'),
});

export const tokenPath = '/oauth2/token/create';

const tokenLastsSeconds = 86_400;

/** The token service, and the check of its tokens. */
export function createAccess(world: World, keys: Keys) {
  const tokens = createTokens(world, 'token');
  const basic = basicAuthorization(keys.accessKeyId, keys.secretAccessKey);
  const appKeys = new Set([keys.appKey, keys.viewerAppKey]);

  function serveTokens(app: Hono): void {
    app.post(tokenPath, async (context) => {
      // This service is OAuth 2.0. Unlike the API, it refuses with an HTTP status.
      if (context.req.header('authorization') !== basic) return context.json({ error: 'invalid_client' }, 401);
      const form = new URLSearchParams(await context.req.text());
      if (form.get('grant_type') !== 'client_credentials')
        return context.json({ error: 'unsupported_grant_type' }, 400);
      const token = tokens.issue(keys.accessKeyId, tokenLastsSeconds);
      return context.json({ access_token: token, token_type: 'Bearer', expires_in: tokenLastsSeconds });
    });
  }

  const isKnown = (context: Context): boolean => {
    if (context.get('expiredToken')) return false;
    if (!appKeys.has(context.req.header('x-tc-app-key') ?? '')) return false;
    const [scheme, token = ''] = (context.req.header('x-nhn-authorization') ?? '').split(' ');
    return scheme === 'Bearer' && tokens.holderOf(token) !== undefined;
  };

  const mayDo = (context: Context): boolean =>
    context.req.header('x-tc-app-key') !== keys.viewerAppKey ||
    context.req.method === 'GET' ||
    alarms.test(context.req.path);

  const check = createMiddleware(async (context, next) => {
    if (!isKnown(context)) return context.json(failure(unauthorized()));
    if (!mayDo(context)) return context.json(failure(forbidden()));
    await next();
  });

  return { serveTokens, check };
}

const alarms = /^\/v1\.0\/(user-groups|notification-groups)(\/|$)/;
