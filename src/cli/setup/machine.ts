import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { type Keychain, openKeychain } from '../../config/keychain.js';
import type { CommandContext } from '../command-context.js';

/** What setting up looks at and changes beside the files that it is told about. */
export interface Machine {
  platform: NodeJS.Platform;
  home: string;
  env: CommandContext['env'];
  /** The program that runs this one. */
  node: string;
  keychain: Keychain;
  input: Readable;
  output: Writable;
  /** Whether a person sits there who can be asked. */
  isTerminal: boolean;
}

/** The machine that this process runs on. */
export const thisMachine = (env: CommandContext['env']): Machine => ({
  platform: process.platform,
  home: homedir(),
  env,
  node: nodeIn(env, process.execPath),
  keychain: openKeychain(),
  input: process.stdin,
  output: process.stdout,
  isTerminal: process.stdin.isTTY && process.stdout.isTTY,
});

/**
 * The same program as the search path has it: where an installer puts a link there, the link stays when a newer version
 * takes the place of the file behind it.
 */
function nodeIn(env: CommandContext['env'], running: string): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return places.map((place) => join(place, name)).find((path) => realPath(path) === realPath(running)) ?? running;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
