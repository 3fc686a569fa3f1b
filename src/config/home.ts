import { homedir } from 'node:os';
import { join } from 'node:path';

/** Puts the folder of the user in for `~` at the beginning of a path, because no shell reads a file or a variable. */
export function expandedPath(path: string, env: Readonly<Record<string, string | undefined>>): string {
  if (!/^~(?=$|[/\\])/.test(path)) return path;
  return join(env['HOME'] ?? env['USERPROFILE'] ?? homedir(), path.slice(1));
}
