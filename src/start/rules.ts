import { readFileSync } from 'node:fs';
import { PolicyError, type RuleSet, readPolicy } from '../call/policy/read-policy.js';
import { ConfigError } from '../define/config-error.js';
import type { ToolEntry } from '../server/catalog.js';

/** The rules in a file; throws a `ConfigError` with all that is wrong with them. */
export function rulesIn(file: string, catalog: readonly ToolEntry[]): RuleSet {
  const providers = [...new Set(catalog.map(({ provider }) => provider))];
  try {
    return readPolicy(readFileSync(file, 'utf8'), file, { tools: catalog, providers });
  } catch (error) {
    if (error instanceof PolicyError) throw new ConfigError(error.faults);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`The policy ${file} cannot be read (${reason}).`]);
  }
}
