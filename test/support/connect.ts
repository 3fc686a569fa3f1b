import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type ElicitResult } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { onTestFinished } from 'vitest';
import { sandboxFile } from '../../src/call/audit/separate.js';
import type { Clock } from '../../src/values/clock.js';
import type { Fleet } from './fleet.js';
import { runInProcess } from './in-process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: { pgfleet: string } };

/** What `pgfleet` starts, built. */
export const entry = join(root, bin.pgfleet);

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
  fleet?: Pick<Fleet, 'environment'>;
  env?: Record<string, string>;
  args?: string[];
  /** The built product as a process of its own, for what is about a process. */
  process?: boolean;
  /** Of the server in this process; left out, one on which pauses are over at once. */
  clock?: Clock;
  /** When the connection ends; with the test when left out. */
  end?: (close: () => Promise<void>) => void;
}

export interface Connection {
  call: (name: string, args?: Record<string, unknown>) => Promise<Result>;
  listTools: () => Promise<{ name: string; [key: string]: unknown }[]>;
  client: Client | OlderClient;
  /** Every question that was asked. */
  asked: Question[];
  /** The addresses of resources that were told to have changed, and the methods of other notifications. */
  told: string[];
  /** Resolves once that was told, at once if it was already. */
  heard: (what: string) => Promise<void>;
  stderr: () => string;
  audit: () => Record<string, unknown>[];
  /** The lines of what was done to emulated accounts of this server. */
  sandboxAudit: () => Record<string, unknown>[];
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

/** A real client on the product over stdio: on the real composition in this process, or on the built one. */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  const { peer = '2026', answer, end = onTestFinished } = options;
  const asked: Question[] = [];
  const ask = async (question: Question) => {
    asked.push(question);
    return reply(answer ?? 'cancel', question);
  };
  const client = clientFor(peer, answer ? { elicitation: { form: {} } } : {}, ask);
  const { told, heard } = listenTo(client);
  const { folder, auditLog, stderr, close } = await (options.process ? startProcess : startHere)(client, options);
  end(close);
  return {
    client,
    asked,
    told,
    heard,
    folder,
    auditLog,
    stderr,
    call: async (name, input = {}) => toResult(await client.callTool({ name, arguments: input })),
    listTools: async () => (await client.listTools()).tools,
    audit: () => linesOf(auditLog),
    sandboxAudit: () => linesOf(sandboxFile(auditLog)),
  };
}

interface Started {
  folder: string;
  auditLog: string;
  stderr: () => string;
  close: () => Promise<void>;
}

type AnyClient = ReturnType<typeof clientFor>;

const argsOf = ({ args, fleet }: ConnectOptions): string[] =>
  args ?? (fleet ? ['--profile', 'full'] : ['--sandbox', '--profile', 'full']);

async function startHere(client: AnyClient, options: ConnectOptions): Promise<Started> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const env = { ...options.fleet?.environment, ...options.env };
  const served = await runInProcess({ args: argsOf(options), env, transport: () => far, clock: options.clock });
  await client.connect(near);
  const close = async () => {
    await client.close();
    await served.close();
  };
  return { ...served, close };
}

async function startProcess(client: AnyClient, options: ConnectOptions): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-test-'));
  const auditLog = join(folder, 'audit.jsonl');
  const server = {
    command: process.execPath,
    args: [entry, ...argsOf(options)],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      PGFLEET_AUDIT_LOG: auditLog,
      PGFLEET_SECRETS_DIR: join(folder, 'secrets'),
      ...options.fleet?.environment,
      ...options.env,
    },
    stderr: 'pipe' as const,
  };
  const transport = client instanceof OlderClient ? new OlderTransport(server) : new StdioClientTransport(server);
  const chunks: Buffer[] = [];
  transport.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await client.connect(transport);
  return { folder, auditLog, stderr: () => Buffer.concat(chunks).toString('utf8'), close: () => client.close() };
}

type Ask = (question: Question) => Promise<ElicitResult>;

const info = { name: 'test', version: '1.0.0' };

/** One of the kinds, which passes on what it is asked. */
export function clientFor(peer: Peer, capabilities: object, ask: Ask): Client | OlderClient {
  const canBeAsked = 'elicitation' in capabilities;
  if (peer === 'former SDK') {
    const client = new OlderClient(info, { capabilities });
    if (canBeAsked) client.setRequestHandler(ElicitRequestSchema, ({ params }) => ask(params));
    return client;
  }
  const negotiation = peer === '2026' ? { versionNegotiation: { mode: 'auto' as const } } : {};
  const client = new Client(info, { capabilities, ...negotiation });
  if (canBeAsked) client.setRequestHandler('elicitation/create', ({ params }) => ask(params));
  return client;
}

/** Everything that a client is told without having asked. */
export function listenTo(client: Client | OlderClient): Pick<Connection, 'told' | 'heard'> {
  const told: string[] = [];
  const waiting = new Set<() => void>();
  client.fallbackNotificationHandler = async ({ method, params }: Notice) => {
    told.push(typeof params?.['uri'] === 'string' ? params['uri'] : method);
    for (const look of waiting) look();
    waiting.clear();
  };
  return {
    told,
    heard: async (what) => {
      while (!told.includes(what)) await new Promise<void>((resolve) => waiting.add(resolve));
    },
  };
}

interface Notice {
  method: string;
  params?: Record<string, unknown>;
}

export const linesOf = (file: string): Record<string, unknown>[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : [];

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
