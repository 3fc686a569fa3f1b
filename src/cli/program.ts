import { Command } from 'commander';
import type { CommandContext } from './command-context.js';

/** Adds a command to the program. */
export type AddCommand<Context extends CommandContext> = (program: Command, context: Context) => void;

/** Creates the command line with these commands. One of them runs when no command is given. */
export function createProgram<Context extends CommandContext>(
  commands: readonly AddCommand<Context>[],
  context: Context,
): Command {
  const program = new Command('pgfleet')
    .description('One MCP server to operate managed PostgreSQL. Without a command it serves MCP over stdio.')
    .version(context.version)
    // Its own exit code for a wrong command line means something else here.
    .exitOverride();
  for (const add of commands) add(program, context);
  return program;
}
