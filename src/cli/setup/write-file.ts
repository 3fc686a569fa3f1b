import { chmod, copyFile, mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CommandContext, CommandFailed } from '../command-context.js';

/** The text of a file; empty where it is not there. Throws a `CommandFailed` where it cannot be read. */
export const textOfFile = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new CommandFailed(`${path} cannot be read (${error.code ?? error.message}).`);
  });

/**
 * Writes a file whole or not at all, through a link to where it leads. A file that is there keeps who may read it; a
 * new one can be read by its user alone.
 */
export async function replaceFile(
  path: string,
  text: string,
  { random }: Pick<CommandContext, 'random'>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (file) => file.mode & 0o777,
    () => 0o600,
  );
  const beside = `${target}.${random.id()}.tmp`;
  await writeFile(beside, text, { mode });
  // What the process takes away from the rights of new files is given back.
  await chmod(beside, mode);
  await rename(beside, target);
}

/** Copies a file beside itself before it is changed, and returns the path of the copy. */
export async function backUp(path: string, { clock }: Pick<CommandContext, 'clock'>): Promise<string> {
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const copy = `${path}.${stamp}.bak`;
  await copyFile(path, copy);
  return copy;
}
