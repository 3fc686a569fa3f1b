import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An answer as it goes out; objects as JSON. */
export interface Said {
  status?: number;
  headers?: Record<string, string>;
  body?: string | object;
}

export type ProviderName = 'samsung' | 'naver' | 'cegedim';

/** What every provider is called with, one read and one change that nobody is asked about. */
export const calls: Record<ProviderName, { read: [string, object]; change: [string, object] }> = {
  samsung: {
    read: ['samsung_list_clusters', {}],
    change: ['samsung_start_cluster', { cluster_id: '1c7a4bdc0d0802e4a498e1f84e8a7eae' }],
  },
  naver: {
    read: ['naver_list_instances', {}],
    change: [
      'naver_add_databases',
      { cloudPostgresqlInstanceNo: '1234925', cloudPostgresqlDatabaseList: [{ name: 'one', owner: 'orders_app' }] },
    ],
  },
  cegedim: {
    read: ['cegedim_list_resources', {}],
    change: ['cegedim_start_instance', { id: 500061859 }],
  },
};

export const names = Object.keys(calls) as ProviderName[];

export const keys = { id: 'key-id-77ab10', secret: 'secret-key-0d9e4b', token: 'bearer-token-c41f88' };

/** Providers that say whatever a test wants them to, where the emulators are too honest. */
export async function startAnswering(say: () => Said, end: (close: () => Promise<void>) => void = onTestFinished) {
  const sent: string[] = [];
  const server = createServer((incoming, outgoing) => answer(incoming, outgoing));

  function answer({ method = '', url = '' }: IncomingMessage, outgoing: ServerResponse): void {
    const isToken = url === '/token';
    if (!isToken) sent.push(`${method} ${url}`);
    const token = { access_token: keys.token, token_type: 'bearer', expires_in: 1200 };
    const { status = 200, headers, body = '' }: Said = isToken ? { body: token } : say();
    const whole = typeof body === 'string' ? body : JSON.stringify(body);
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(whole);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  end(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { sent, environment: environmentAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) };
}

/** All three providers at one address, with keys of their own. */
export const environmentAt = (origin: string): Record<string, string> => ({
  SAMSUNG_BASE_URL: origin,
  SAMSUNG_ACCESS_KEY: keys.id,
  SAMSUNG_SECRET_KEY: keys.secret,
  NAVER_BASE_URL: `${origin}/vpostgresql/v2`,
  NAVER_ACCESS_KEY: keys.id,
  NAVER_SECRET_KEY: keys.secret,
  CEGEDIM_BASE_URL: origin,
  CEGEDIM_TOKEN_URL: `${origin}/token`,
  CEGEDIM_CLIENT_ID: keys.id,
  CEGEDIM_CLIENT_SECRET: keys.secret,
});
