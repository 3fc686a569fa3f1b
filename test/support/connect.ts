import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type ElicitResult } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { onTestFinished } from 'vitest';
import type { Fleet } from './fleet.js';

export const entry = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

/** The newest revision, the one before it, and the former SDK's client, which knows only the latter. */
export const peers = ['2026', '2025', 'former SDK'] as const;
export type Peer = (typeof peers)[number];

export interface Question {
  message: string;
  requestedSchema?: unknown;
}

/** What the person at the client says; `yes` types or ticks what the question asks for. */
export type Answer = 'yes' | 'decline' | 'cancel' | ((question: Question) => ElicitResult | Promise<ElicitResult>);

export interface ConnectOptions {
  peer?: Peer;
  /** Left out, the client cannot be asked. */
  answer?: Answer;
  /** Where the provider is; left out, the server runs its own sandbox. */
  fleet?: Fleet;
  env?: Record<string, string>;
  args?: string[];
  /** When the connection ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

export interface Connection {
  call: (name: string, args?: Record<string, unknown>) => Promise<Result>;
  listTools: () => Promise<{ name: string; [key: string]: unknown }[]>;
  client: Client | OlderClient;
  /** Every question that was asked. */
  asked: Question[];
  stderr: () => string;
  audit: () => Record<string, unknown>[];
  auditLog: string;
  /** A folder of this connection's own. */
  folder: string;
}

export interface Result {
  text: string;
  isError: boolean;
  data: Record<string, unknown>;
  raw: unknown;
}

/** A real client on the built server, over stdio. */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  const { peer = '2026', answer, fleet, env = {}, args, end = onTestFinished } = options;
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-test-'));
  const auditLog = join(folder, 'audit.jsonl');
  const server = {
    command: process.execPath,
    args: [entry, ...(args ?? (fleet ? ['--profile', 'full'] : ['--sandbox', '--profile', 'full']))],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      PGFLEET_AUDIT_LOG: auditLog,
      PGFLEET_SECRETS_DIR: join(folder, 'secrets'),
      ...fleet?.environment,
      ...env,
    },
    stderr: 'pipe' as const,
  };
  const asked: Question[] = [];
  const ask = async (question: Question) => {
    asked.push(question);
    return reply(answer ?? 'cancel', question);
  };
  const capabilities = answer ? { elicitation: { form: {} } } : {};
  const { client, transport } =
    peer === 'former SDK' ? former(server, capabilities, ask) : current(peer, server, capabilities, ask);
  const chunks: Buffer[] = [];
  transport.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await client.connect(transport);
  end(() => client.close());
  return {
    client,
    asked,
    folder,
    auditLog,
    call: async (name, input = {}) => toResult(await client.callTool({ name, arguments: input })),
    listTools: async () => (await client.listTools()).tools,
    stderr: () => Buffer.concat(chunks).toString('utf8'),
    audit: () =>
      readFileSync(auditLog, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

type Server = ConstructorParameters<typeof StdioClientTransport>[0];
type Ask = (question: Question) => Promise<ElicitResult>;

function current(peer: Peer, server: Server, capabilities: object, ask: Ask) {
  const negotiation = peer === '2026' ? { versionNegotiation: { mode: 'auto' as const } } : {};
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities, ...negotiation });
  if ('elicitation' in capabilities) client.setRequestHandler('elicitation/create', ({ params }) => ask(params));
  return { client, transport: new StdioClientTransport(server) };
}

function former(server: Server, capabilities: object, ask: Ask) {
  const client = new OlderClient({ name: 'test', version: '1.0.0' }, { capabilities });
  if ('elicitation' in capabilities) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => ask(params));
  }
  return { client, transport: new OlderTransport(server) };
}

export function reply(answer: Answer, question: Question): ElicitResult | Promise<ElicitResult> {
  if (typeof answer === 'function') return answer(question);
  if (answer !== 'yes') return { action: answer };
  const name = /Type `([^`]+)` to confirm/.exec(question.message)?.[1];
  return { action: 'accept', content: name === undefined ? { confirm: true } : { name } };
}

export function toResult(raw: unknown): Result {
  const {
    content = [],
    isError,
    structuredContent,
  } = raw as {
    content?: { type: string; text?: string }[];
    isError?: boolean;
    structuredContent?: Record<string, unknown>;
  };
  const text = content.map((part) => part.text ?? '').join('\n');
  return { text, isError: isError === true, data: structuredContent ?? {}, raw };
}
