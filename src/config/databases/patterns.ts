import { ConfigError } from '../../define/config-error.js';
import type { DatabaseConnection } from '../../inspect/database-connection.js';

/** Whether a name fits the pattern of a connection, as in policies. The library is loaded with the first question. */
export async function patternOfConnections(): Promise<(pattern: string, name: string) => boolean> {
  const { patternOf } = await import('../../call/policy/pattern.js');
  return (pattern, name) => patternOf(pattern).fits(name);
}

/** Throws a `ConfigError` for patterns that would silently match nothing. */
export async function requirePatterns(connections: readonly DatabaseConnection[]): Promise<void> {
  const written = connections.filter(({ kind, instance }) => kind === 'file' && /[^\p{L}\p{N}_.-]/u.test(instance));
  if (written.length === 0) return;
  const { patternFault } = await import('../../call/policy/pattern.js');
  const faults = written.flatMap(({ where, instance }) => {
    const fault = patternFault(instance);
    return fault === undefined ? [] : [`${where}: ${fault}.`];
  });
  if (faults.length > 0) throw new ConfigError(faults);
}
