import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Keychain, KeychainError, keychainName } from '../../../config/keychain.js';
import type { CommandContext } from '../../command-context.js';
import type { Machine } from '../machine.js';
import { replaceFile, textOfFile } from '../write-file.js';

/** A place for the keys of one account. */
export interface KeyPlace {
  /** What it is, for a sentence. */
  title: string;
  /** What stands in the configuration file in place of a key. */
  reference: (key: string) => Record<string, string>;
  /** The key that is there now. */
  read: (key: string) => Promise<string | undefined>;
  write: (key: string, value: string) => Promise<void>;
}

export const placeNames = ['file', 'keychain'] as const;
export type PlaceName = (typeof placeNames)[number];

/**
 * Hosts on Linux often start programs without the address of the session's keychain, so it is taken there only by
 * those who ask for it.
 */
export const usualPlace = (platform: Machine['platform']): PlaceName =>
  platform === 'darwin' || platform === 'win32' ? 'keychain' : 'file';

/** A folder of files that only the user can read, beside the configuration file. */
export function filesFor(account: string, configFile: string, context: Pick<CommandContext, 'random'>): KeyPlace {
  const folder = join(dirname(configFile), 'keys', account);
  const pathOf = (key: string) => join(folder, key);
  return {
    title: `files that only you can read, in ${folder}`,
    reference: (key) => ({ file: pathOf(key) }),
    read: async (key) => (await textOfFile(pathOf(key))) || undefined,
    async write(key, value) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const each of [dirname(folder), folder]) await chmod(each, 0o700);
      await replaceFile(pathOf(key), value, context);
      await chmod(pathOf(key), 0o600);
    },
  };
}

export function keychainFor(account: string, keychain: Keychain): KeyPlace {
  const nameOf = (key: string) => `${account}/${key}`;
  return {
    title: 'the keychain',
    reference: (key) => ({ keychain: keychainName(nameOf(key)) }),
    read: async (key) => keychain.get(nameOf(key)),
    write: async (key, value) => keychain.set(nameOf(key), value),
  };
}

/** Why a place cannot be used. Undefined for one that answers. */
export async function refusalOf(place: KeyPlace, key: string): Promise<string | undefined> {
  try {
    await place.read(key);
    return undefined;
  } catch (error) {
    if (error instanceof KeychainError) return error.message;
    throw error;
  }
}
