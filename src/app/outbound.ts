import type { Config } from '../config/config.js';
import { endedSettings } from '../config/ended-settings.js';
import { ConfigError } from '../define/config-error.js';
import type { Send } from '../providers/wire/http.js';
import { openNetwork } from '../providers/wire/network.js';
import { named, namedFetch } from '../providers/wire/user-agent.js';
import type { Clock } from '../values/clock.js';

export interface OutboundOptions {
  config: Config;
  /** Faults of the sandbox, as the command line names them. */
  faults?: readonly string[];
  version: string;
  clock: Clock;
  log: (line: string) => void;
}

export interface Outbound {
  /** The configuration with the accounts that really exist: those of the sandbox when it is on. */
  config: Config;
  /** Sends requests to the providers: over the network, to the sandbox in this process, or both. */
  send: Send;
  /** Asks the issuer of tokens. */
  fetch: typeof globalThis.fetch;
  /** Ends what was started for it. */
  close: () => Promise<void>;
}

/** Connects to where the configured accounts are. Throws a `ConfigError` when there is no account. */
export async function openOutbound(options: OutboundOptions): Promise<Outbound> {
  const network = openNetwork({ proxies: options.config.proxies });
  const opened = await configuredAccounts(options, network.send);
  for (const line of endedSettings(opened.config.accounts.values(), options.clock.now())) options.log(line);
  const { version } = options;
  return { ...opened, send: named(opened.send, version), fetch: namedFetch(network.fetch, version) };
}

async function configuredAccounts(
  { config, faults, log }: OutboundOptions,
  network: Send,
): Promise<Omit<Outbound, 'fetch'>> {
  const isEmulated = Boolean(config.sandbox);
  const sandboxed = [...config.accounts.values()].filter(({ isSandbox }) => isSandbox);
  if (!isEmulated && config.accounts.size === 0) throw new ConfigError([nothingConfigured]);
  if (!isEmulated && sandboxed.length === 0) return { config, send: network, close: async () => undefined };
  if (isEmulated && sandboxed.length < config.accounts.size)
    log('the sandbox is on, so the configured credentials are not used.');
  const { startSandbox } = await import('./sandbox/sandbox.js');
  const { emulator, accounts, databases, close } = await startSandbox({ config, faults, log });
  const emulated = new Set([...emulator.accounts.values()].map(({ origin }) => origin));
  return {
    config: {
      ...config,
      accounts: isEmulated ? accounts : new Map([...config.accounts, ...accounts]),
      databases: [...config.databases, ...databases],
    },
    close,
    send: (request, signal) => (emulated.has(new URL(request.url).origin) ? emulator.send : network)(request, signal),
  };
}

const nothingConfigured =
  'No provider is configured. Set its credentials (for NHN Cloud: NHN_APP_KEY, NHN_ACCESS_KEY_ID and ' +
  'NHN_SECRET_ACCESS_KEY), or start with --sandbox to use the embedded emulator.';
