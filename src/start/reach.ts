import { ConfigError } from '../define/config-error.js';
import type { Send } from '../providers/wire/http.js';
import { readCatalog } from '../server/catalog.js';
import type { Config } from './config.js';

/** The providers of the configuration over the network, or those of the sandbox in this process. */
export async function reach(config: Config, faults: readonly string[] | undefined, log: (line: string) => void) {
  const catalog = await readCatalog();
  if (config.sandbox) {
    const { startSandbox } = await import('./sandbox.js');
    const { emulator, providers } = startSandbox(config, faults);
    if (config.providers.size > 0) log('the sandbox is on, so the configured credentials are not used.');
    return { config: { ...config, providers }, send: emulator.send, catalog };
  }
  if (config.providers.size === 0) throw new ConfigError([nothingConfigured]);
  return { config, send: lazily(async () => (await import('../providers/wire/undici.js')).overNetwork()), catalog };
}

const nothingConfigured =
  'No provider is configured. Set its credentials (for NHN Cloud: NHN_APP_KEY, NHN_ACCESS_KEY_ID and ' +
  'NHN_SECRET_ACCESS_KEY), or start with --sandbox to use the embedded emulator.';

function lazily(load: () => Promise<Send>): Send {
  const loaded = once(load);
  return async (request, signal) => (await loaded())(request, signal);
}

export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
