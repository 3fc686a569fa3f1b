import type { Command } from 'commander';
import type { CommandContext, Flags } from '../command-context.js';

/** Adds the command that looks whether everything works, from the settings to the answers of each account. */
export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('Look at settings, accounts and this machine; say what is wrong, and what mends it.')
    .option('--json', 'one JSON object instead of text')
    .action(async (_: Flags, command: Command) => {
      const { json = false, fault, ...flags } = command.optsWithGlobals<Flags & { json?: boolean }>();
      const [{ examinedConfigOf }, { runDoctor }] = await Promise.all([
        import('../configuration.js'),
        import('./doctor.js'),
      ]);
      await runDoctor({ examined: examinedConfigOf(flags, context), faults: fault, json }, context);
    });
}
