import type { Config } from '../config/config.js';
import { ConfigError } from '../define/config-error.js';
import { type Fault, faultKinds, parseFault } from '../emulator/core/faults.js';
import { scenarios } from '../emulator/core/world.js';
import { createEmulator, type Emulator, emulated } from '../emulator/index.js';
import { serveEmulator } from '../emulator/serve.js';
import type { Account } from '../providers/account.js';

export interface Sandbox {
  emulator: Emulator;
  /** The accounts that the emulator has, with the settings to connect to them. */
  accounts: ReadonlyMap<string, Account>;
}

/** Starts the emulator as configured, with the accounts of the file that are marked as emulated. */
export function startSandbox(config: Config, faults: readonly string[] = []): Sandbox {
  const marked = [...config.accounts.values()].filter(({ isSandbox }) => isSandbox);
  const providers = providersOf(config);
  const names = [...providers, ...marked.map(({ name }) => name)];
  const emulator = createEmulator({
    providers,
    accounts: Object.fromEntries(marked.map(({ name, provider }) => [name, provider])),
    scenario: knownScenario(config.scenario),
    speed: config.sandboxSpeed,
    faults: faults.map((text) => knownFault(text, names)),
  });
  const accounts = [...emulator.accounts].map(([name, { provider, settings }]): [string, Account] => [
    name,
    { ...config.accounts.get(name), name, provider, settings, isSandbox: true, workSpeed: config.sandboxSpeed },
  ]);
  return { emulator, accounts: new Map(accounts) };
}

/** Finds the providers whose own account is emulated. */
function providersOf({ sandbox }: Config): readonly string[] {
  if (!sandbox) return [];
  return Array.isArray(sandbox) ? knownProviders(sandbox) : emulated;
}

export interface ServeSandboxOptions {
  config: Config;
  faults?: readonly string[];
  port: number;
  /** Prints for the person at the terminal. */
  say: (text: string) => void;
}

/** Serves the emulator on loopback until the returned function is called. */
export async function serveSandbox({ config, faults, port, say }: ServeSandboxOptions): Promise<() => Promise<void>> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError(['--port has to be a number from 0 to 65535.']);
  const { emulator } = startSandbox(config, faults);
  const { environment, close } = await serveEmulator(emulator, port);
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  say(`The sandbox listens. Anything can be pointed at it with:\n${lines.join('')}`);
  return close;
}

function knownProviders(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !emulated.includes(name));
  if (unknown.length === 0) return names;
  throw new ConfigError([`The sandbox has no ${unknown.join(', ')}; it has ${emulated.join(', ')}.`]);
}

function knownScenario(name: string | undefined): (typeof scenarios)[number] | undefined {
  const scenario = scenarios.find((each) => each === name);
  if (name === undefined || scenario) return scenario;
  throw new ConfigError([`There is no scenario ${name}; there are ${scenarios.join(', ')}.`]);
}

function knownFault(text: string, accounts: readonly string[]): Fault {
  const fault = parseFault(text);
  const { account } = fault ?? {};
  if (account !== undefined && !accounts.includes(account))
    throw new ConfigError([`${text} is no fault: there is no account ${account}; there are ${accounts.join(', ')}.`]);
  if (fault) return fault;
  const form = 'METHOD /path=kind, with an account before it, :value and *times where wanted';
  throw new ConfigError([`${text} is no fault: write ${form}. Kinds are ${faultKinds.join(', ')}.`]);
}
