import { randomUUID } from 'node:crypto';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Caller } from '../call/caller.js';
import { profileWords, readCatalog, select, type ToolEntry } from '../catalog.js';
import { type Config, ConfigError } from '../config.js';
import { providerFacts } from '../providers/settings.js';
import { createServer } from '../server/create-server.js';
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
  const options = {
    version,
    tools,
    instructions: instructions({
      products: providers.map((name) => providerFacts[name]?.product ?? name),
      listed: tools.length,
      all: catalog.filter(({ provider }) => provider === 'pgfleet' || providers.includes(provider)).length,
      isSandbox: Boolean(config.sandbox),
    }),
    call: corridor(config, send, log),
    // One process, one client: whoever holds the other end of the pipe.
    callerId: randomUUID(),
  };
  const handle = serveStdio(() => createServer(options), { onerror: (error) => log(`pgfleet: ${error.message}`) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void handle.close());
}

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

/** The corridor is put together with the first call: a server that is only listed starts faster. */
function corridor(config: Config, send: Send, log: (line: string) => void) {
  const compose = once(async () => (await import('./compose.js')).composeCall({ config, send, log }));
  return async (name: string, args: unknown, caller: Caller) => (await compose())(name, args, caller);
}

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
