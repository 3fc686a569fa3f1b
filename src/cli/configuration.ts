import { type Config, readConfig } from '../config/config.js';
import type { CommandContext, Flags } from './command-context.js';

/** Reads the configuration from the environment, these flags, and the file that they name. */
export function configOf({ config: file, ...flags }: Flags, { env }: Pick<CommandContext, 'env'>): Config {
  const texts = Object.entries(flags).map(([key, value]) => [key, value === undefined ? undefined : String(value)]);
  const path = typeof file === 'string' ? file : env['PGFLEET_CONFIG'];
  return readConfig({ env, flags: Object.fromEntries(texts), file: path });
}
