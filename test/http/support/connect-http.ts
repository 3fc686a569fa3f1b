import { type Client, type OAuthClientProvider, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { OAuthClientProvider as OlderProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { onTestFinished } from 'vitest';
import {
  type Answer,
  type Connection,
  clientFor,
  listenTo,
  peers,
  type Question,
  type Result,
  reply,
  toResult,
} from '../../support/connect.js';

/** Both protocol eras, and the former SDK's client over both transports of the older one. */
export const httpPeers = [...peers, 'former SDK over SSE'] as const;
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
  /** Gets tokens where the server says, in the way of either SDK. */
  authProvider?: OAuthClientProvider & OlderProvider;
  /** Where the server is asked; `/mcp` when left out. */
  path?: string;
  /** Further headers of each request. */
  headers?: Record<string, string>;
  /** When the connection ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

/** How a call is followed, and called off. */
export interface Following {
  onprogress?: (progress: { message?: string }) => void;
  signal?: AbortSignal;
}

export interface HttpConnection extends Pick<Connection, 'listTools' | 'client' | 'asked' | 'told' | 'heard'> {
  call: (name: string, args?: Record<string, unknown>, following?: Following) => Promise<Result>;
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
  const client = clientFor(peer === 'former SDK over SSE' ? 'former SDK' : peer, capabilities, ask);
  const transport = transportFor(client, options);
  const { told, heard } = listenTo(client);
  await client.connect(transport);
  end(() => client.close());
  return {
    client,
    asked,
    told,
    heard,
    call: async (name, input = {}, following = {}) =>
      toResult(await callTool(client, { name, arguments: input }, following)),
    listTools: async () => (await client.listTools()).tools,
    sessionId: () => ('sessionId' in transport ? transport.sessionId : undefined),
    close: () => client.close(),
  };
}

type Request = Parameters<Client['callTool']>[0];

/** The former SDK's client takes a schema between the request and its options; undefined stands for the usual one. */
const callTool = (client: Client | OlderClient, request: Request, following: Following) =>
  client instanceof OlderClient ? client.callTool(request, undefined, following) : client.callTool(request, following);

function transportFor(client: Client | OlderClient, options: ConnectHttpOptions) {
  const { url, peer, path, token, headers, authProvider } = options;
  const isSse = peer === 'former SDK over SSE';
  const address = new URL(path ?? (isSse ? '/sse' : '/mcp'), url);
  const authorization = token === undefined ? undefined : { Authorization: `Bearer ${token}` };
  const given = { authProvider, requestInit: { headers: { ...headers, ...authorization } } };
  if (!(client instanceof OlderClient)) return new StreamableHTTPClientTransport(address, given);
  return isSse ? new SSEClientTransport(address, given) : new OlderTransport(address, given);
}
