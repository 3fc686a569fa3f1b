import { readFileSync } from 'node:fs';
import { valueOfFile } from '../values/file-text.js';
import { isRecord, type Values } from '../values/values.js';
import { expandedPath } from './home.js';
import { accountInKeychain, type Keychain, KeychainError } from './keychain.js';

/** The configuration file after it was read. */
export interface ConfigFile {
  values: Values;
  /** The path of the file, to name it in faults. */
  path: string;
}

export interface SourceOptions {
  env: Readonly<Record<string, string | undefined>>;
  flags: Readonly<Record<string, string | undefined>>;
  file: ConfigFile;
  keychain: Keychain;
  /** Faults of values are added here. */
  faults: string[];
}

/** A value that was given, and where. */
export interface GivenValue {
  text: string;
  where: string;
}

export interface Sources {
  /** Looks a setting up as `find` does, without judging its value. */
  look(key: string, variables: readonly string[], section?: string): GivenValue | undefined;
  /**
   * Finds a setting by its key in the flags, the variables and the file, in this order. `section` is an object in the
   * file. Returns undefined when the setting is not given, or has a fault, which is then added.
   */
  find(key: string, variables: readonly string[], section?: string): GivenValue | undefined;
  /** Resolves a value of the file: a text, or where it is to be found. Returns undefined as above. */
  resolve(value: unknown, where: string): GivenValue | undefined;
}

export function sourcesOf({ env, flags, file, keychain, faults }: SourceOptions): Sources {
  function usable(text: string, where: string): GivenValue | undefined {
    const expanded = /\$\{[^}]*\}/.exec(text)?.[0];
    if (text.trim() === '') faults.push(`${where} is empty: give it a value, or leave it out.`);
    else if (expanded)
      faults.push(`${where} is literally ${expanded}: the program that started pgfleet did not put the value in.`);
    else return { text, where };
    return undefined;
  }

  function look(key: string, variables: readonly string[], section?: string): GivenValue | undefined {
    // An empty variable does not hide another one of the same setting that has a value.
    const set = variables.find((name) => env[name]) ?? variables.find((name) => env[name] !== undefined);
    const filed = section === undefined ? file.values : file.values[section];
    const candidates = [
      { text: section === undefined ? flags[key] : undefined, where: `--${dashed(key)}` },
      { text: set && env[set], where: `the environment variable ${set}` },
      {
        text: isRecord(filed) ? asText(filed[key]) : undefined,
        where: `${section ? `${section}.` : ''}${key} in ${file.path}`,
      },
    ];
    const given = candidates.flatMap(({ text, where }) => (text === undefined ? [] : [{ text, where }]));
    // Programs with a form for settings pass what nobody filled in as an empty variable. It hides no value of the file.
    return (section === undefined ? undefined : given.find(({ text }) => text.trim() !== '')) ?? given[0];
  }

  return {
    look,
    find(key, variables, section) {
      const value = look(key, variables, section);
      return value && usable(value.text, value.where);
    },

    resolve(value, where) {
      const text = isRecord(value) ? undefined : asText(value);
      if (!isRecord(value)) return text === undefined ? undefined : usable(text, where);
      const [reference, ...others] = Object.entries(value);
      const [kind = '', name] = reference ?? [];
      const place = Object.hasOwn(places, kind) ? places[kind] : undefined;
      if (!place || others.length > 0 || typeof name !== 'string') {
        faults.push(`${where} has to be a text, ${forms}.`);
        return undefined;
      }
      const found = place(name, { env, keychain });
      if (found.text !== undefined) return usable(found.text, `${found.what} (${where})`);
      faults.push(`${where} refers to ${found.what}, ${found.fault}.`);
      return undefined;
    },
  };
}

type Found = { what: string } & ({ text: string } | { text?: undefined; fault: string });

/** The places outside of the file that a value can be in, by the key that names one. */
const places: Readonly<Record<string, (name: string, from: Pick<SourceOptions, 'env' | 'keychain'>) => Found>> = {
  env(name, { env }) {
    const what = `the environment variable ${name}`;
    const text = env[name];
    return text === undefined ? { what, fault: 'which is not set' } : { what, text };
  },
  file(path, { env }) {
    const what = `the file ${path}`;
    const text = contentOf(expandedPath(path, env));
    return text === undefined ? { what, fault: 'which cannot be read' } : { what, text };
  },
  keychain(name, { keychain }) {
    const what = `${name} in the keychain`;
    const account = accountInKeychain(name);
    if (account === undefined) return { what, fault: 'which is not of the form pgfleet/<account>/<key>' };
    try {
      const text = keychain.get(account);
      return text === undefined ? { what, fault: 'which is not there: pgfleet setup puts it in' } : { what, text };
    } catch (error) {
      if (!(error instanceof KeychainError)) throw error;
      return { what, fault: `but ${error.message}. A file does as well: { "file": "path" }` };
    }
  },
};

const forms = '{ "env": "NAME" }, { "file": "path" } or { "keychain": "pgfleet/<account>/<key>" }';

function contentOf(path: string): string | undefined {
  try {
    return valueOfFile(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Converts a value of the file to the text that a flag would have. */
function asText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(asText).join(',');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

const dashed = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
