import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.js';
import type { Machine } from './machine.js';
import type { SetupFlags } from './setup-flags.js';

const all = (value: string, before: string[] = []): string[] => [...before, value];

/** Adds the command that takes a newcomer from nothing to a host that knows an account. */
export function addSetup(program: Command, context: CommandContext, machine?: Partial<Machine>): void {
  program
    .command('setup')
    .argument('[client]', 'host to set up, such as claude-code; asked for when left out')
    .description('Set up an account, or the sandbox, and a host that starts pgfleet.')
    .option('--client <name>', 'the same as the argument')
    .option('--provider <name>', 'provider of the account')
    .option('--account <name>', 'name of the account; that of its provider when left out')
    .option('--key <name=place>', 'where a key is: NAME=env:VARIABLE, NAME=file:PATH or NAME=stdin; repeated', all)
    .option('--setting <name=value>', 'setting of the account that is no key, as in region=kr2; repeated', all)
    .addOption(new Option('--keep <place>', 'where keys are kept').choices(['file', 'keychain']))
    .option('--no-check', 'keep the keys without trying them')
    .option('--print', 'print what the host needs instead of writing its file')
    .option('--yes', 'ask nothing, and take what is usual')
    .option('--force', 'write over another entry, account or key, with a copy beside each file')
    .action(async (client: string | undefined, _: SetupFlags, command: Command) => {
      const { runSetup, thisMachine } = await import('./run-setup.js');
      const flags = command.optsWithGlobals<SetupFlags>();
      await runSetup({ ...flags, client: client ?? flags.client }, context, {
        ...thisMachine(context.env),
        ...machine,
      });
    });
}
