import type { Context, Hono } from 'hono';
import type { Account } from '../core/account.js';
import { basicAuthorization, createTokens } from '../core/tokens.js';
import type { World } from '../core/world.js';
import { forbidden, unauthorized } from './replies.js';

export interface Keys {
  clientId: string;
  /** Has the same secret, but its tokens may only read: changes are refused with 403. */
  viewerClientId: string;
  clientSecret: string;
}

export const keysOf = ({ own }: Account): Keys => ({
  clientId: own('sandbox-client'),
  viewerClientId: own('sandbox-viewer'),
  clientSecret: own('sandbox-client-secret'),
});

export const tokenPath = '/token';

const tokenLastsSeconds = 1200;
const refreshLastsSeconds = 7200;

/** The token service, and the check of its tokens. */
export function createAccess(world: World, keys: Keys) {
  const tokens = createTokens(world, 'token');
  const refreshTokens = createTokens(world, 'refresh');
  const clientsByBasic = new Map(
    [keys.clientId, keys.viewerClientId].map((client) => [basicAuthorization(client, keys.clientSecret), client]),
  );

  function serveTokens(app: Hono): void {
    app.post(tokenPath, async (context) => {
      const client = clientsByBasic.get(context.req.header('authorization') ?? '');
      if (!client) return context.json({ error: 'unauthorized_client' }, 401);
      const form = new URLSearchParams(await context.req.text());
      const type = form.get('grant_type');
      if (type !== 'client_credentials' && type !== 'refresh_token')
        return context.json({ error: 'unsupported_grant_type' }, 400);
      if (type === 'refresh_token' && refreshTokens.holderOf(form.get('refresh_token') ?? '') !== client)
        return context.json({ error: 'invalid_grant' }, 400);
      return context.json({
        access_token: tokens.issue(client, tokenLastsSeconds),
        expires_in: tokenLastsSeconds,
        refresh_token: refreshTokens.issue(client, refreshLastsSeconds),
        refresh_expires_in: refreshLastsSeconds,
        token_type: 'bearer',
      });
    });
  }

  /** The client that the request's token was given to. Refuses a request that the client may not make. */
  function clientOf(context: Context): string {
    const [scheme = '', token = ''] = (context.req.header('authorization') ?? '').split(' ');
    const client = scheme.toLowerCase() === 'bearer' ? tokens.holderOf(token) : undefined;
    if (context.get('expiredToken') || client === undefined) throw unauthorized();
    if (client === keys.viewerClientId && context.req.method !== 'GET') throw forbidden();
    return client;
  }

  return { serveTokens, clientOf };
}
