import type { Command } from 'commander';
import type { CliCommand } from '../http/page/cli-client.js';
import type { Said } from './approvals-client.js';
import type { CommandContext } from './command-context.js';

/** Adds the commands that do in a terminal what the approval page does. */
export function addApprovals(program: Command, context: CommandContext): void {
  const approvals = program
    .command('approvals')
    .description('Decide on calls that wait for a person, as on the approval page.')
    .option('--server <url>', 'where pgfleet serves; http://127.0.0.1:8765 when left out')
    .option('--code <code>', 'the one-time code that the server shows; it signs in for an hour');
  const add = (words: string, description: string, verb: (id: string, flags: Said) => CliCommand) =>
    approvals
      .command(words)
      .description(description)
      .action(async (...given: unknown[]) => {
        const command = given.at(-1) as Command;
        const flags = command.optsWithGlobals<Said>();
        const { carryOut } = await import('./approvals-client.js');
        await carryOut(verb(command.args[0] ?? '', flags), flags, context);
      });
  add('list', 'What waits, and what was decided lately.', () => ({ verb: 'list' }));
  add('show <id>', 'One request, whole.', (id) => ({ verb: 'show', id }));
  add('approve <id>', 'Say yes; the one who asked carries it out.', (id, { name }) => ({
    verb: 'approve',
    id,
    name,
  })).option('--name <name>', 'name of what would be lost, where something would');
  add('refuse <id>', 'Say no.', (id, { reason }) => ({ verb: 'refuse', id, reason })).option(
    '--reason <text>',
    'why, for the one who asked',
  );
}
