import { transports } from '../../../src/app/http/transports.js';
import { inFlight } from '../../../src/app/in-flight.js';
import type { Served } from '../../../src/app/served.js';
import { consents } from '../../../src/call/guard/consent.js';
import { systemClock, systemRandom } from '../../../src/cli/system.js';
import { httpSettings } from '../../../src/config/serving/http-settings.js';
import { createHttpApp } from '../../../src/http/app.js';
import { bind } from '../../../src/http/bind.js';
import { noProxies } from '../../../src/providers/wire/proxies.js';
import { toolList } from '../../../src/server/create-server.js';
import { promptCompleter } from '../../../src/server/prompts.js';
import { skillShelf } from '../../../src/server/skills/skills.js';
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
  const { now } = systemClock;
  const store = inMemory(now);
  const key = systemRandom.bytes(32);
  const settings = httpSettings({
    port: 0,
    accounts: new Map(),
    databases: [],
    hookTargets: [],
    proxies: noProxies,
    secretEnvironment: {},
  });

  const tools = [...plainTools, ...askingTools(consents({ key, store, now, random: systemRandom })), ...jobTools];
  const catalog = tools.map(entryOf);
  const { wording } = toolList({ listed: [], callable: [] }, new Map());
  const runbooks = { prompts: async () => fixturePrompts, language: 'en' as const, wording };
  const served: Served = {
    version: '0.0.0',
    tools: toolList({ listed: catalog, callable: catalog }, new Map()),
    instructions: 'Fixtures of the conformance suite.',
    call: async (name, args, caller) =>
      tools.find((tool) => tool.name === name)?.run(args as Record<string, unknown>, caller),
    resources: fixtureResources,
    completers: { resource: async () => [], prompt: promptCompleter(runbooks, async () => []) },
    prompts: promptSource(runbooks),
    shelf: skillShelf(runbooks),
    tasks: fixtureTasks(now),
  };

  const isDraining = () => false;
  const spoken = transports({
    catalog,
    paths: { served: () => served },
    settings,
    store,
    key,
    replica: 'fixtures',
    watch: unchanging,
    limited: () => undefined,
    accountFor: async () => 'fixtures',
    open: (name, args) => ({ name, args }),
    mayHear: async () => true,
    isDraining,
    calls: inFlight(systemClock),
    clock: systemClock,
    random: systemRandom,
    onerror: ignored,
  });
  const { fetch } = createHttpApp({
    ...spoken.routes,
    faultOf: () => undefined,
    page: { fetch: async () => new Response(null, { status: 404 }) },
    gate: async () => ({ id: 'local', name: 'local', groups: [] }),
    isSignInNeeded: false,
    hosts: settings.hosts,
    origins: settings.origins,
    notReady: async () => [],
    isDraining,
    card: { version: '', url: '', needsStaticToken: false },
    metrics: { text: async () => '', contentType: 'text/plain' },
    onerror: ignored,
  });
  const port = await bind({ ...settings, onerror: ignored });
  port.serve(fetch);
  return {
    url: `http://127.0.0.1:${port.port}`,
    async close() {
      await spoken.close();
      await port.close();
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
