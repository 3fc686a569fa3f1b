import { readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { ConfigError } from '../define/config-error.js';
import { confirmModes } from '../define/confirm-mode.js';
import {
  isProviderName,
  type ProviderSetting,
  type ProviderSettings,
  providerFacts,
  providerNames,
  secretsOf as secretsOfProvider,
  settingsOf,
} from '../providers/settings.js';
import { servingSettings, words, yesOrNo } from './serving-settings.js';

/** Every setting that is not a provider's: its key in the file and among the flags, its variable, its form. */
const settings = {
  sandbox: { env: 'PGFLEET_SANDBOX', form: z.union([yesOrNo, words]), meaning: '1, or names of providers such as nhn' },
  scenario: { env: 'PGFLEET_SCENARIO', form: z.string(), meaning: 'a scenario of the sandbox' },
  sandboxSpeed: { env: 'PGFLEET_SANDBOX_SPEED', form: z.coerce.number().positive(), meaning: 'a number above 0' },
  profile: { env: 'PGFLEET_PROFILE', form: words, meaning: 'core, full, or groups of tools such as backups,db-users' },
  readOnly: { env: 'PGFLEET_READ_ONLY', form: yesOrNo, meaning: '1 or 0' },
  confirm: { env: 'PGFLEET_CONFIRM', form: z.enum(confirmModes), meaning: confirmModes.join(', ') },
  lang: { env: 'PGFLEET_LANG', form: z.enum(['en', 'ko', 'ja', 'zh']), meaning: 'en, ko, ja or zh' },
  auditLog: { env: 'PGFLEET_AUDIT_LOG', form: z.string(), meaning: 'a file' },
  secretsDir: { env: 'PGFLEET_SECRETS_DIR', form: z.string(), meaning: 'a folder' },
  pollSeconds: {
    env: 'PGFLEET_POLL_SECONDS',
    form: z.coerce.number().min(5),
    meaning: 'a number of seconds, 5 or more',
  },
  ...servingSettings,
} as const;

/** Never shown, not even to say that they are wrong. */
const secretSettings: ReadonlySet<string> = new Set([
  'key',
  'clientSecret',
  'store',
] satisfies (keyof typeof settings)[]);

/** Whatever of the settings has to stay out of every log. */
export const secretsIn = ({ key, clientSecret, store, providers, secretEnvironment }: Config): string[] =>
  [
    key,
    clientSecret,
    store !== undefined && URL.canParse(store) ? new URL(store).password : undefined,
    ...[...providers].flatMap(([name, values]) => (isProviderName(name) ? secretsOfProvider(name, values) : [])),
    ...Object.values(secretEnvironment),
  ].filter((secret): secret is string => secret !== undefined && secret !== '');

type Settings = { [Key in keyof typeof settings]?: z.infer<(typeof settings)[Key]['form']> };

export interface Config extends Settings {
  /** The values of each provider that is on, by key. */
  providers: ReadonlyMap<string, ProviderSettings>;
  /** `PGFLEET_SECRET_…`, which secret fields may refer to. */
  secretEnvironment: Readonly<Record<string, string>>;
}

export interface ConfigSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Flags of the command line, by key; they win over variables, and variables over the file. */
  flags: Readonly<Record<string, string | undefined>>;
  /** Path of a JSON file. */
  file?: string;
}

/** Checks everything at once and throws one `ConfigError` with all that is wrong. */
export function readConfig({ env, flags, file }: ConfigSources): Config {
  const faults: string[] = [];
  const inFile = file === undefined ? {} : readFile(file, faults);
  const given = gather(env, flags, inFile, file ?? 'the file', faults);
  const checked: Record<string, unknown> = {};
  for (const [key, { env: variable, form, meaning }] of Object.entries(settings)) {
    const value = given(key, [variable]);
    if (value === undefined) continue;
    const parsed = form.safeParse(value.text);
    if (parsed.success) checked[key] = parsed.data;
    else if (secretSettings.has(key)) faults.push(`${value.where} cannot be used; it has to be ${meaning}.`);
    else faults.push(`${value.where} is ${JSON.stringify(value.text)}; it has to be ${meaning}.`);
  }
  const providers = readProviders(given, faults);
  faults.push(...strangeVariables(env), ...strangeKeys(inFile, file ?? 'the file'));
  const secretEnvironment = secretsOf(env);
  if (faults.length > 0) throw new ConfigError(faults);
  return { ...(checked as Settings), providers, secretEnvironment };
}

type Given = (
  key: string,
  variables: readonly string[],
  section?: string,
) => { text: string; where: string } | undefined;

/** Looks a setting up in the flags, the variables and the file, in this order, and reports what cannot be a value. */
function gather(
  env: ConfigSources['env'],
  flags: ConfigSources['flags'],
  inFile: Record<string, unknown>,
  file: string,
  faults: string[],
): Given {
  return (key, variables, section) => {
    const set = variables.find((name) => env[name] !== undefined);
    const filed = section === undefined ? inFile : (inFile[section] as Record<string, unknown> | undefined);
    const candidates = [
      { text: section === undefined ? flags[key] : undefined, where: `--${dashed(key)}` },
      { text: set && env[set], where: `the environment variable ${set}` },
      { text: asText(filed?.[key]), where: `${section ? `${section}.` : ''}${key} in ${file}` },
    ];
    const value = candidates.find(({ text }) => text !== undefined);
    if (value?.text === undefined) return undefined;
    const { text, where } = value;
    const expanded = /\$\{[^}]*\}/.exec(text)?.[0];
    if (text.trim() === '') faults.push(`${where} is empty: give it a value, or leave it out.`);
    else if (expanded)
      faults.push(`${where} is literally ${expanded}: whoever started pgfleet did not put the value in.`);
    else return { text, where };
    return undefined;
  };
}

/** A value of the file as a flag would say it. */
function asText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(asText).join(',');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

const dashed = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function readFile(file: string, faults: string[]): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    faults.push(`The configuration file ${file} has to hold one JSON object.`);
  } catch (error) {
    const reason = error instanceof SyntaxError ? `is not JSON (${error.message})` : 'cannot be read';
    faults.push(`The configuration file ${file} ${reason}.`);
  }
  return {};
}

function readProviders(given: Given, faults: string[]): Config['providers'] {
  const providers = new Map<string, ProviderSettings>();
  for (const provider of providerNames) {
    const found = Object.entries(settingsOf(provider)).map(([key, setting]) => ({
      key,
      setting,
      value: given(key, setting.env, provider),
    }));
    const needed = found.filter(({ setting }) => setting.fallback === undefined);
    if (needed.every(({ value }) => value === undefined)) continue;
    const missing = needed.filter(({ value }) => value === undefined).map(({ setting }) => setting.env[0]);
    if (missing.length > 0) faults.push(`${provider} is configured only in part: set ${missing.join(' and ')} too.`);
    for (const { setting, value } of found) if (value) faults.push(...faultsOf(value, setting));
    const values = found.map(({ key, setting, value }) => [key, value?.text ?? setting.fallback ?? '']);
    // Every key of the provider's settings is there, by the loop above.
    providers.set(provider, Object.fromEntries(values) as ProviderSettings);
  }
  return providers;
}

function faultsOf(
  { text, where }: { text: string; where: string },
  { isUrl, form, meaning }: ProviderSetting,
): string[] {
  if (isUrl && !isHttpUrl(text)) return [`${where} is not an http or https URL.`];
  return form && !form.test(text) ? [`${where} is ${JSON.stringify(text)}; it has to be ${meaning}.`] : [];
}

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const secretPrefix = 'PGFLEET_SECRET_';
const allVariables = [
  ...Object.values(settings).map(({ env }) => env),
  'PGFLEET_CONFIG',
  ...providerNames.flatMap((name) => Object.values(settingsOf(name)).flatMap(({ env }) => env)),
];

/** Every `PGFLEET_…` has to be known; others are a fault only when they look like a slip of a provider's variable. */
function strangeVariables(env: ConfigSources['env']): string[] {
  const isKnown = (name: string) => allVariables.includes(name) || name.startsWith(secretPrefix);
  const prefixes = new Set(allVariables.map((name) => name.slice(0, name.indexOf('_') + 1)));
  return Object.keys(env).flatMap((name) => {
    if (isKnown(name) || ![...prefixes].some((prefix) => name.startsWith(prefix))) return [];
    const [nearest = ''] = allVariables.toSorted((a, b) => distance(a, name) - distance(b, name));
    const slip = distance(nearest, name) <= 2;
    if (!slip && !name.startsWith('PGFLEET_')) return [];
    return [`The environment variable ${name} is not known${slip ? `; did you mean ${nearest}?` : '.'}`];
  });
}

function strangeKeys(inFile: Record<string, unknown>, file: string): string[] {
  return Object.entries(inFile).flatMap(([key, value]) => {
    const wanted = providerFacts[key]?.settings;
    if (!wanted) return Object.hasOwn(settings, key) ? [] : [`${key} in ${file} is not known.`];
    if (typeof value !== 'object' || value === null) return [`${key} in ${file} has to be an object.`];
    const names = Object.keys(wanted);
    return Object.keys(value)
      .filter((name) => !names.includes(name))
      .map((name) => `${key}.${name} in ${file} is not known.`);
  });
}

function secretsOf(env: ConfigSources['env']): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[0].startsWith(secretPrefix) && entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
