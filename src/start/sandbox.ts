import { ConfigError } from '../define/config-error.js';
import { type Fault, faultKinds, parseFault } from '../emulator/core/faults.js';
import { scenarios } from '../emulator/core/world.js';
import { createEmulator, type Emulator, emulated } from '../emulator/index.js';
import { serveEmulator } from '../emulator/serve.js';
import { type Config, readConfig } from './config.js';

/** The emulator as configured, and the provider settings that reach it. */
export function startSandbox(
  config: Config,
  faults: readonly string[] = [],
): { emulator: Emulator; providers: Config['providers'] } {
  const accounts = Array.isArray(config.sandbox) ? knownProviders(config.sandbox) : emulated;
  const emulator = createEmulator({
    providers: accounts,
    scenario: knownScenario(config.scenario),
    speed: config.sandboxSpeed,
    faults: faults.map((text) => knownFault(text, accounts)),
  });
  return { emulator, providers: readConfig({ env: emulator.environment, flags: {} }).providers };
}

export interface ServeSandboxOptions {
  config: Config;
  faults?: readonly string[];
  port: number;
  /** Prints for the person at the terminal. */
  say: (text: string) => void;
}

/** Serves the emulator on loopback until the function that it gives back is called. */
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
