import { join } from 'node:path';
import envPaths from 'env-paths';

/** The default paths, in the state folder of the user. */
export function stateFolders(): { auditLog: string; secrets: string; terminal: string } {
  const { log: folder } = envPaths('pgfleet', { suffix: '' });
  return {
    auditLog: join(folder, 'audit.jsonl'),
    secrets: join(folder, 'secrets'),
    terminal: join(folder, 'terminal.json'),
  };
}

/** The configuration file that `pgfleet setup` writes when none is named. */
export const ownConfigFile = (): string => join(envPaths('pgfleet', { suffix: '' }).config, 'config.json');
