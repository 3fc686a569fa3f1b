import { existsSync } from 'node:fs';
import { isRecord } from '../../values/values.js';

/**
 * Two entries, one below the other. What stands in a file may be a secret, so of the present one only what certainly is
 * none is shown: what the new one has too, options, paths of files that are there, and a few plain members.
 */
export function difference(before: unknown, after: unknown): string {
  const known = new Set(textsIn(after));
  return `  now:  ${JSON.stringify(shown(before, known, ''))}\n  then: ${JSON.stringify(after)}`;
}

const plainMembers = new Set(['command', 'type', 'provider', 'name', 'region', 'label']);

function shown(value: unknown, known: ReadonlySet<string>, key: string): unknown {
  if (Array.isArray(value)) return value.map((each) => shown(each, known, ''));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each, known, name)]));
  if (typeof value !== 'string') return value;
  const isPlain = known.has(value) || plainMembers.has(key) || /^--?[a-z-]+$/.test(value) || existsSync(value);
  return isPlain ? value : '…';
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
