import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { environmentOf, type ProviderName, type SettingsOf } from '../../src/providers/settings.js';

/** A request as it came in. */
export interface Asked {
  method: string;
  /** Below the base URL, and without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An answer as it goes out, objects as JSON. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | object;
  /** How the body is compressed. Left out, it is so in the way that `content-encoding` tells. */
  encode?: (text: string) => Buffer;
}

/** An answer, a connection that breaks, an answer that begins and never ends, or one that never comes. */
export type Said = Answer | 'cut' | 'held' | 'silence';

/** How an answer is compressed, by the name in its headers. */
const encoders = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };

export interface Answering {
  /** What a client has to be configured with. */
  environment: Record<string, string>;
  /** Every request to the API, as `METHOD /path`. */
  sent: string[];
  /** How many tokens were asked for. */
  tokens: () => number;
}

export interface AnsweringOptions {
  /** What comes in place of a token. */
  sayToken?: () => Said | Promise<Said>;
  /** When the server ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

/** What every provider knows of its client, and nobody else may see. */
export const keys = {
  appKey: 'app-key-5fd1c0',
  id: 'key-id-77ab10',
  secret: 'secret-key-0d9e4b',
  token: 'bearer-token-c41f88',
};

interface Addresses {
  baseUrl: string;
  tokenUrl: string;
}

const settings: { readonly [Name in ProviderName]: (at: Addresses) => Partial<SettingsOf<Name>> } = {
  nhn: (at) => ({ appKey: keys.appKey, accessKeyId: keys.id, secretAccessKey: keys.secret, ...at }),
  samsung: ({ baseUrl }) => ({ accessKey: keys.id, secretKey: keys.secret, baseUrl }),
  naver: ({ baseUrl }) => ({ accessKey: keys.id, secretKey: keys.secret, baseUrl }),
  cegedim: (at) => ({ clientId: keys.id, clientSecret: keys.secret, ...at }),
};

/** Providers that say whatever a test wants them to, where the emulator is too honest. */
export async function startAnswering(
  providers: readonly ProviderName[],
  say: (asked: Asked) => Said | Promise<Said>,
  { sayToken = () => ({ body: token }), end = onTestFinished }: AnsweringOptions = {},
): Promise<Answering> {
  const sent: string[] = [];
  let tokens = 0;
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const { pathname, searchParams: query } = new URL(url, 'http://loopback');
    const asked = { method, path: pathname.replace(/^\/base/, ''), query, headers, body: await text(incoming) };
    const isToken = pathname === '/token';
    if (isToken) tokens += 1;
    else sent.push(`${method} ${asked.path}`);
    const said = await (isToken ? sayToken() : say(asked));
    if (said === 'cut') incoming.socket.destroy();
    else if (said === 'held') outgoing.writeHead(200, { 'content-type': 'application/json' }).write('{');
    else if (said !== 'silence') finish(outgoing, said);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  end(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = { baseUrl: `${origin}/base`, tokenUrl: `${origin}/token` };
  const environment = Object.assign({}, ...providers.map((name) => environmentOf(name, settings[name](at))));
  return { environment, sent, tokens: () => tokens };
}

const token = { access_token: keys.token, token_type: 'bearer', expires_in: 86_400 };

function finish(outgoing: ServerResponse, { status = 200, headers = {}, body = '', ...rest }: Answer): void {
  const whole = typeof body === 'string' ? body : JSON.stringify(body);
  const usual = Object.entries(encoders).find(([name]) => name === headers['content-encoding'])?.[1];
  const { encode = usual } = rest;
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(encode ? encode(whole) : whole);
}
