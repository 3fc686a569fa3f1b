import { randomBytes } from 'node:crypto';
import { consents } from '../../../src/call/guard/consent.js';
import { createHttpApp } from '../../../src/http/app.js';
import { listen } from '../../../src/http/listen.js';
import { toolList } from '../../../src/server/create-server.js';
import { promptCompleter } from '../../../src/server/prompts.js';
import { skillShelf } from '../../../src/server/skills.js';
import { protocol } from '../../../src/start/http/protocol.js';
import { httpSettings } from '../../../src/start/http/settings.js';
import { underWay } from '../../../src/start/http/shutdown.js';
import type { Serving } from '../../../src/start/prepare.js';
import { inMemory } from '../../../src/store/memory.js';
import type { Watch } from '../../../src/values/watch.js';
import { askingTools } from './fixtures/asking.js';
import { fixturePrompts, fixtureResources, promptSource } from './fixtures/contents.js';
import { fixtureTasks, jobTools } from './fixtures/jobs.js';
import { entryOf, plainTools } from './fixtures/tools.js';

export interface FixtureServer {
  url: string;
  close: () => Promise<void>;
}

/** The product's way of serving over HTTP, from its socket to its list of tools, with what the suite wants to find. */
export async function startFixtures(): Promise<FixtureServer> {
  const now = Date.now;
  const store = inMemory(now);
  const key = randomBytes(32);
  const settings = httpSettings({ port: 0, providers: new Map(), secretEnvironment: {} });

  const tools = [...plainTools, ...askingTools(consents({ key, store, now })), ...jobTools];
  const catalog = tools.map(entryOf);
  const runbooks = { prompts: async () => fixturePrompts, language: 'en' as const };
  const tasks = fixtureTasks(now);
  const serving: Serving = {
    version: '0.0.0',
    tools: toolList(catalog),
    instructions: 'Fixtures of the conformance suite.',
    call: async (name, args, caller) =>
      tools.find((tool) => tool.name === name)?.run(args as Record<string, unknown>, caller),
    resources: fixtureResources,
    completers: async () => ({ resource: async () => [], prompt: promptCompleter(runbooks, async () => []) }),
    prompts: promptSource(runbooks),
    shelf: skillShelf(runbooks),
    tasks: async () => tasks,
  };

  const spoken = protocol({
    catalog,
    paths: { faultOf: () => undefined, serving: () => serving },
    settings,
    store,
    key,
    replica: 'fixtures',
    changes: unchanging,
    limited: () => undefined,
    calls: underWay(),
    closing: new AbortController().signal,
    now,
    onerror: ignored,
  });
  const { mcp, sse } = spoken;
  const app = createHttpApp({
    mcp,
    sse,
    faultOf: () => undefined,
    page: { fetch: async () => new Response(null, { status: 404 }) },
    gate: async () => ({ id: 'local', name: 'local', groups: [] }),
    isSignInNeeded: false,
    hosts: settings.hosts,
    origins: settings.origins,
    notReady: async () => [],
    isDraining: () => false,
    metrics: { text: async () => '', contentType: 'text/plain' },
    onerror: ignored,
  });
  const listening = await listen({ ...settings, fetch: app.fetch, onerror: ignored });
  return {
    url: `http://127.0.0.1:${listening.port}`,
    async close() {
      await spoken.close();
      await listening.close();
      await store.close();
    },
  };
}

/** What is written to the log: every request that the suite sends to see it refused. */
const ignored = () => undefined;

/** Resources that can be subscribed to, although nothing ever happens to them. */
const unchanging: Watch = {
  covers: (uri) => uri === 'test://watched-resource',
  listen: () => () => undefined,
  refresh: () => undefined,
};
