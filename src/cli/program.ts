import { Command } from 'commander';
import { isProviderName, providerNames } from '../providers/settings.js';
import { nearestTo } from '../values/nearest.js';
import { type CommandContext, splitWords } from './command-context.js';

/** Adds a command to the program. */
export type AddCommand<Context extends CommandContext> = (program: Command, context: Context) => void;

/** Creates the command line with these commands. One of them runs when no command is given. */
export function createProgram<Context extends CommandContext>(
  commands: readonly AddCommand<Context>[],
  context: Context,
): Command {
  const program = new Program('pgfleet')
    .description('One MCP server to operate managed PostgreSQL. Without a command it serves MCP over stdio.')
    .version(context.version)
    .helpCommand(true)
    // Its own exit code for a wrong command line means something else here.
    .exitOverride();
  for (const add of commands) add(program, context);
  return program;
}

/** Reads `--sandbox` without a value also where a word follows that belongs to a command. */
class Program extends Command {
  override parseOptions(words: string[]): ReturnType<Command['parseOptions']> {
    const isAlone = (index: number) =>
      words[index] === sandboxFlag && isOfCommand(words[index + 1] ?? '', lineOf(words.slice(0, index), this));
    const parsed = super.parseOptions(words.map((word, index) => (isAlone(index) ? `${sandboxFlag}=1` : word)));
    const [first] = parsed.operands;
    if (first !== undefined) this.requireCommand(first);
    return parsed;
  }

  /** Without it, a misspelled command would be an argument too many of the one that serves. */
  private requireCommand(word: string): void {
    const names = [...this.commands.map((each) => each.name()), 'help'];
    if (names.includes(word)) return;
    const near = nearestTo(word, names);
    const hint = near === undefined ? '"pgfleet --help" lists those that there are.' : `Did you mean ${near}?`;
    this.error(`error: there is no command ${word}. ${hint}`);
  }
}

const sandboxFlag = '--sandbox';
const switches: ReadonlySet<string> = new Set(['1', '0', 'true', 'false', 'auto']);

/** A command, and how many of its arguments stand on the line. */
interface CommandLine {
  command: Command;
  given: number;
}

const lineOf = (words: readonly string[], program: Command): CommandLine =>
  words.reduce<CommandLine>(
    ({ command, given }, word, index) => {
      const inner = command.commands.find((each) => each.name() === word);
      const isOfFlag = word.startsWith('-') || words[index - 1]?.startsWith('--') === true;
      return inner ? { command: inner, given: 0 } : { command, given: isOfFlag ? given : given + 1 };
    },
    { command: program, given: 0 },
  );

/** A misspelled provider is left to the check of settings, which says what there is. */
function isOfCommand(word: string, { command, given }: CommandLine): boolean {
  const { commands, registeredArguments: taken } = command;
  if (commands.some((each) => each.name() === word)) return true;
  const isValue = switches.has(word) || splitWords(word).some((name) => isProviderName(name) || isNear(name));
  const isTaken = taken.length > given || taken.at(-1)?.variadic === true;
  return isTaken && !isValue;
}

const isNear = (name: string): boolean => nearestTo(name, providerNames) !== undefined;
