import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** An answer as an object stands in NHN's envelope of success; as text it goes out as it is. */
export type Said = { status?: number; headers?: Record<string, string>; body: string | object } | 'cut';

export interface LittleProvider {
  environment: Record<string, string>;
  /** Every request to the API, as `METHOD /path`. */
  sent: string[];
  /** How many tokens were asked for. */
  tokens(): number;
}

export const keys = {
  NHN_APP_KEY: 'app-key-5fd1c0',
  NHN_ACCESS_KEY_ID: 'access-key-77ab',
  NHN_SECRET_ACCESS_KEY: 'secret-key-0d9e4b',
};
export const bearer = 'bearer-token-c41f88';

export const success = { resultCode: 0, resultMessage: 'SUCCESS', isSuccessful: true };

/** An NHN that says whatever a test wants it to, where the emulator is too honest. */
export async function startLittleProvider(
  say: (asked: Asked) => Said,
  sayToken: (asked: Asked) => Said = () => ({ body: JSON.stringify({ access_token: bearer, expires_in: 86_400 }) }),
): Promise<LittleProvider> {
  const sent: string[] = [];
  let tokens = 0;
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const asked: Asked = { method, path: url.replace(/\?.*/, ''), headers, body: await text(incoming) };
    const isToken = asked.path === '/token';
    if (isToken) tokens += 1;
    else sent.push(`${method} ${asked.path}`);
    const said = isToken ? sayToken(asked) : say(asked);
    if (said === 'cut') {
      incoming.socket.destroy();
      return;
    }
    const { status = 200, headers: more, body } = said;
    const whole = typeof body === 'string' ? body : JSON.stringify({ header: success, ...body });
    outgoing.writeHead(status, { 'content-type': 'application/json', ...more }).end(whole);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: { ...keys, NHN_BASE_URL: origin, NHN_TOKEN_URL: `${origin}/token` },
    sent,
    tokens: () => tokens,
  };
}

/** A failure in the provider's own envelope. */
export const refusal = (resultCode: number, resultMessage: string): Said => ({
  body: JSON.stringify({ header: { resultCode, resultMessage, isSuccessful: false } }),
});

/** The arguments for a server that is to talk to it with every tool listed. */
export const everyTool = ['--profile', 'full'];
