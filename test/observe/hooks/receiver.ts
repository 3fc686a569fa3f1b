import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished } from 'vitest';
import { fileWith } from '../../support/accounts.js';

/** A message as it came in, with its signature verified. */
export interface Received {
  id: string;
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

export interface Receiver {
  url: string;
  /** Each message that was taken. */
  received: Received[];
  /** The bodies of all requests, whatever was answered. */
  bodies: string[];
  /** The ids of all tries, whatever was answered. */
  tries: string[];
  /** What is answered. */
  answer: (id: string) => number;
  /** Nothing answers any more, until `start`. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  /** Resolves once so many messages of this type were taken. */
  heard: (type: string, count?: number) => Promise<Received[]>;
}

export const hookKey = `whsec_${Buffer.from('a key of thirty-two bytes, as it is').toString('base64')}`;

/** A place on loopback that takes events, and verifies each by the library of the specification. */
export async function startReceiver(key: string | undefined = hookKey): Promise<Receiver> {
  let server: Server | undefined;
  let port = 0;
  const receiver: Receiver = {
    url: '',
    received: [],
    bodies: [],
    tries: [],
    answer: () => 204,
    async stop() {
      const stopping = server;
      server = undefined;
      stopping?.closeAllConnections();
      if (stopping) await new Promise((resolve) => stopping.close(resolve));
    },
    async start() {
      const started = createServer((request, response) => void take(request, response));
      await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', resolve));
      server = started;
      port = (started.address() as AddressInfo).port;
      receiver.url = `http://127.0.0.1:${port}/`;
    },
    heard: async (type, count = 1) => {
      const ofType = () => receiver.received.filter((each) => each.type === type);
      await expect.poll(() => ofType().length, { timeout: 45_000, interval: 20 }).toBeGreaterThanOrEqual(count);
      return ofType();
    },
  };

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Asked by somebody who looks whether the place is there, and who sends nothing.
    if (request.method === 'HEAD') return void response.writeHead(405).end();
    const body = await text(request);
    const id = String(request.headers['webhook-id']);
    receiver.bodies.push(body);
    receiver.tries.push(id);
    const status = receiver.answer(id);
    if (status < 300) receiver.received.push(messageOf(id, body, request.headers as Record<string, string>));
    response.writeHead(status, { location: `${receiver.url}elsewhere` }).end('An answer that nobody reads.');
  }

  function messageOf(id: string, body: string, headers: Record<string, string>): Received {
    const { type, timestamp, data } = new Webhook(key ?? '').verify(body, headers) as Omit<Received, 'id'>;
    return { id, type, timestamp, data };
  }

  await receiver.start();
  onTestFinished(receiver.stop);
  return receiver;
}

/** The environment of a server that tells this receiver. */
export const hooksTo = (receiver: Receiver, more: Record<string, unknown> = {}): Record<string, string> => ({
  PGFLEET_HOOKS: fileWith('hooks.json', {
    targets: { ops: { url: receiver.url, key: hookKey, allow: ['127.0.0.1'], ...more } },
  }),
});
