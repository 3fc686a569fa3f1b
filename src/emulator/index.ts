import type { Hono } from 'hono';
import {
  environmentOf,
  isProviderName,
  type ProviderName,
  providerNames,
  type SettingsOf,
  settingsOf,
} from '../providers/settings.js';
import type { Send } from '../providers/wire/http.js';
import { createCegedim } from './cegedim/index.js';
import { createAccount } from './core/account.js';
import { createFaults, type Fault, type Faults } from './core/faults.js';
import { type Service, type ServiceOptions, sendTo } from './core/service.js';
import { createWorld, type World, type WorldOptions } from './core/world.js';
import { createNaver } from './naver/index.js';
import { createNhn } from './nhn/index.js';
import { createSamsung } from './samsung/index.js';

type Create<Name extends ProviderName> = (options: ServiceOptions) => Service<Name>;

const services: { readonly [Name in ProviderName]: Create<Name> } = {
  nhn: createNhn,
  samsung: createSamsung,
  naver: createNaver,
  cegedim: createCegedim,
};

/** Every provider that has an emulator. */
export const emulated: readonly string[] = providerNames;

export interface EmulatorOptions extends WorldOptions {
  /** Providers with an account of the same name. All providers when left out. */
  providers?: readonly string[];
  /** Further accounts by name, and the provider of each. */
  accounts?: Readonly<Record<string, ProviderName>>;
  faults?: readonly Fault[];
}

export interface EmulatedAccount<Name extends ProviderName = ProviderName> {
  provider: Name;
  origin: string;
  /** The settings of a client that connects to the account. */
  settings: SettingsOf<Name>;
}

export interface Emulator {
  world: World;
  faults: Faults;
  /** Sends requests to the emulator in the same process. */
  send: Send;
  /**
   * The APIs of the accounts by their origin. What is in the accounts is made with the first request to any of them,
   * because a server that only lists its tools needs nothing of it.
   */
  apps: () => ReadonlyMap<string, Hono>;
  /** The accounts by name. */
  accounts: ReadonlyMap<string, EmulatedAccount>;
  /** The settings of the accounts with their provider's name, as environment variables. */
  environment: Record<string, string>;
}

/**
 * Accounts of the providers in memory. They share one clock and one fault switch, but each has its own fleet and keys.
 */
export function createEmulator({
  providers = emulated,
  accounts: further = {},
  faults: struck = [],
  ...options
}: EmulatorOptions = {}): Emulator {
  const world = createWorld(options);
  const faults = createFaults();
  for (const fault of struck) faults.add(fault);
  const named = new Map<string, ProviderName>([
    ...providerNames.filter((name) => providers.includes(name)).map((name) => [name, name] as const),
    ...Object.entries(further),
  ]);
  const accounts = new Map([...named].map(([name, provider]) => [name, serviceOf(name, provider, { world, faults })]));
  let opened: ReadonlyMap<string, Hono> | undefined;
  const apps = () => {
    opened ??= new Map([...accounts.values()].map(({ origin, open }) => [origin, open()]));
    return opened;
  };
  return {
    world,
    faults,
    accounts,
    apps,
    send: sendTo(apps),
    environment: environmentFor(accounts),
  };
}

function serviceOf<Name extends ProviderName>(
  name: string,
  provider: Name,
  parts: Omit<ServiceOptions, 'account'>,
): EmulatedAccount<Name> & Service<Name> {
  if (isProviderName(name) && name !== provider) throw new Error(`${name} cannot name an account of ${provider}.`);
  const account = createAccount(name, provider);
  const create: Create<Name> = services[provider];
  return { provider, origin: account.origin, ...create({ ...parts, account }) };
}

/** The environment variables for clients of the accounts with their provider's name, without the defaults. */
export function environmentFor(accounts: Emulator['accounts']): Record<string, string> {
  const own = [...accounts].filter(([name, { provider }]) => name === provider);
  return Object.assign({}, ...own.map(([, account]) => environmentOf(account.provider, needed(account))));
}

function needed({ provider, settings }: EmulatedAccount): Partial<typeof settings> {
  const facts = settingsOf(provider);
  return Object.fromEntries(Object.entries(settings).filter(([key, value]) => value !== facts[key]?.fallback));
}
