import { homedir } from 'node:os';
import path, { type PlatformPath } from 'node:path';

/** Puts the folder of the user in for `~` at the beginning of a path, because no shell reads a file or a variable. */
export function expandedPath(
  given: string,
  env: Readonly<Record<string, string | undefined>>,
  paths: Pick<PlatformPath, 'join'> = path,
): string {
  if (!/^~(?=$|[/\\])/.test(given)) return given;
  return paths.join(env['HOME'] ?? env['USERPROFILE'] ?? homedir(), given.slice(1));
}
