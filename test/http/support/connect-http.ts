import { Client, type ElicitResult, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { onTestFinished } from 'vitest';
import { type Answer, type Connection, listenTo, type Question, reply, toResult } from '../../support/connect.js';

/** Both protocol eras, and the former SDK's client over both transports of the older one. */
export const httpPeers = ['2026', '2025', 'former SDK', 'former SDK over SSE'] as const;
export type HttpPeer = (typeof httpPeers)[number];

export interface ConnectHttpOptions {
  /** Of the server, without a path. */
  url: string;
  peer?: HttpPeer;
  /** Left out, the client cannot be asked. */
  answer?: Answer;
  /** What the client says of itself; left out, it shows forms when it has an answer. */
  capabilities?: { elicitation?: { form?: object; url?: object } };
  token?: string;
  /** Where the server is asked; `/mcp` when left out. */
  path?: string;
  /** Further headers of each request. */
  headers?: Record<string, string>;
  /** When the connection ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

export interface HttpConnection extends Pick<Connection, 'call' | 'listTools' | 'client' | 'asked' | 'told' | 'heard'> {
  sessionId: () => string | undefined;
  close: () => Promise<void>;
}

/** A real client of one of the kinds, on a server over HTTP. */
export async function connectHttp(options: ConnectHttpOptions): Promise<HttpConnection> {
  const { peer = '2026', answer, end = onTestFinished } = options;
  const { capabilities = answer ? { elicitation: { form: {} } } : {} } = options;
  const asked: Question[] = [];
  const ask = async (question: Question) => {
    asked.push(question);
    return reply(answer ?? 'cancel', question);
  };
  const { client, transport } = peer.startsWith('former')
    ? former(options, capabilities, ask)
    : current(options, capabilities, ask);
  const { told, heard } = listenTo(client);
  await client.connect(transport);
  end(() => client.close());
  return {
    client,
    asked,
    told,
    heard,
    call: async (name, input = {}) => toResult(await client.callTool({ name, arguments: input })),
    listTools: async () => (await client.listTools()).tools,
    sessionId: () => ('sessionId' in transport ? transport.sessionId : undefined),
    close: () => client.close(),
  };
}

type Ask = (question: Question) => Promise<ElicitResult>;

const info = { name: 'test', version: '1.0.0' };

function current(options: ConnectHttpOptions, capabilities: object, ask: Ask) {
  const negotiation = options.peer === '2025' ? {} : { versionNegotiation: { mode: 'auto' as const } };
  const client = new Client(info, { capabilities, ...negotiation });
  if ('elicitation' in capabilities) client.setRequestHandler('elicitation/create', ({ params }) => ask(params));
  return { client, transport: new StreamableHTTPClientTransport(addressOf(options), { requestInit: init(options) }) };
}

function former(options: ConnectHttpOptions, capabilities: object, ask: Ask) {
  const client = new OlderClient(info, { capabilities });
  if ('elicitation' in capabilities) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => ask(params));
  }
  const Transport = options.peer === 'former SDK' ? OlderTransport : SSEClientTransport;
  return { client, transport: new Transport(addressOf(options), { requestInit: init(options) }) };
}

const addressOf = ({ url, peer, path = peer === 'former SDK over SSE' ? '/sse' : '/mcp' }: ConnectHttpOptions): URL =>
  new URL(path, url);

const init = ({ token, headers = {} }: ConnectHttpOptions): RequestInit => ({
  headers: { ...headers, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
});
