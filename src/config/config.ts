import { readFileSync } from 'node:fs';
import { ConfigError } from '../define/config-error.js';
import type { AccessSettings, DatabaseConnection } from '../inspect/database-connection.js';
import type { HookTarget } from '../observe/hooks/target.js';
import type { Account } from '../providers/account.js';
import { providerNames, secretsOf } from '../providers/settings.js';
import type { Proxies } from '../providers/wire/proxies.js';
import { withoutByteOrderMark } from '../values/file-text.js';
import { isRecord, type Values } from '../values/values.js';
import { readAccounts } from './accounts.js';
import { readAccess } from './databases/read-access.js';
import { readDatabases } from './databases/read-databases.js';
import { expandedPath } from './home.js';
import { readHookTargets, secretsOfHooks } from './hook-targets.js';
import { type Keychain, openKeychain } from './keychain.js';
import { unknownKeys, unknownVariables } from './known-names.js';
import { readProxies, secretsOfProxies } from './proxies.js';
import { pathSettings, type Settings, secretSettings, settings } from './settings.js';
import { sourcesOf } from './sources.js';

/** The whole configuration, checked and frozen. */
export interface Config extends Readonly<Settings> {
  /** The accounts by name. The accounts that `sandbox` asks for are not among them. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** How to look inside instances, in the order in which it is written. */
  readonly databases: readonly DatabaseConnection[];
  /** For logins that pgfleet makes to look with. */
  readonly inspect?: AccessSettings;
  /** Where events are sent. */
  readonly hookTargets: readonly HookTarget[];
  /** The `PGFLEET_SECRET_…` variables, which secret fields may refer to. */
  readonly secretEnvironment: Readonly<Record<string, string>>;
  /** The proxies on the way to the providers and to the issuer. */
  readonly proxies: Proxies;
}

export interface ConfigSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Flags of the command line, by key. They win over variables, and variables win over the file. */
  flags: Readonly<Record<string, string | undefined>>;
  /** The path of a JSON file. */
  file?: string;
  /** Left out, the keychain of the user, which is opened for a value that is in it. */
  keychain?: Keychain;
}

/** Checks everything at once and throws one `ConfigError` with all faults. */
export function readConfig(sources: ConfigSources): Config {
  const { config, faults } = examineConfig(sources);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** The part of a configuration that can be used, and the faults of the rest. */
export interface ExaminedConfig {
  config: Config;
  faults: readonly string[];
}

/** Checks everything at once. What has a fault is left out. */
export function examineConfig({ env, flags, file: named, keychain = openKeychain() }: ConfigSources): ExaminedConfig {
  const faults: string[] = [];
  const path = named === undefined ? undefined : expandedPath(named, env);
  const file = { values: path === undefined ? {} : readFile(path, faults), path: path ?? 'the file' };
  const sources = sourcesOf({ env, flags, file, keychain, faults });
  const checked: Record<string, unknown> = {};
  for (const [key, { env: variable, form, meaning }] of Object.entries(settings)) {
    const value = sources.find(key, [variable]);
    if (value === undefined) continue;
    const parsed = form.safeParse(pathSettings.has(key) ? expandedPath(value.text, env) : value.text);
    if (parsed.success) checked[key] = parsed.data;
    else if (secretSettings.has(key)) faults.push(`${value.where} cannot be used; it has to be ${meaning}.`);
    else faults.push(`${value.where} is ${JSON.stringify(value.text)}; it has to be ${meaning}.`);
  }
  if (checked['sandboxPostgres'] === true) checked['sandbox'] ??= true;
  // Every value was parsed by the form that its type is inferred from.
  const known = checked as Settings;
  const { accounts, unusable, variables } = readAccounts({ sources, file, confirm: known.confirm ?? 'auto', faults });
  const sandbox = sandboxOf(known, accounts.size > 0);
  const emulated = Array.isArray(sandbox) ? sandbox : sandbox ? providerNames : [];
  const names = [...new Set([...accounts.keys(), ...emulated])];
  const inside = readDatabases({ env, file, sources, accounts: names, faults });
  const inspect = readAccess(file, faults);
  const proxies = readProxies(env, faults);
  const hooks =
    known.hooks === undefined ? noHooks : readHookTargets({ path: known.hooks, sources, accounts: names, faults });
  const referred = new Set([...variables, ...inside.variables, ...hooks.variables]);
  faults.push(...unknownVariables(Object.keys(env), referred), ...unknownKeys(file));
  const config = Object.freeze({
    ...known,
    sandbox,
    accounts: new Map([...accounts].filter(([name]) => !unusable.has(name))),
    databases: inside.databases.filter(({ account }) => !unusable.has(account)),
    hookTargets: hooks.targets,
    inspect,
    proxies,
    secretEnvironment: secretVariables(env),
  });
  return { config, faults };
}

/** `auto` asks for the sandbox while no account is configured, as in a form that nobody has filled in yet. */
function sandboxOf({ sandbox }: Settings, hasAccounts: boolean): Settings['sandbox'] {
  const isAuto = Array.isArray(sandbox) && sandbox.join() === 'auto';
  return isAuto ? !hasAccounts : sandbox;
}

/** Whether there is a connection to look inside an instance, or one can be made. */
export const looksInside = ({ databases, inspect }: Pick<Config, 'databases' | 'inspect'>): boolean =>
  databases.length > 0 || inspect !== undefined;

/** Collects the settings that must not appear in any log. */
export const secretsIn = ({
  key,
  clientSecret,
  token,
  store,
  accounts,
  databases,
  hookTargets,
  proxies,
  secretEnvironment,
}: Config): string[] =>
  [
    key,
    clientSecret,
    token,
    store !== undefined && URL.canParse(store) ? new URL(store).password : undefined,
    ...[...accounts.values()].flatMap((account) => secretsOf(account.provider, account.settings)),
    ...databases.map(({ password }) => password),
    ...secretsOfHooks(hookTargets),
    ...secretsOfProxies(proxies),
    ...Object.values(secretEnvironment),
  ].filter((secret): secret is string => secret !== undefined && secret !== '');

const noHooks = { targets: [], variables: [] };

function readFile(file: string, faults: string[]): Values {
  try {
    const value: unknown = JSON.parse(withoutByteOrderMark(readFileSync(file, 'utf8')));
    if (isRecord(value)) return value;
    faults.push(`The configuration file ${file} has to hold one JSON object.`);
  } catch (error) {
    const reason = error instanceof SyntaxError ? `is not JSON (${error.message})` : 'cannot be read';
    faults.push(`The configuration file ${file} ${reason}.`);
  }
  return {};
}

const secretPrefix = 'PGFLEET_SECRET_';

const secretVariables = (env: ConfigSources['env']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[0].startsWith(secretPrefix) && entry[1] !== undefined,
    ),
  );
