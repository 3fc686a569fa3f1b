import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where things are kept when nobody says otherwise: the user's state folder. */
export function stateFolders(): { auditLog: string; secrets: string; terminal: string } {
  const { log: folder } = envPaths('pgfleet', { suffix: '' });
  return {
    auditLog: join(folder, 'audit.jsonl'),
    secrets: join(folder, 'secrets'),
    terminal: join(folder, 'terminal.json'),
  };
}
