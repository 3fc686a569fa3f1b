import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { expandedPath } from '../../../config/home.js';
import { ConfigError } from '../../../define/config-error.js';
import { type ProviderName, type ProviderSetting, settingsOf } from '../../../providers/settings.js';
import { valueOfFile } from '../../../values/file-text.js';
import type { CommandContext } from '../../command-context.js';

/** The values of an account's settings by their names in the configuration file. */
export type GivenSettings = Record<string, string>;

export interface GivenOptions {
  provider: ProviderName;
  /** As in `appKey=env:NAME`. */
  keys: readonly string[];
  /** As in `region=kr2`. */
  settings: readonly string[];
  env: CommandContext['env'];
  input: Readable;
}

/** A setting without a default is a key, which must not be shown. */
export const isKey = ({ fallback }: ProviderSetting): boolean => fallback === undefined;

/** Reads what the command line says about an account. A key itself never stands there, only where it is. */
export async function givenOnCommandLine({
  provider,
  keys,
  settings,
  env,
  input,
}: GivenOptions): Promise<GivenSettings> {
  const faults: string[] = [];
  const given: GivenSettings = {};
  const lines = keys.some((each) => each.endsWith('=stdin')) ? (await textOf(input)).split(/\r?\n/) : [];
  for (const each of keys) {
    const [name, source] = parts(each);
    const key = settingNamed(name, provider);
    const value = key && isKey(key[1]) ? valueFrom(source, env, lines) : { fault: `is no key of ${provider}` };
    if (key && 'text' in value) given[key[0]] = value.text;
    else if ('fault' in value) faults.push(`--key ${name} ${value.fault}.`);
  }
  for (const each of settings) {
    const [name, value] = parts(each);
    const setting = settingNamed(name, provider);
    if (!setting) faults.push(`--setting ${name} is no setting of ${provider}.`);
    else if (isKey(setting[1]))
      faults.push(`--setting ${name} is a key: use --key ${name}=env:NAME, file:PATH or stdin.`);
    else given[setting[0]] = value;
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return given;
}

function parts(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** By its name in the file, or by one of its variables. */
const settingNamed = (name: string, provider: ProviderName): [string, ProviderSetting] | undefined =>
  Object.entries(settingsOf(provider)).find(([key, { env }]) => key === name || env.includes(name));

/** What is no place is not quoted, since it may be the key. */
function valueFrom(source: string, env: GivenOptions['env'], lines: string[]): { text: string } | { fault: string } {
  const [, kind, place = ''] = /^(env|file|stdin)(?::(.+))?$/s.exec(source) ?? [];
  if (kind === 'stdin' && place === '') {
    const text = lines.shift() ?? '';
    return text === '' ? { fault: 'has no line of its own on stdin' } : { text };
  }
  if (kind === 'env' && place !== '') {
    const text = env[place];
    return text ? { text } : { fault: `refers to the environment variable ${place}, which is not set` };
  }
  if (kind === 'file' && place !== '') return fromFile(place, env);
  return { fault: 'has to be env:NAME, file:PATH or stdin, since a key must not stand on the command line' };
}

/** No shell puts the folder of the user in within a word. */
function fromFile(path: string, env: GivenOptions['env']): { text: string } | { fault: string } {
  try {
    return { text: valueOfFile(readFileSync(expandedPath(path, env), 'utf8')) };
  } catch {
    return { fault: `refers to the file ${path}, which cannot be read` };
  }
}
