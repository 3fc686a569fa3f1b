import { readAccounts } from '../../../config/accounts.js';
import { sourcesOf } from '../../../config/sources.js';
import { ConfigError } from '../../../define/config-error.js';
import type { Account } from '../../../providers/account.js';
import {
  isProviderName,
  type ProviderName,
  type ProviderSetting,
  productOf,
  providerNames,
  settingsOf,
} from '../../../providers/settings.js';
import type { Dialogue } from '../dialogue.js';
import type { Machine } from '../machine.js';
import { type GivenSettings, givenOnCommandLine, isKey } from './given-keys.js';

export interface GatherOptions {
  provider?: string;
  /** The name of the account; that of the provider when left out. */
  name?: string;
  keys: readonly string[];
  settings: readonly string[];
  machine: Machine;
  /** Absent where nobody can be asked. */
  dialogue?: Dialogue;
  say: (line: string) => void;
}

/** An account as it was given, before anything of it is kept. */
export interface GatheredAccount {
  account: Account;
  /** Its keys, to be kept elsewhere than in the configuration file. */
  keys: GivenSettings;
  /** What else was given of it, other than the defaults. */
  settings: GivenSettings;
}

/** Collects one account: from the command line, from the variables of its provider, and from the person at it. */
export async function gatherAccount(options: GatherOptions): Promise<GatheredAccount> {
  const { machine, keys, settings } = options;
  const provider = await chosenProvider(options);
  const given = await givenOnCommandLine({ provider, keys, settings, env: machine.env, input: machine.input });
  const wanted = Object.entries(settingsOf(provider));
  for (const [key, setting] of wanted) given[key] ??= (await missing(key, setting, options)) ?? '';
  const lacking = wanted.flatMap(([key, setting]) => (isKey(setting) && given[key] === '' ? key : []));
  if (lacking.length > 0)
    throw new ConfigError([
      `${provider} needs ${lacking.join(' and ')}: give each with --key, as in ` +
        `--key ${lacking[0]}=env:NAME, file:PATH or stdin.`,
    ]);
  const isGiven = ([key, { fallback = '' }]: [string, ProviderSetting]) => given[key] !== '' && given[key] !== fallback;
  const part = (entries: [string, ProviderSetting][]) =>
    Object.fromEntries(entries.filter(isGiven).map(([key]) => [key, given[key] ?? '']));
  const account = checkedAccount(options.name ?? provider, { provider, ...part(wanted) });
  return {
    account,
    keys: part(wanted.filter(([, setting]) => isKey(setting))),
    settings: part(wanted.filter(([, setting]) => !isKey(setting))),
  };
}

async function chosenProvider({ provider, dialogue }: GatherOptions): Promise<ProviderName> {
  if (provider !== undefined) {
    if (isProviderName(provider)) return provider;
    throw new ConfigError([`--provider has to be one of ${providerNames.join(', ')}.`]);
  }
  if (!dialogue)
    throw new ConfigError([
      `Name the provider with --provider (${providerNames.join(', ')}), or take the sandbox with --sandbox.`,
    ]);
  const choices = providerNames.map((name) => ({ value: name, label: productOf(name) }));
  return dialogue.choose('Whose databases?', choices);
}

/** A value that was not given: from the usual variable, or asked for. A setting that most people leave is not. */
async function missing(
  key: string,
  setting: ProviderSetting,
  { machine, dialogue, say }: GatherOptions,
): Promise<string | undefined> {
  const variable = setting.env.find((name) => machine.env[name]);
  if (variable !== undefined) {
    // An account is a fault where the environment configures one of the same name.
    say(`${key} is taken from ${variable}. Where hosts are started, ${variable} must not be set any more.`);
    return machine.env[variable];
  }
  if (isKey(setting)) return dialogue?.askHidden(`${key} (it is not shown)`);
  const { fallback, isUrl, ended } = setting;
  const isUsuallyLeft = !fallback || isUrl || ended !== undefined;
  return isUsuallyLeft ? undefined : dialogue?.ask(key, fallback);
}

/** The account as a configuration with these values would have it. Throws a `ConfigError` with its faults. */
function checkedAccount(name: string, value: GivenSettings): Account {
  const faults: string[] = [];
  const file = { path: 'what was given', values: { accounts: { [name]: value } } };
  const keychain = { get: () => undefined, set: () => undefined };
  const sources = sourcesOf({ env: {}, flags: {}, file, keychain, faults });
  const { accounts } = readAccounts({ sources, file, confirm: 'auto', faults });
  const account = accounts.get(name);
  if (faults.length > 0 || !account) throw new ConfigError(faults);
  return account;
}
