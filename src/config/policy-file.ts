import { readFileSync } from 'node:fs';
import { PolicyError, type RuleSet, readPolicy } from '../call/policy/read-policy.js';
import type { PolicyFacts } from '../call/policy/rule.js';
import { ConfigError } from '../define/config-error.js';
import { withoutByteOrderMark } from '../values/file-text.js';

/** Reads the rules from a file. Throws a `ConfigError` with all their faults. */
export function readPolicyFile(file: string, facts: PolicyFacts): RuleSet {
  try {
    return readPolicy(withoutByteOrderMark(readFileSync(file, 'utf8')), file, facts);
  } catch (error) {
    if (error instanceof PolicyError) throw new ConfigError(error.faults);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`The policy ${file} cannot be read (${reason}).`]);
  }
}
