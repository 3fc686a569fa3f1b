import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { onTestFinished } from 'vitest';
import { auditLog } from '../../src/call/audit/log.js';
import { dispatch } from '../../src/call/builtin/dispatch.js';
import { builtinTools } from '../../src/call/builtin/index.js';
import { jobMemory } from '../../src/call/builtin/jobs.js';
import { tasks } from '../../src/call/builtin/tasks.js';
import { type CallContext, resolveTool } from '../../src/call/call-context.js';
import type { Connection } from '../../src/call/exchange.js';
import { consents } from '../../src/call/guard/consent.js';
import { listTools } from '../../src/docs/list-tools.js';
import { createEmulator, type EmulatorOptions } from '../../src/emulator/index.js';
import { completion } from '../../src/fleet/resources/completion.js';
import { resourceSource, resourceTemplates } from '../../src/fleet/resources/resource-source.js';
import { createWatch } from '../../src/fleet/resources/watch.js';
import { connectProvider } from '../../src/providers/index.js';
import { isProviderName, type ProviderName, type ProviderSettings } from '../../src/providers/settings.js';
import type { Send } from '../../src/providers/wire/http.js';
import { loadToolset } from '../../src/server/catalog.js';
import { addCompletion, addResources } from '../../src/server/resources.js';
import { addSubscriptions, noticing, subscriptionsTo } from '../../src/server/subscriptions.js';
import { addTasks } from '../../src/server/tasks.js';
import { type Config, readConfig } from '../../src/start/config.js';
import { composeFleet } from '../../src/start/fleet.js';
import { inMemory } from '../../src/store/memory.js';
import type { Peer } from '../support/connect.js';
import type { Frame } from '../support/raw.js';

interface PartsOptions extends EmulatorOptions {
  /** Changes what the providers answer. */
  altered?: (body: string) => string;
}

/** A fleet on the emulator, in this process, with a clock that the test turns. */
export function startParts({ altered = (body) => body, ...options }: PartsOptions = {}) {
  const emulator = createEmulator({ speed: 0, ...options });
  const { providers } = readConfig({ env: emulator.environment, flags: {} });
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-fleet-'));
  const now = () => emulator.world.now();
  const key = randomBytes(32);
  const connections = new Map<string, Promise<Connection>>();
  const send: Send = async (request, signal) => {
    const response = await emulator.send(request, signal);
    return { ...response, body: altered(response.body) };
  };
  const connect = async (name: string): Promise<Connection> => {
    const provider = await connectProvider(...accountOf(name, providers), { send, now });
    return { provider, send, otherPaths: new Map() };
  };
  const context: CallContext = {
    toolset: async (provider) => (providers.has(provider) ? loadToolset(provider) : undefined),
    connection: (provider) => {
      const connection = connections.get(provider) ?? connect(provider);
      connections.set(provider, connection);
      return connection;
    },
    providers: [...providers.keys()],
    readOnly: false,
    mode: 'auto',
    consents: consents({ key, store: inMemory(now), now }),
    audit: auditLog({ file: join(folder, 'audit.jsonl'), now }),
    secrets: { environment: {}, folder: join(folder, 'secrets') },
    language: 'en',
    now,
    newId: randomUUID,
    log: () => undefined,
  };
  const fleet = composeFleet(context);
  return { emulator, context, fleet, key, tasks: tasks({ key, context }) };
}

function accountOf(name: string, providers: Config['providers']): [ProviderName, ProviderSettings] {
  const settings = providers.get(name);
  if (!isProviderName(name) || !settings) throw new Error(`The provider ${name} is not on.`);
  return [name, settings];
}

/** Looks when the test says so, as often as somebody would be looked for. */
export function handTimer() {
  const due = new Set<() => void>();
  return {
    later: (work: () => void) => {
      due.add(work);
      return () => due.delete(work);
    },
    /** Lets the pause end; false when nobody is waiting. */
    strike(): boolean {
      const [work] = due;
      if (work) due.delete(work);
      work?.();
      return work !== undefined;
    },
  };
}

export type Parts = ReturnType<typeof startParts>;

/** Serves the parts as over stdio, and gives the client's end. */
export async function serveParts(parts: Parts, { callerId = 'someone' } = {}) {
  const { context, fleet } = parts;
  const timer = handTimer();
  const catalog = await listTools();
  const operations = catalog.filter(({ provider }) => context.providers.includes(provider) || provider === 'pgfleet');
  const jobs = jobMemory();
  const source = resourceSource({
    fleet,
    operations,
    declarationOf: async (name) => (await resolveTool(name, context))?.tool,
    recentJobs: jobs.recent,
    now: context.now,
    reasonOf: (error) => ({ message: String(error) }),
  });
  const complete = completion({ fleet, tools: operations.map(({ name }) => name) });
  const watch = createWatch({ fleet, now: context.now, random: () => 0.5, later: timer.later, log: () => undefined });
  const subscriptions = subscriptionsTo(watch, () => undefined);

  const create = () => {
    const server = new Server({ name: 'parts', version: '1.0.0' }, { capabilities: { tools: {} } });
    addResources(server, { templates: resourceTemplates, sources: async () => [source] });
    addCompletion(server, async () => ({
      resource: async (...all) => source.complete(...all),
      prompt: async (_name, argument, text) => complete(argument === 'provider' ? 'provider' : 'instance', text),
    }));
    addSubscriptions(server, subscriptions);
    const asTask = addTasks(server, { tasks: async () => parts.tasks, callerId });
    server.setRequestHandler('tools/call', async ({ params }, context) => {
      const { mcpReq } = context;
      const answer = { state: mcpReq.requestState<string>(), responses: mcpReq.inputResponses };
      const caller = {
        id: callerId,
        name: callerId,
        groups: [],
        client: 'test',
        canBeAsked: true,
        canOpenPages: false,
        answer,
      };
      const result = await dispatch({ name: params.name, args: params.arguments, caller }, builtinTools, parts.context);
      if (!result) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'no such tool');
      jobs.note(result);
      return asTask(result, context);
    });
    return server;
  };
  const [near, far] = InMemoryTransport.createLinkedPair();
  const handle = serveStdio(create, { transport: noticing(far, subscriptions) });
  onTestFinished(() => handle.close());
  return { transport: near, timer, parts, complete };
}

type Served = Awaited<ReturnType<typeof serveParts>>;

/** A client of each kind on it, with everything that it was told. */
export async function clientOf({ transport }: Pick<Served, 'transport'>, peer: Peer = '2026') {
  const info = { name: 'test', version: '1.0.0' };
  const told: string[] = [];
  const hear = ({ method, params }: { method: string; params?: Record<string, unknown> }) => {
    told.push(typeof params?.['uri'] === 'string' ? params['uri'] : method);
  };
  if (peer === 'former SDK') {
    const client = new OlderClient(info);
    client.fallbackNotificationHandler = async (notification) => hear(notification);
    await client.connect(transport);
    return { client, told };
  }
  const negotiation = peer === '2026' ? { versionNegotiation: { mode: 'auto' as const } } : {};
  const client = new Client(info, negotiation);
  client.fallbackNotificationHandler = async (notification) => hear(notification);
  await client.connect(transport);
  return { client, told };
}

/** Nothing but frames of the newer era; the capabilities go with each. */
export async function rawOf({ transport }: Pick<Served, 'transport'>, capabilities: object = {}) {
  const waiting = new Map<unknown, (frame: Frame) => void>();
  Object.assign(transport, { onmessage: (frame: Frame) => waiting.get(frame.id)?.(frame) });
  await transport.start();
  let last = 0;
  return (method: string, params: object = {}, own: object = capabilities) =>
    new Promise<Frame>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1.0.0' },
        'io.modelcontextprotocol/clientCapabilities': own,
      };
      void transport.send({ jsonrpc: '2.0', id: last, method, params: { ...params, _meta } });
    });
}

/** Long enough for everything that was begun in this process to have ended. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 200; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
