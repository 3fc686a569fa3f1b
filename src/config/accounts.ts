import { type ConfirmMode, confirmModes, isStricter } from '../define/confirm-mode.js';
import type { Account } from '../providers/account.js';
import {
  isProviderName,
  type ProviderName,
  type ProviderSetting,
  type ProviderSettings,
  providerNames,
  settingsOf,
} from '../providers/settings.js';
import { headerFault } from '../values/header-text.js';
import { nearestTo } from '../values/nearest.js';
import { isRecord, type Values } from '../values/values.js';
import { words } from './serving/serving-settings.js';
import type { ConfigFile, GivenValue, Sources } from './sources.js';

export interface AccountOptions {
  sources: Sources;
  file: ConfigFile;
  /** How the server confirms calls. An account may only be stricter. */
  confirm: ConfirmMode;
  faults: string[];
}

export interface ReadAccounts {
  accounts: ReadonlyMap<string, Account>;
  /** Those of them that have a fault. */
  unusable: ReadonlySet<string>;
  /** Environment variables that accounts of the file refer to. */
  variables: ReadonlySet<string>;
}

/**
 * Reads the accounts: one for each provider from environment variables or from the provider's own section of the file,
 * and any number from `accounts` in the file.
 */
export function readAccounts(options: AccountOptions): ReadAccounts {
  const { file, faults } = options;
  const accounts = new Map<string, Account>();
  const unusable = new Set<string>();
  for (const provider of providerNames) {
    const before = faults.length;
    const settings = usualSettings(provider, options);
    if (settings) accounts.set(provider, { name: provider, provider, settings });
    if (faults.length > before) unusable.add(provider);
  }
  const variables = new Set<string>();
  const { accounts: named = {} } = file.values;
  if (!isRecord(named)) faults.push(`accounts in ${file.path} has to be an object of accounts by their names.`);
  for (const [name, value] of isRecord(named) ? Object.entries(named) : []) {
    const where = `accounts.${name} in ${file.path}`;
    const before = faults.length;
    faults.push(...nameFaults(name, value, where));
    if (accounts.has(name)) faults.push(`${where} is configured a second time, outside of accounts.`);
    if (!isRecord(value)) continue;
    for (const each of Object.values(value))
      if (isRecord(each) && typeof each['env'] === 'string') variables.add(each['env']);
    const account = namedAccount(name, value, where, options);
    if (account) accounts.set(name, account);
    if (faults.length > before) unusable.add(name);
  }
  return { accounts, unusable, variables };
}

/** A provider is on when any setting without a default has a value. It then needs all of them. */
function usualSettings(provider: ProviderName, { sources, faults }: AccountOptions): ProviderSettings | undefined {
  const keys = Object.entries(settingsOf(provider)).filter(([, { fallback }]) => fallback === undefined);
  if (keys.every(([key, { env }]) => (sources.look(key, env, provider)?.text ?? '').trim() === '')) return undefined;
  const found = Object.entries(settingsOf(provider)).map(([key, setting]) => ({
    key,
    setting,
    value: sources.find(key, setting.env, provider),
  }));
  const missing = keys.filter(([key, { env }]) => !sources.look(key, env, provider)).map(([, { env }]) => env[0]);
  if (missing.length > 0) faults.push(`${provider} is configured only in part: set ${missing.join(' and ')} too.`);
  return valuesOf(found, faults);
}

interface Found {
  key: string;
  setting: ProviderSetting;
  value: GivenValue | undefined;
}

function valuesOf(found: readonly Found[], faults: string[]): ProviderSettings {
  for (const { value, setting } of found) if (value) faults.push(...valueFaults(value, setting));
  const values = found.map(({ key, setting, value }) => [key, value?.text ?? setting.fallback ?? '']);
  // Every key of the provider's settings is present.
  return Object.fromEntries(values) as ProviderSettings;
}

function valueFaults({ text, where }: GivenValue, { isUrl, form, meaning }: ProviderSetting): string[] {
  const unfit = headerFault(text);
  if (unfit) return [`${where} ${unfit}: copy the value again, without anything around it.`];
  if (isUrl && !isHttpUrl(text)) return [`${where} is not an http or https URL.`];
  return form && !form.test(text) ? [`${where} is ${JSON.stringify(text)}; it has to be ${meaning}.`] : [];
}

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const nameForm = /^[a-z][a-z0-9-]{0,30}$/;

function nameFaults(name: string, value: unknown, where: string): string[] {
  if (!isRecord(value)) return [`${where} has to be an object.`];
  if (name === 'pgfleet' || name === 'fleet' || name === 'operations' || !nameForm.test(name))
    return [
      `${where} cannot be the name of an account: it begins with a letter, has small letters, digits and hyphens, ` +
        'at most 31 in all, and is not pgfleet, fleet or operations.',
    ];
  if (isProviderName(name) && value['provider'] !== name)
    return [`${where} has the name of another provider than its own; choose another name.`];
  return [];
}

/** Settings that an account may have in addition to those of its provider. */
const optionKeys = ['provider', 'sandbox', 'readOnly', 'confirm', 'profile', 'label'];

function namedAccount(name: string, value: Values, where: string, options: AccountOptions): Account | undefined {
  const { sources, faults } = options;
  const at = (key: string) => `accounts.${name}.${key} in ${options.file.path}`;
  const { provider } = value;
  if (typeof provider !== 'string' || !isProviderName(provider)) {
    faults.push(`${at('provider')} has to be one of ${providerNames.join(', ')}.`);
    return undefined;
  }
  const wanted = Object.entries(settingsOf(provider));
  const known = [...optionKeys, ...wanted.map(([key]) => key)];
  for (const key of Object.keys(value)) if (!known.includes(key)) faults.push(unknownKey(at(key), key, known));
  const isSandbox = flag(value['sandbox'], at('sandbox'), faults);
  const found = wanted.map(([key, setting]) => ({ key, setting, value: sources.resolve(value[key], at(key)) }));
  const missing = found.filter(({ key, setting }) => setting.fallback === undefined && value[key] === undefined);
  if (missing.length > 0 && !isSandbox) faults.push(`${where} lacks ${missing.map(({ key }) => key).join(' and ')}.`);
  return {
    name,
    provider,
    settings: valuesOf(found, faults),
    isSandbox,
    readOnly: flag(value['readOnly'], at('readOnly'), faults),
    ...optionsOf(value, at, options),
  };
}

function unknownKey(where: string, key: string, known: readonly string[]): string {
  const nearest = nearestTo(key, known);
  return `${where} is not known${nearest ? `; did you mean ${nearest}?` : '.'}`;
}

function flag(value: unknown, where: string, faults: string[]): boolean {
  if (value !== undefined && typeof value !== 'boolean') faults.push(`${where} has to be true or false.`);
  return value === true;
}

/** A label stands in sentences and before data, so it must not look like either. */
const labelForm = /^[\p{L}\p{N}][\p{L}\p{N} ._/()-]{0,39}$/u;

function optionsOf(value: Values, at: (key: string) => string, { confirm: own, faults }: AccountOptions) {
  const { label, confirm, profile } = value;
  if (label !== undefined && (typeof label !== 'string' || !labelForm.test(label)))
    faults.push(`${at('label')} has to be a text of at most 40 letters, digits and spaces.`);
  const mode = confirmModes.find((each) => each === confirm);
  if (confirm !== undefined && !mode) faults.push(`${at('confirm')} has to be one of ${confirmModes.join(', ')}.`);
  if (mode && mode !== own && !isStricter(mode, own))
    faults.push(`${at('confirm')} is ${mode}, and may only be stricter than the server's own, which is ${own}.`);
  const list = Array.isArray(profile) ? profile.join(',') : profile;
  if (list !== undefined && typeof list !== 'string')
    faults.push(`${at('profile')} has to be a text such as core,backups.`);
  return {
    ...(typeof label === 'string' && { label }),
    ...(mode && { confirm: mode }),
    ...(typeof list === 'string' && { profile: words.parse(list) }),
  };
}
