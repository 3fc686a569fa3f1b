import type { Command } from 'commander';
import type { CommandContext, Flags } from '../command-context.js';

/** Adds the command that looks whether everything works, from the settings to the answers of each account. */
export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('Look at settings, accounts and this machine; say what is wrong, and what mends it.')
    .option('--json', 'one JSON object instead of text')
    .option('--report', 'only what the project needs to follow a provider: no values, ids or names')
    .action(async (_: Flags, command: Command) => {
      const { json, report, fault, ...flags } = command.optsWithGlobals<Flags>();
      const form = report ? 'report' : json ? 'json' : 'text';
      const [{ examinedConfigOf }, { runDoctor }] = await Promise.all([
        import('../configuration.js'),
        import('./doctor.js'),
      ]);
      await runDoctor({ examined: examinedConfigOf(flags, context), faults: fault, form }, context);
    });
}
