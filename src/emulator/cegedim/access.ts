import type { Context, Hono } from 'hono';
import type { World } from '../core/world.js';
import { second } from './dates.js';
import { forbidden, unauthorized } from './replies.js';

export const keys = {
  clientId: 'sandbox-client',
  /** Same secret, but its tokens may only read: changes are refused with 403. */
  viewerClientId: 'sandbox-viewer',
  clientSecret: 'sandbox-client-secret',
};

export const tokenPath = '/token';

const tokenLastsSeconds = 1200;
const refreshLastsSeconds = 7200;

interface Grant {
  client: string;
  until: number;
}

/** The token service, and the check that its tokens are used. */
export function createAccess(world: World) {
  const tokens = new Map<string, Grant>();
  const refreshTokens = new Map<string, Grant>();

  const grant = (to: Map<string, Grant>, kind: string, client: string, seconds: number): string => {
    const token = `sandbox-${kind}-${world.newId()}`;
    to.set(token, { client, until: world.now() + seconds * second });
    return token;
  };

  const holds = (found: Grant | undefined): found is Grant => found !== undefined && found.until > world.now();

  function serveTokens(app: Hono): void {
    app.post(tokenPath, async (context) => {
      const client = clientsByBasic.get(context.req.header('authorization') ?? '');
      if (!client) return context.json({ error: 'unauthorized_client' }, 401);
      const form = new URLSearchParams(await context.req.text());
      const type = form.get('grant_type');
      if (type !== 'client_credentials' && type !== 'refresh_token')
        return context.json({ error: 'unsupported_grant_type' }, 400);
      const used = refreshTokens.get(form.get('refresh_token') ?? '');
      if (type === 'refresh_token' && !(holds(used) && used.client === client))
        return context.json({ error: 'invalid_grant' }, 400);
      return context.json({
        access_token: grant(tokens, 'token', client, tokenLastsSeconds),
        expires_in: tokenLastsSeconds,
        refresh_token: grant(refreshTokens, 'refresh', client, refreshLastsSeconds),
        refresh_expires_in: refreshLastsSeconds,
        token_type: 'bearer',
      });
    });
  }

  /** The client that the request's token was given to; refuses the request when it may not be made. */
  function clientOf(context: Context): string {
    const [scheme = '', token = ''] = (context.req.header('authorization') ?? '').split(' ');
    const found = scheme.toLowerCase() === 'bearer' ? tokens.get(token) : undefined;
    if (context.get('expiredToken') || !holds(found)) throw unauthorized();
    if (found.client === keys.viewerClientId && context.req.method !== 'GET') throw forbidden();
    return found.client;
  }

  return { serveTokens, clientOf };
}

const clientsByBasic = new Map(
  [keys.clientId, keys.viewerClientId].map((client) => [
    `Basic ${Buffer.from(`${client}:${keys.clientSecret}`).toString('base64')}`,
    client,
  ]),
);
