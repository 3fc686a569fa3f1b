import { randomUUID } from 'node:crypto';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { profileWords, readCatalog, select, type ToolEntry } from '../catalog.js';
import { type Config, ConfigError } from '../config.js';
import type { Fleet } from '../fleet/fleet.js';
import { resourceTemplates } from '../fleet/resources/resource-source.js';
import { createWatch } from '../fleet/resources/watch.js';
import { providerFacts } from '../providers/settings.js';
import { createServer, type ServerOptions } from '../server/create-server.js';
import { type PromptOptions, promptCompleter } from '../server/prompts.js';
import { skillShelf } from '../server/skills.js';
import { noticing, subscriptionsTo } from '../server/subscriptions.js';
import type { Send } from '../wire/http.js';
import { instructions } from './instructions.js';

export interface ServeOptions {
  config: Config;
  faults?: readonly string[];
  version: string;
  log: (line: string) => void;
}

/** Serves MCP over stdio until the client closes it. */
export async function serve({ config: given, faults, version, log }: ServeOptions): Promise<void> {
  const catalog = await readCatalog();
  requireKnownWords(given.profile ?? [], catalog);
  const { config, send } = await reach(given, faults, log);
  const providers = [...config.providers.keys()];
  const tools = select(catalog, { providers, profile: config.profile ?? ['core'], readOnly: config.readOnly ?? false });
  // Put together with the first request that needs it: a server that is only listed starts faster.
  const composed = once(async () => (await import('./compose.js')).compose({ config, send, log, catalog }));
  const onerror = (error: unknown) => log(`pgfleet: ${error instanceof Error ? error.message : String(error)}`);
  const subscriptions = subscriptionsTo(watchOver(composed, config, log), onerror);
  const runbooks: PromptOptions = {
    prompts: async () => (await import('../../prompts/index.js')).prompts,
    language: config.lang === 'ko' ? 'ko' : 'en',
  };
  const shelf = skillShelf(runbooks);
  const options: Omit<ServerOptions, 'era'> = {
    version,
    tools,
    instructions: instructions({
      products: providers.map((name) => providerFacts[name]?.product ?? name),
      listed: tools.length,
      all: catalog.filter(({ provider }) => provider === 'pgfleet' || providers.includes(provider)).length,
      isSandbox: Boolean(config.sandbox),
    }),
    call: async (...call) => (await composed()).call(...call),
    // One process, one client: whoever holds the other end of the pipe.
    principal: { id: randomUUID(), name: 'local', groups: [] },
    resources: { templates: resourceTemplates, sources: async () => [(await composed()).source, shelf] },
    completers: async () => {
      const { source, complete } = await composed();
      return {
        resource: (...asked) => source.complete(...asked),
        prompt: promptCompleter(runbooks, complete),
      };
    },
    subscriptions,
    runbooks,
    shelf,
    tasks: async () => (await composed()).tasks,
  };
  const handle = serveStdio(({ era }) => createServer({ ...options, era }), {
    transport: noticing(new StdioServerTransport(), subscriptions),
    onerror,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void handle.close());
}

/** Looks at the fleet while somebody is subscribed; nothing is put together before. */
function watchOver(
  composed: () => Promise<{ fleet: Fleet }>,
  { pollSeconds = usualPollSeconds }: Config,
  log: (line: string) => void,
) {
  return createWatch({
    fleet: {
      inventory: async () => (await composed()).fleet.inventory(true),
      get: async (reference) => (await composed()).fleet.get(reference),
      events: async (query) => (await composed()).fleet.events(query),
      attention: async () => (await composed()).fleet.attention(),
      job: async (provider, id) => (await composed()).fleet.job(provider, id),
    },
    seconds: pollSeconds,
    now: Date.now,
    random: Math.random,
    log,
    later(work, milliseconds) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}

const usualPollSeconds = 30;

/** The providers of the configuration over the network, or those of the sandbox in this process. */
async function reach(config: Config, faults: readonly string[] | undefined, log: (line: string) => void) {
  if (config.sandbox) {
    const { startSandbox } = await import('./sandbox.js');
    const { emulator, providers } = startSandbox(config, faults);
    if (config.providers.size > 0) log('pgfleet: the sandbox is on, so the configured credentials are not used.');
    return { config: { ...config, providers }, send: emulator.send };
  }
  if (config.providers.size === 0) throw new ConfigError([nothingConfigured]);
  return { config, send: lazily(async () => (await import('../wire/undici.js')).overNetwork()) };
}

const nothingConfigured =
  'No provider is configured. Set its credentials (for NHN Cloud: NHN_APP_KEY, NHN_ACCESS_KEY_ID and ' +
  'NHN_SECRET_ACCESS_KEY), or start with --sandbox to use the embedded emulator.';

function lazily(load: () => Promise<Send>): Send {
  const loaded = once(load);
  return async (request, signal) => (await loaded())(request, signal);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function requireKnownWords(profile: readonly string[], catalog: readonly ToolEntry[]): void {
  const known = profileWords(catalog);
  const unknown = profile.filter((word) => !known.has(word));
  if (unknown.length === 0) return;
  throw new ConfigError([`The profile ${unknown.join(', ')} is not known. Known are: ${[...known].join(', ')}.`]);
}
