import { tryAccount } from '../../../app/try-account.js';
import { KeychainError } from '../../../config/keychain.js';
import { readProxies } from '../../../config/proxies.js';
import { ConfigError } from '../../../define/config-error.js';
import { withoutByteOrderMark } from '../../../values/file-text.js';
import type { Values } from '../../../values/values.js';
import { type CommandContext, CommandFailed } from '../../command-context.js';
import { carryOutEdit, type Overwrite } from '../change.js';
import { difference } from '../difference.js';
import { editJson } from '../hosts/json.js';
import type { Machine } from '../machine.js';
import { textOfFile } from '../write-file.js';
import type { GatheredAccount } from './gather.js';
import { filesFor, type KeyPlace, keychainFor, type PlaceName, refusalOf, usualPlace } from './key-places.js';

export interface TriedAccount {
  /** What was seen, or why nothing was, as a sentence. */
  told: string;
  wasRead: boolean;
}

/** Reads the account once. */
export async function triedAccount(
  { account }: GatheredAccount,
  { env }: Pick<Machine, 'env'>,
  context: CommandContext,
): Promise<TriedAccount> {
  const faults: string[] = [];
  const proxies = readProxies(env, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  const tried = await tryAccount(account, { ...context, proxies });
  if ('failure' in tried)
    return { told: `${account.name} could not be read: ${tried.failure.replace(/\.$/, '')}.`, wasRead: false };
  const { instances } = tried;
  return {
    told: `${account.name} was read: ${instances} ${instances === 1 ? 'instance' : 'instances'}.`,
    wasRead: true,
  };
}

export interface PlaceOptions {
  gathered: GatheredAccount;
  keep: PlaceName | undefined;
  configFile: string;
  machine: Machine;
  context: Pick<CommandContext, 'random'>;
  say: (line: string) => void;
}

/** The place that keeps the keys: the keychain where it is wanted and answers, or else files. */
export async function placeFor({ gathered, keep, configFile, machine, context, say }: PlaceOptions): Promise<KeyPlace> {
  const { account, keys } = gathered;
  const files = filesFor(account.name, configFile, context);
  if ((keep ?? usualPlace(machine.platform)) === 'file') return files;
  const keychain = keychainFor(account.name, machine.keychain);
  const refusal = await refusalOf(keychain, Object.keys(keys)[0] ?? '');
  if (refusal === undefined) return keychain;
  say(`The keys go into files, since ${refusal}.`);
  return files;
}

/** What would be written over in the configuration file and among the kept keys. */
export async function overwritesOf(gathered: GatheredAccount, place: KeyPlace, path: string): Promise<Overwrite[]> {
  const { account, keys } = gathered;
  const { edit } = await editConfiguration(gathered, place, path);
  const overwrites: Overwrite[] = [];
  if (edit.kind === 'changed' && edit.before !== undefined)
    overwrites.push({
      what: `${path} has another account ${account.name}.`,
      difference: difference(edit.before, entryFor(gathered, place)),
    });
  for (const [key, value] of Object.entries(keys)) {
    const kept = await place.read(key);
    if (kept !== undefined && kept !== value)
      overwrites.push({ what: `Another ${key} of ${account.name} is kept in ${place.title}.` });
  }
  return overwrites;
}

/** The configuration file with the account in it, without its keys. */
async function editConfiguration(gathered: GatheredAccount, place: KeyPlace, path: string) {
  const text = await textOfFile(path);
  const { name } = gathered.account;
  const edit = editJson(text, { at: ['accounts'], name, entry: entryFor(gathered, place) });
  if (edit.kind === 'closed') throw new CommandFailed(`${path} cannot be changed: ${edit.reason}.`);
  // An account is a fault where the section of its provider is one of the same name.
  if (edit.kind === 'changed' && Object.hasOwn(valuesIn(edit.text, path), name))
    throw new CommandFailed(`${path} has ${name} as a section of its own. Take another name with --account.`);
  return { path, text, edit };
}

/** What a server reads, to which comments are a fault. */
function valuesIn(text: string, path: string): Values {
  try {
    return JSON.parse(withoutByteOrderMark(text)) as Values;
  } catch {
    throw new CommandFailed(`${path} cannot be changed: it is not JSON.`);
  }
}

const entryFor = ({ account: { provider }, keys, settings }: GatheredAccount, place: KeyPlace) => ({
  provider,
  ...settings,
  ...Object.fromEntries(Object.keys(keys).map((key) => [key, place.reference(key)])),
});

export interface KeepOptions {
  gathered: GatheredAccount;
  place: KeyPlace;
  configFile: string;
  context: Pick<CommandContext, 'clock' | 'random'>;
  say: (line: string) => void;
}

/** Keeps the keys, then writes the account. A keychain that refuses to write gives way to files. */
export async function keepAccount({ gathered, place, configFile, context, say }: KeepOptions): Promise<void> {
  const { account, keys } = gathered;
  const refusal = await writtenOrRefused(keys, place);
  if (refusal !== undefined) {
    say(`The keys go into files, since ${refusal}.`);
    const files = filesFor(account.name, configFile, context);
    return keepAccount({ gathered, place: files, configFile, context, say });
  }
  say(`The keys of ${account.name} are in ${place.title}.`);
  say(await carryOutEdit(await editConfiguration(gathered, place, configFile), context));
}

async function writtenOrRefused(keys: GatheredAccount['keys'], place: KeyPlace): Promise<string | undefined> {
  try {
    for (const [key, value] of Object.entries(keys)) await place.write(key, value);
    return undefined;
  } catch (error) {
    if (error instanceof KeychainError) return error.message;
    throw error;
  }
}
