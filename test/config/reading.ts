import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, type ConfigSources, readConfig } from '../../src/config/config.js';
import { ConfigError } from '../../src/define/config-error.js';

/** A file of its own; an object stands in it as JSON. */
export function fileOf(content: string | object, name = 'pgfleet.json'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-config-')), name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

export const read = (sources: Partial<ConfigSources>): Config => readConfig({ env: {}, flags: {}, ...sources });

/** All that is wrong; nothing where the configuration can be used. */
export function faultsOf(sources: Partial<ConfigSources>): readonly string[] {
  try {
    read(sources);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}
