import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ProxyOptions {
  /** Where everything goes that is asked for, whatever host it names. */
  to: string;
  /** `user:password`, which it then wants. */
  credentials?: string;
}

export interface Proxy {
  port: number;
  /** What it was asked for, as `METHOD target`. */
  asked: string[];
  /** The headers of each request. */
  headers: IncomingMessage['headers'][];
}

/** A proxy on loopback that leads every host to one port, and opens no tunnel. It ends with the test. */
export async function startProxy({ to, credentials }: ProxyOptions): Promise<Proxy> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const note = (incoming: IncomingMessage) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    headers.push(incoming.headers);
    return wanted === undefined || incoming.headers['proxy-authorization'] === wanted;
  };
  const server = createServer((incoming, outgoing) => {
    if (note(incoming)) forward(incoming, outgoing, to);
    else outgoing.writeHead(407).end();
  });
  server.on('connect', (incoming, socket) => {
    socket.end(`HTTP/1.1 ${note(incoming) ? '403 Forbidden' : '407 Proxy Authentication Required'}\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked, headers };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, to: string): void {
  const { pathname, search } = new URL(incoming.url ?? '', to);
  const target = new URL(`${pathname}${search}`, to);
  const { method, headers } = incoming;
  const onward = request(target, { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(onward);
}
