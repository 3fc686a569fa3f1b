import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RoundRobin {
  url: string;
  /** Takes its turn from now on. */
  add: (replica: string) => void;
  /** Where each request went, as `METHOD /path -> replica`; the query is left out. */
  passed: string[];
}

export interface RoundRobinOptions {
  /** When it ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

/**
 * A proxy that hands each request to the next replica in turn, whatever client or session it belongs to, and streams
 * both ways. A replica that refuses a connection is left out from then on, and the request goes to the next one; a
 * request that was under way when its replica died is not sent again.
 */
export async function roundRobin({ end = onTestFinished }: RoundRobinOptions = {}): Promise<RoundRobin> {
  const replicas: string[] = [];
  const passed: string[] = [];
  let turn = 0;

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const replica = replicas[turn % replicas.length];
    turn += 1;
    if (replica === undefined) return void outgoing.writeHead(503).end('There is no replica left.\n');
    const { method, headers } = incoming;
    const url = new URL(incoming.url ?? '/', replica);
    // A connection of its own each time, so that a refusal is seen before anything of the body was read.
    const forwarded = send(url, { method, headers, agent: false });
    let isConnected = false;
    forwarded.once('socket', (socket) =>
      socket.once('connect', () => {
        isConnected = true;
        passed.push(`${method} ${url.pathname} -> ${replica}`);
        incoming.pipe(forwarded);
      }),
    );
    forwarded.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      // The other side has to see a broken stream as one, and not as one that has come to its end.
      answer.once('close', () => answer.complete || outgoing.destroy());
    });
    forwarded.once('error', () => {
      if (!isConnected) return retire(replica, incoming, outgoing);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end('The replica went away.\n');
    });
    outgoing.once('close', () => forwarded.destroy());
  }

  function retire(replica: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (outgoing.destroyed) return;
    replicas.splice(0, replicas.length, ...replicas.filter((each) => each !== replica));
    pass(incoming, outgoing);
  }

  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  end(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  // A listener on a port always has an address of this form.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, add: (replica) => void replicas.push(replica), passed };
}
