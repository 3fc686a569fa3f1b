import { type Config, type ExaminedConfig, examineConfig, readConfig } from '../config/config.js';
import type { CommandContext, Flags } from './command-context.js';

/** Reads the configuration from the environment, these flags, and the file that they name. */
export const configOf = (flags: Flags, context: Pick<CommandContext, 'env'>): Config =>
  readConfig(sourcesIn(flags, context));

/** The same, with what can be used of it where something has a fault. */
export const examinedConfigOf = (flags: Flags, context: Pick<CommandContext, 'env'>): ExaminedConfig =>
  examineConfig(sourcesIn(flags, context));

function sourcesIn({ config: file, ...flags }: Flags, { env }: Pick<CommandContext, 'env'>) {
  const texts = Object.entries(flags).map(([key, value]) => [key, value === undefined ? undefined : String(value)]);
  const path = typeof file === 'string' ? file : env['PGFLEET_CONFIG'];
  return { env, flags: Object.fromEntries(texts), file: path };
}
