import { homedir } from 'node:os';
import type { Command } from 'commander';
import type { CommandContext, Flags } from '../command-context.js';
import type { ClientContext } from './client/client.js';

/** Adds the command that looks whether everything works, from the settings to the answers of each account. */
export function addDoctor(program: Command, context: CommandContext, place: Partial<ClientContext> = {}): void {
  program
    .command('doctor')
    .description('Look at settings, accounts and this machine; say what is wrong, and what mends it.')
    .option('--json', 'one JSON object instead of text')
    .option('--client <host>', 'also look at the configuration of a host, such as claude-code')
    .option('--report', 'only what the project needs to follow a provider: no values, ids or names')
    .action(async (_: Flags, command: Command) => {
      const { json, report, client, fault, ...flags } = command.optsWithGlobals<Flags>();
      const wanted = typeof client === 'string' ? { name: client, ...thisPlace(context), ...place } : undefined;
      const form = report ? 'report' : json ? 'json' : 'text';
      const [{ examinedConfigOf }, { runDoctor }] = await Promise.all([
        import('../configuration.js'),
        import('./doctor.js'),
      ]);
      await runDoctor({ examined: examinedConfigOf(flags, context), faults: fault, form, client: wanted }, context);
    });
}

const thisPlace = ({ env }: CommandContext): ClientContext => ({
  platform: process.platform,
  home: homedir(),
  env,
  folder: process.cwd(),
});
