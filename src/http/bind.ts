import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { spelledAddress } from '../values/address-range.js';
import { untilGone } from './streams.js';

/** Answers a request that came from an address. */
export type FetchHandler = (request: Request, address: string) => Promise<Response>;

export interface BindOptions {
  host: string;
  /** With 0, a free port is used. */
  port: number;
  /** How long a client may take to send the head of a request, or to send anything at all. */
  headerSeconds?: number;
  /** How long a client may take to send a whole request, from the beginning of its head to the end of its body. */
  requestSeconds?: number;
  /** How many proxies in front add to `X-Forwarded-For`. With 0, or when left out, that header counts for nothing. */
  proxyHops?: number;
  onerror: (error: unknown) => void;
}

/** An open port. Its number is known before anything answers on it. */
export interface BoundPort {
  port: number;
  /** Sets what answers requests from now on. */
  serve(fetch: FetchHandler): void;
  /** Lets the process end although the port is still open. */
  unref: () => void;
  /** Closes what is still open. Answers that are being written are completed. */
  close: () => Promise<void>;
}

/** How often Node looks for those that take too long. */
const lookMilliseconds = 500;
/** Longer than clients and balancers keep a connection, so that none asks on one that is being closed. */
const keepAliveMilliseconds = 65_000;
/** How long a client may take to read its last answer. */
const lastWordsMilliseconds = 2_000;
const pauseMilliseconds = 20;

export async function bind({
  host,
  port,
  headerSeconds = 10,
  requestSeconds = 10,
  proxyHops = 0,
  onerror,
}: BindOptions): Promise<BoundPort> {
  let fetch: FetchHandler = async () => new Response('starting\n', { status: 503 });
  const answer = async (request: Request, { incoming }: { incoming: Head }) => {
    try {
      return untilGone(await fetch(request, addressOf(incoming, proxyHops)), request);
    } catch (error) {
      onerror(error);
      return new Response('the server failed\n', { status: 500 });
    }
  };
  const listener = getRequestListener(answer);
  const server = createServer({ connectionsCheckingInterval: lookMilliseconds }, (request, response) => {
    const fault = headFault(request);
    if (fault === undefined) void listener(request, response);
    else response.writeHead(400, { 'content-type': 'text/plain', connection: 'close' }).end(`${fault}\n`);
  });
  // Slow senders are cut off. Streams to clients stay open as long as they are read.
  server.headersTimeout = Math.min(headerSeconds, requestSeconds) * 1_000;
  server.keepAliveTimeout = keepAliveMilliseconds;
  server.requestTimeout = requestSeconds * 1_000;
  const sockets = openSockets(server);
  await started(server, host, port);
  const closed = new Promise<void>((resolve) => {
    server.once('close', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    serve(given) {
      fetch = given;
    },
    unref: () => void server.unref(),
    async close() {
      server.close();
      const tidy = setInterval(() => {
        server.closeIdleConnections();
        // To Node, a connection over which nothing has come yet is not idle.
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      }, pauseMilliseconds);
      const late = setTimeout(() => server.closeAllConnections(), lastWordsMilliseconds);
      await closed;
      clearInterval(tidy);
      clearTimeout(late);
    },
  };
}

type Head = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Each proxy adds the address that it was asked from. What stands before those can be written by anybody. */
function addressOf({ headers, socket }: Head, proxyHops: number): string {
  const own = socket.remoteAddress ?? '';
  if (proxyHops === 0) return spelledAddress(own);
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  return spelledAddress(forwarded.at(-proxyHops)?.trim() || own);
}

/** Headers that decide who calls, from where, and what is answered. Of two, a proxy may heed the other one. */
const singular = new Set([
  'host',
  'origin',
  'authorization',
  'content-type',
  'mcp-session-id',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
]);

/**
 * What makes the head of a request ambiguous. Two readers of such a head may understand two hosts or two callers, and
 * what is checked has to be what counts.
 */
function headFault({ url = '', rawHeaders, headers: { host = '' } }: IncomingMessage): string | undefined {
  if (!url.startsWith('/') && url !== '*') return 'The target of a request has to be a path.';
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, index) => singular.has(name) && names.indexOf(name) !== index);
  if (twice !== undefined) return `A request must not have two headers ${twice}.`;
  if (!names.includes('host')) return 'A request has to have a Host header.';
  const isHost = hostForm.test(host) && URL.canParse(`http://${host}`);
  return isHost ? undefined : 'The Host header has to be a host, with a port or without.';
}

/** A name, an IPv4 address, or an IPv6 address in brackets. */
const hostForm = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

function openSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/** Thrown when the port cannot be opened. */
export class PortError extends Error {
  override readonly name = 'PortError';

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const why = cause.code === 'EADDRINUSE' ? 'another program has it' : (cause.code ?? cause.message);
    super(`Port ${port} of ${host} cannot be listened on: ${why}. Choose another with --port.`, { cause });
  }
}

const started = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(new PortError(host, port, error));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
