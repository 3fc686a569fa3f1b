import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { untilGone } from './streams.js';

export type FetchHandler = (request: Request) => Promise<Response>;

export interface BindOptions {
  host: string;
  /** With 0, a free port is used. */
  port: number;
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

/** Slow senders are cut off. Streams to clients stay open as long as they are read. */
const headersMilliseconds = 10_000;
const requestMilliseconds = 30_000;
/** Longer than clients and balancers keep a connection, so that none asks on one that is being closed. */
const keepAliveMilliseconds = 65_000;
/** How long a client may take to read its last answer. */
const lastWordsMilliseconds = 2_000;
const pauseMilliseconds = 20;

export async function bind({ host, port, onerror }: BindOptions): Promise<BoundPort> {
  let fetch: FetchHandler = async () => new Response('starting\n', { status: 503 });
  const answer = async (request: Request) => {
    try {
      return untilGone(await fetch(request), request);
    } catch (error) {
      onerror(error);
      return new Response('the server failed\n', { status: 500 });
    }
  };
  const listener = getRequestListener(answer);
  const server = createServer((request, response) => void listener(request, response));
  server.headersTimeout = headersMilliseconds;
  server.keepAliveTimeout = keepAliveMilliseconds;
  server.requestTimeout = requestMilliseconds;
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
