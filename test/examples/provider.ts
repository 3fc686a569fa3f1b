import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A documented call: what goes in, what goes over the wire, what comes back. */
export interface Example {
  tool: string;
  arguments: Record<string, unknown>;
  request: { method: string; path: string; query: Record<string, unknown>; body?: Record<string, unknown> };
  status: number;
  answer: object | null;
}

export interface Received {
  method: string;
  path: string;
  /** Those of a form are among them: they are spelled in the same way. */
  query: Record<string, unknown>;
  body?: unknown;
}

/** Answers whatever it is asked with the example of the moment, and notes what it was asked. */
export async function startExampleProvider() {
  const state: { example?: Example; received: Received[] } = { received: [] };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://loopback');
    const body = await text(incoming);
    const isToken = pathname === '/token';
    if (!isToken) {
      const path = pathname.replace(/^\/base/, '');
      const form = incoming.headers['content-type']?.includes('urlencoded');
      state.received.push({
        method: incoming.method ?? '',
        path,
        query: repeated(new URLSearchParams([...searchParams, ...new URLSearchParams(form ? body : '')])),
        ...(body !== '' && !form && { body: JSON.parse(body) }),
      });
    }
    const token = { access_token: 'token-of-the-examples', token_type: 'Bearer', expires_in: 600 };
    const { status = 200, answer: documented } = isToken ? { answer: token } : (state.example ?? {});
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(documented ?? {}));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { baseUrl: `${origin}/base`, tokenUrl: `${origin}/token`, state, close };
}

/** A key that comes several times becomes a list. */
function repeated(search: URLSearchParams): Record<string, unknown> {
  const keys = [...new Set(search.keys())];
  return Object.fromEntries(
    keys.map((key) => {
      const [first, ...rest] = search.getAll(key);
      return [key, rest.length === 0 ? first : [first, ...rest]];
    }),
  );
}
