import { readFileSync } from 'node:fs';
import { valueOfFile } from '../values/file-text.js';
import { isRecord, type Values } from '../values/values.js';
import { expandedPath } from './home.js';

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
  /** Resolves a value of the file: a text, `{ "env": … }` or `{ "file": … }`. Returns undefined as above. */
  resolve(value: unknown, where: string): GivenValue | undefined;
}

export function sourcesOf({ env, flags, file, faults }: SourceOptions): Sources {
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
      if (!isRecord(value)) {
        const text = asText(value);
        return text === undefined ? undefined : usable(text, where);
      }
      const { env: variable, file: path, ...others } = value;
      if (Object.keys(others).length === 0 && typeof variable === 'string' && path === undefined) {
        const text = env[variable];
        if (text !== undefined) return usable(text, `the environment variable ${variable} (${where})`);
        faults.push(`${where} refers to the environment variable ${variable}, which is not set.`);
      } else if (Object.keys(others).length === 0 && typeof path === 'string' && variable === undefined) {
        const text = contentOf(expandedPath(path, env));
        if (text !== undefined) return usable(text, `the file ${path} (${where})`);
        faults.push(`${where} refers to the file ${path}, which cannot be read.`);
      } else faults.push(`${where} has to be a text, { "env": "NAME" } or { "file": "path" }.`);
      return undefined;
    },
  };
}

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
