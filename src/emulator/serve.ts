import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type HttpRequest, WireError } from '../providers/wire/http.js';
import type { Emulator } from './index.js';

export interface ServedEmulator {
  /** Where it listens, without a path. */
  origin: string;
  /** What a client has to be configured with to reach it here. */
  environment: Record<string, string>;
  close: () => Promise<void>;
}

/** The emulator on a port of loopback; 0 takes a free one. The first part of the path picks the provider. */
export async function serveEmulator(emulator: Emulator, port = 0): Promise<ServedEmulator> {
  const origins = new Map(
    [...emulator.apps.keys()].map((origin) => [new URL(origin).hostname.split('.')[0] ?? '', origin]),
  );
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [, provider = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(incoming.url ?? '') ?? [];
    const origin = origins.get(provider);
    try {
      if (!origin) throw new WireError('unreachable', false, `There is no ${provider} here.`);
      const { status, headers, body } = await emulator.send(await toRequest(incoming, origin + rest));
      outgoing.writeHead(status, headers).end(body);
    } catch (error) {
      // A broken connection has to look like one, not like an answer.
      if (error instanceof WireError && error.sent) incoming.socket.destroy();
      else outgoing.writeHead(404).end(error instanceof Error ? error.message : '');
    }
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: here,
    environment: relocated(emulator.environment, origins, here),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function toRequest(incoming: IncomingMessage, url: string): Promise<HttpRequest> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  // Providers that sign the URL sign it as the client sees it.
  headers.push(['x-sandbox-url', `http://${incoming.headers.host}${incoming.url}`]);
  const body = await text(incoming);
  return {
    method: incoming.method ?? 'GET',
    url,
    headers: Object.fromEntries(headers),
    body: body === '' ? undefined : body,
    repeatable: false,
  };
}

/** The settings with every origin of a provider replaced by its place on this server. */
function relocated(environment: Record<string, string>, origins: ReadonlyMap<string, string>, here: string) {
  const moved = (value: string) =>
    [...origins].reduce((text, [provider, origin]) => text.replace(origin, `${here}/${provider}`), value);
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, moved(value)]));
}
