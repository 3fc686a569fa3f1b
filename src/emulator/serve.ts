import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type HttpRequest, WireError } from '../providers/wire/http.js';
import { type EmulatedAccount, type Emulator, environmentFor } from './index.js';

export interface ServedEmulator {
  /** Where it listens, without a path. */
  origin: string;
  /** The accounts by name, with the settings to connect to them here. */
  accounts: Emulator['accounts'];
  /** The settings of the accounts with their provider's name, as environment variables. */
  environment: Record<string, string>;
  close: () => Promise<void>;
}

/**
 * Serves the emulator on a loopback port. With 0, a free port is used. The first part of the path names the account.
 */
export async function serveEmulator(emulator: Emulator, port = 0): Promise<ServedEmulator> {
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [, name = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(incoming.url ?? '') ?? [];
    const account = emulator.accounts.get(name);
    try {
      if (!account) throw new WireError('unreachable', false, `There is no ${name} here.`);
      const { status, headers, body } = await emulator.send(await toRequest(incoming, account.origin + rest));
      outgoing.writeHead(status, headers).end(headers['content-encoding'] === 'gzip' ? gzipSync(body) : body);
    } catch (error) {
      // A broken connection has to look like one and not like an answer.
      if (error instanceof WireError && error.sent) incoming.socket.destroy();
      else outgoing.writeHead(404).end(error instanceof Error ? error.message : '');
    }
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map(
    [...emulator.accounts].map(([name, account]) => [name, servedAt(`${here}/${name}`, account)]),
  );
  return {
    origin: here,
    accounts,
    environment: environmentFor(accounts),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function toRequest(incoming: IncomingMessage, url: string): Promise<HttpRequest> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  // Providers that sign the URL sign the one that the client sees.
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

/** The account, with the addresses in its settings changed to this server. */
function servedAt(place: string, account: EmulatedAccount): EmulatedAccount {
  const moved = Object.entries(account.settings).map(([key, value]) => [key, value.replace(account.origin, place)]);
  return { ...account, origin: place, settings: Object.fromEntries(moved) };
}
