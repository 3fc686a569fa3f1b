import type { Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { World } from '../core/world.js';
import { second } from './dates.js';
import { failure, forbidden, unauthorized } from './replies.js';

export const keys = {
  appKey: 'sandbox-app-key',
  /** Stands for the VIEWER role: it may read, and change alarms, and nothing else. */
  viewerAppKey: 'sandbox-viewer',
  accessKeyId: 'sandbox-access-key-id',
  secretAccessKey: 'sandbox-secret-key',
};

const tokenLastsSeconds = 86_400;

/** The token service and the check that its tokens are used. */
export function createAccess(world: World) {
  const tokens = new Map<string, number>();
  const basic = `Basic ${Buffer.from(`${keys.accessKeyId}:${keys.secretAccessKey}`).toString('base64')}`;

  function serveTokens(app: Hono): void {
    app.post('/oauth2/token/create', async (context) => {
      // This service speaks OAuth 2.0: unlike the API, it says no with an HTTP status.
      if (context.req.header('authorization') !== basic) return context.json({ error: 'invalid_client' }, 401);
      const form = new URLSearchParams(await context.req.text());
      if (form.get('grant_type') !== 'client_credentials')
        return context.json({ error: 'unsupported_grant_type' }, 400);
      const token = `sandbox-token-${world.newId()}`;
      tokens.set(token, world.now() + tokenLastsSeconds * second);
      return context.json({ access_token: token, token_type: 'Bearer', expires_in: tokenLastsSeconds });
    });
  }

  const isKnown = (context: Context): boolean => {
    if (context.get('expiredToken')) return false;
    if (!appKeys.has(context.req.header('x-tc-app-key') ?? '')) return false;
    const [scheme, token = ''] = (context.req.header('x-nhn-authorization') ?? '').split(' ');
    return scheme === 'Bearer' && (tokens.get(token) ?? 0) > world.now();
  };

  const check = createMiddleware(async (context, next) => {
    if (!isKnown(context)) return context.json(failure(unauthorized()));
    if (!mayDo(context)) return context.json(failure(forbidden()));
    await next();
  });

  return { serveTokens, check };
}

const appKeys = new Set([keys.appKey, keys.viewerAppKey]);

const alarms = /^\/v1\.0\/(user-groups|notification-groups)(\/|$)/;

const mayDo = (context: Context): boolean =>
  context.req.header('x-tc-app-key') !== keys.viewerAppKey ||
  context.req.method === 'GET' ||
  alarms.test(context.req.path);
