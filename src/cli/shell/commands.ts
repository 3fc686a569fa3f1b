import { Argument, type Command } from 'commander';
import type { ShellContext, ShellFlags } from './context.js';

/** Commands that are a call of one tool of the fleet. */
const shortcuts = [
  { words: 'check', tool: 'fleet_check', does: 'Say whether anything is wrong; the exit code says it too.' },
  { words: 'overview', tool: 'fleet_overview', does: 'List the instances of every account.' },
  { words: 'events', tool: 'fleet_list_events', does: 'List what happened, the newest first.' },
] as const;

/** The shells that there is a script for. */
const completed = ['bash', 'zsh', 'fish'] as const;
type Completed = (typeof completed)[number];

/** Adds the commands that do in a shell what a client does over the protocol. */
export function addShell(program: Command, context: ShellContext): void {
  const json = (command: Command) => command.option('--json', 'one JSON value, and nothing else on stdout');
  json(program.command('tools'))
    .description('List what can be called, or show the arguments of one operation.')
    .argument('[words...]', 'the name of an operation, or words that its name or title contains')
    .action(async (words: string[], _: ShellFlags, command: Command) => {
      const { showTools } = await import('./tools.js');
      await showTools(words, command.optsWithGlobals<ShellFlags>(), context);
    });
  taking(json(program.command('call')))
    .description('Make one call, with the same checks, questions and records as over MCP.')
    .argument('<operation>', 'its name, as "pgfleet tools" lists it')
    .argument('[arguments...]', '--name value for each, or one JSON object; - reads the object from stdin')
    .option('--approved <id>', 'present the approval that somebody else gave for this call')
    .action(async (operation: string, words: string[], _: ShellFlags, command: Command) => {
      const { callCommand } = await import('./call.js');
      await callCommand({ operation, words, flags: command.optsWithGlobals<ShellFlags>() }, context);
    });
  for (const { words: name, tool, does } of shortcuts)
    taking(json(program.command(name)))
      .description(`${does} Takes the arguments of ${tool}.`)
      .argument('[arguments...]', '--name value for each, or one JSON object')
      .action(async (words: string[], _: ShellFlags, command: Command) => {
        const { callCommand } = await import('./call.js');
        const flags = command.optsWithGlobals<ShellFlags>();
        await callCommand({ operation: tool, words, flags, isCheck: name === 'check' }, context);
      });
  program
    .command('completion')
    .description('Print the script by which a shell completes commands, operations and arguments.')
    .addArgument(new Argument('<shell>', 'the shell').choices(completed))
    .action(async (shell: Completed) => {
      const { completionScript } = await import('./completion.js');
      await completionScript(shell, context);
    });
  program
    .command('completion-server', { hidden: true })
    .argument('[words...]')
    .description('Answers what the scripts ask.')
    .action(async (words: string[]) => {
      const { answerCompletion } = await import('./completion.js');
      await answerCompletion(words, program, context);
    });
}

/** What is no option of the command is an argument of the operation. */
const taking = (command: Command): Command => command.allowUnknownOption();
