import { distance } from 'fastest-levenshtein';
import { providerFacts, providerNames, settingsOf } from '../providers/settings.js';
import { isRecord } from '../values/values.js';
import { databaseVariablePrefix } from './databases/read-databases.js';
import { settings } from './settings.js';
import type { ConfigFile } from './sources.js';

const freePrefixes = ['PGFLEET_SECRET_', databaseVariablePrefix];
const allVariables = [
  ...Object.values(settings).map(({ env }) => env),
  'PGFLEET_CONFIG',
  ...providerNames.flatMap((name) => Object.values(settingsOf(name)).flatMap(({ env }) => env)),
];

/**
 * Every `PGFLEET_…` variable has to be known. Other variables are a fault only when they look like a misspelled
 * variable of a provider and no account refers to them.
 */
export function unknownVariables(names: readonly string[], referred: ReadonlySet<string>): string[] {
  const isKnown = (name: string) =>
    allVariables.includes(name) || freePrefixes.some((prefix) => name.startsWith(prefix)) || referred.has(name);
  const prefixes = new Set(allVariables.map((name) => name.slice(0, name.indexOf('_') + 1)));
  return names.flatMap((name) => {
    if (isKnown(name) || ![...prefixes].some((prefix) => name.startsWith(prefix))) return [];
    const [nearest = ''] = allVariables.toSorted((a, b) => distance(a, name) - distance(b, name));
    const slip = distance(nearest, name) <= 2;
    if (!slip && !name.startsWith('PGFLEET_')) return [];
    return [`The environment variable ${name} is not known${slip ? `; did you mean ${nearest}?` : '.'}`];
  });
}

/** Finds keys of the file that mean nothing. Keys below `accounts` are checked with the accounts. */
export function unknownKeys({ values, path }: ConfigFile): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const wanted = providerFacts[key]?.settings;
    if (!wanted)
      return ['accounts', 'databases', 'inspect'].includes(key) || Object.hasOwn(settings, key)
        ? []
        : [`${key} in ${path} is not known.`];
    if (!isRecord(value)) return [`${key} in ${path} has to be an object.`];
    return Object.keys(value)
      .filter((name) => !Object.hasOwn(wanted, name))
      .map((name) => `${key}.${name} in ${path} is not known.`);
  });
}
