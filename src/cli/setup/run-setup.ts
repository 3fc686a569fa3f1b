import { existsSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { readConfig } from '../../config/config.js';
import { ownConfigFile } from '../../config/folders.js';
import { expandedPath } from '../../config/home.js';
import { ConfigError } from '../../define/config-error.js';
import { isProviderName, productOf, providerNames, settingsOf } from '../../providers/settings.js';
import { type CommandContext, CommandFailed, splitWords } from '../command-context.js';
import { type GatheredAccount, gatherAccount } from './account/gather.js';
import { keepAccount, overwritesOf, placeFor, triedAccount } from './account/set-up-account.js';
import { carryOutEdit, consentTo } from './change.js';
import { type Choice, type Dialogue, dialogueAt } from './dialogue.js';
import { pathOfHost } from './hosts/files.js';
import type { Host, Program } from './hosts/host.js';
import { hosts } from './hosts/hosts.js';
import { byHand, editHost, type HostEdit, overwriteOfHost } from './hosts/set-up-host.js';
import type { Machine } from './machine.js';
import { programFor } from './program.js';
import type { SetupFlags } from './setup-flags.js';

export { thisMachine } from './machine.js';

/** What every step can use. */
interface Surroundings {
  flags: SetupFlags;
  context: CommandContext;
  machine: Machine;
  /** Absent where nobody can be asked. */
  dialogue?: Dialogue;
  say: (line: string) => void;
}

/** Sets up an account or the sandbox, then a host. Everything is asked and tried before the first file is written. */
export async function runSetup(flags: SetupFlags, context: CommandContext, machine: Machine): Promise<void> {
  const { force = false, print } = flags;
  const say = (line: string) => context.say(`${line}\n`);
  const dialogue = machine.isTerminal && !flags.yes ? dialogueAt(machine) : undefined;
  const around = { flags, context, machine, dialogue, say };
  const named = flags.client === undefined ? undefined : hostNamed(flags.client);
  const sandbox = await chosenSandbox(around);
  const account = sandbox === undefined ? await prepareAccount(around) : undefined;
  const host = named ?? (await chosenHost(around));
  const program = programFor({ sandbox, configFile: account?.configFile }, flags, machine, context);
  const edit = print ? undefined : await editHost(host, program, machine);
  const overwrites = [...(account?.overwrites ?? []), ...(edit ? overwriteOfHost(host, program, edit) : [])];
  await consentTo(overwrites, { force, dialogue, say });
  await account?.keep();
  await finishHost({ host, program, edit }, around);
}

function hostNamed(name: string): Host {
  const host = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
  if (host) return host;
  throw new ConfigError([`There is no host ${name} here. Known are: ${Object.keys(hosts).join(', ')}.`]);
}

/** Any host that reads the usual object of servers. */
const anyHost: Host = {
  title: 'your host',
  file: { base: {}, folder: '', names: ['mcp.json'], form: 'json', at: ['mcpServers'] },
  entry: ({ command, args }) => ({ command, args }),
};

/** The hosts that are on this machine stand first. */
async function chosenHost({ dialogue, machine }: Surroundings): Promise<Host> {
  if (!dialogue) return anyHost;
  const all = Object.entries(hosts).map(([name, { title, file }]): Choice<string> & { isHere: boolean } => {
    const path = file && pathOfHost(file, machine);
    const isHere = path !== undefined && (existsSync(path) || (file?.folder !== '' && existsSync(dirname(path))));
    return { value: name, label: title, isHere, ...(isHere && { hint: 'found on this machine' }) };
  });
  const sorted = all.toSorted((a, b) => Number(b.isHere) - Number(a.isHere));
  const other = { value: '', label: 'Another one', hint: 'prints what it needs' };
  const name = await dialogue.choose('Which host shall start pgfleet?', [...sorted, other]);
  return name === '' ? anyHost : hostNamed(name);
}

/** What the sandbox emulates. Undefined where an account is set up. */
async function chosenSandbox({ flags, dialogue }: Surroundings): Promise<string | undefined> {
  const { sandbox, provider } = flags;
  const unknown = sandbox === '1' ? [] : splitWords(sandbox).filter((name) => !isProviderName(name));
  if (unknown.length > 0)
    throw new ConfigError([`--sandbox has no ${unknown.join(', ')}. Providers are: ${providerNames.join(', ')}.`]);
  if (sandbox !== undefined && provider !== undefined)
    throw new ConfigError(['The sandbox needs no account: give either --sandbox or --provider.']);
  if (sandbox !== undefined || provider !== undefined || !dialogue) return sandbox;
  const keys = 'An account of mine';
  const choices = [
    { value: 'account', label: keys, hint: providerNames.map(productOf).join(', ') },
    { value: 'sandbox', label: 'The sandbox', hint: 'an emulated fleet, without any keys' },
  ] as const;
  return (await dialogue.choose('What shall pgfleet operate?', [...choices])) === 'sandbox' ? '1' : undefined;
}

/** Collects and tries an account, and finds out what keeping it would write over. */
async function prepareAccount(around: Surroundings) {
  const { flags, context, machine, say } = around;
  const { keep, config } = flags;
  const gathered = await readableAccount(around);
  const configFile = resolve(expandedPath(config ?? machine.env['PGFLEET_CONFIG'] ?? ownConfigFile(), machine.env));
  const place = await placeFor({ gathered, keep, configFile, machine, context, say });
  const overwrites = await overwritesOf(gathered, place, configFile);
  return {
    configFile,
    overwrites,
    async keep() {
      await keepAccount({ gathered, place, configFile, context, say });
      // Whatever else stands in the file is judged now, and not only when a host starts pgfleet.
      readConfig({ env: withoutAccounts(machine.env), flags: {}, file: configFile, keychain: machine.keychain });
    },
  };
}

/** An account that could be read, or that the person wants to keep all the same. */
async function readableAccount(around: Surroundings): Promise<GatheredAccount> {
  const { flags, context, machine, dialogue, say } = around;
  const { provider, account: name, key: keys = [], setting: settings = [], check } = flags;
  const gathered = await gatherAccount({ provider, name, keys, settings, machine, dialogue, say });
  if (!check) return gathered;
  const { told, wasRead } = await triedAccount(gathered, machine, context);
  if (!wasRead && !dialogue) throw new CommandFailed(`${told} With --no-check it is kept untried.`);
  say(told);
  if (wasRead || !dialogue) return gathered;
  const next = await dialogue.choose('What now?', [
    { value: 'again', label: 'Try again' },
    { value: 'keep', label: 'Keep it all the same' },
  ]);
  return next === 'again' ? readableAccount(around) : gathered;
}

/** The environment without the variables of accounts, which are in the file now. */
function withoutAccounts(env: Machine['env']): Machine['env'] {
  const ofAccounts = new Set(
    providerNames.flatMap((name) => Object.values(settingsOf(name)).flatMap((each) => each.env)),
  );
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofAccounts.has(name)));
}

interface ReadyHost {
  host: Host;
  program: Program;
  edit: HostEdit | undefined;
}

/** Writes the file of the host, or prints what it needs. */
async function finishHost({ host, program, edit }: ReadyHost, { context, machine, say }: Surroundings) {
  const { title } = host;
  const hand = () => byHand(host, program, machine);
  if (edit?.edit.kind === 'closed')
    throw new CommandFailed(`${edit.path} was not changed: ${edit.edit.reason}. Add this by hand.\n\n${hand()}`);
  if (!edit) return say(hand());
  say(await carryOutEdit(edit, context));
  if (context.script.includes(`${sep}_npx${sep}`))
    say('This copy of pgfleet lies in a cache of npm, which may be cleared: npm install -g keeps one.');
  say(`Start ${title} anew, and ask it: is anything wrong with my databases?`);
}
