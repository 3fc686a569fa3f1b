import type { Config } from '../../config/config.js';
import { databaseVariablePrefix } from '../../config/databases/read-databases.js';
import { ConfigError } from '../../define/config-error.js';
import { type Fault, faultKinds, parseFault } from '../../emulator/core/faults.js';
import { scenarios } from '../../emulator/core/world.js';
import { createEmulator, type Emulator, emulated } from '../../emulator/index.js';
import { serveEmulator } from '../../emulator/serve.js';
import { type DatabaseConnection, variableName } from '../../inspect/database-connection.js';
import type { Account } from '../../providers/account.js';
import { openServers } from './servers.js';

export interface Sandbox {
  emulator: Emulator;
  /** How to look inside the real servers, if there are any. */
  databases: readonly DatabaseConnection[];
  close: () => Promise<void>;
  /** The accounts that the emulator has, with the settings to connect to them. */
  accounts: ReadonlyMap<string, Account>;
}

export interface SandboxOptions {
  config: Config;
  faults?: readonly string[];
  log: (line: string) => void;
}

/** Starts the emulator as configured, with the accounts of the file that are marked as emulated. */
export async function startSandbox({ config, faults = [], log }: SandboxOptions): Promise<Sandbox> {
  const marked = [...config.accounts.values()].filter(({ isSandbox }) => isSandbox);
  const providers = providersOf(config);
  const names = [...providers, ...marked.map(({ name }) => name)];
  const scenario = knownScenario(config.scenario);
  const servers = config.sandboxPostgres ? await openServers({ scenario, log }) : undefined;
  const emulator = createEmulator({
    backing: servers?.backing,
    providers,
    accounts: Object.fromEntries(marked.map(({ name, provider }) => [name, provider])),
    scenario,
    speed: config.sandboxSpeed,
    faults: faults.map((text) => knownFault(text, names)),
  });
  const accounts = [...emulator.accounts].map(([name, { provider, settings }]): [string, Account] => [
    name,
    { ...config.accounts.get(name), name, provider, settings, isSandbox: true, workSpeed: config.sandboxSpeed },
  ]);
  const common = { emulator, accounts: new Map(accounts) };
  return servers ? { ...common, ...(await servers.behind(emulator)) } : { ...common, databases: [], close };
}

const close = async () => undefined;

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
  const sandbox = await startSandbox({ config, faults, log: (line) => say(`${line}\n`) });
  const { environment, close } = await serveEmulator(sandbox.emulator, port);
  const variables = { ...environment, ...Object.fromEntries(sandbox.databases.map(variableOf)) };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  say(`The sandbox listens. Anything can be pointed at it with:\n${lines.join('')}`);
  return async () => {
    await close();
    await sandbox.close();
  };
}

/** The variable with which another process looks inside the same server. */
const variableOf = ({ account, instance, user, password, database }: DatabaseConnection): [string, string] => [
  `${databaseVariablePrefix}${variableName(`${account}_${instance}`)}`,
  `postgres://${user}:${password}@/${database}?sslmode=disable`,
];

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
