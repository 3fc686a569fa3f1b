import tabtab, { type SupportedShell } from '@pnpm/tabtab';
import type { Command, Option } from 'commander';
import type { ToolEntry } from '../../server/catalog.js';
import { configOf } from '../configuration.js';
import type { ShellContext } from './context.js';
import { callsByName, optionOf, propertiesOf, spelling } from './operation-arguments.js';

export interface CompletionItem {
  name: string;
  description?: string;
}

/** Prints the script by which a shell asks for what can follow. */
export async function completionScript(shell: SupportedShell, { say }: ShellContext): Promise<void> {
  say(await tabtab.getCompletionScript({ name: 'pgfleet', completer: 'pgfleet', shell }));
}

/** Answers what such a script asks: the words of the line, and in its environment which of them is being typed. */
export async function answerCompletion(line: readonly string[], program: Command, context: ShellContext) {
  const { env, say } = context;
  const { words: at } = tabtab.parseEnv({ ...env });
  const shell = tabtab.getShellFromEnv(env);
  const items = completions(line.slice(1, at), line[at] ?? '', { program, operations: await operationsHere(context) });
  tabtab.log(items, shell, (text) => say(`${text}\n`));
}

/** The operations of the configured providers, or of all where none is. */
async function operationsHere(context: ShellContext): Promise<ToolEntry[]> {
  const providers = new Set<string>(['pgfleet', ...providersIn(context)]);
  const all = (await context.catalog()).filter(callsByName);
  return providers.size === 1 ? all : all.filter(({ provider }) => providers.has(provider));
}

function providersIn(context: ShellContext): string[] {
  try {
    return [...configOf({}, context).accounts.values()].map(({ provider }) => provider);
  } catch {
    // What is wrong with the configuration is told by the command itself.
    return [];
  }
}

interface Known {
  program: Command;
  operations: readonly ToolEntry[];
}

/** What can follow the words that stand before, and begins with what was typed. */
export function completions(
  before: readonly string[],
  typed: string,
  { program, operations }: Known,
): CompletionItem[] {
  const { command, rest } = commandIn(program, before);
  const operation = operations.find(({ name }) => name === operationOf(command, rest));
  const last = before.at(-1) ?? '';
  const values = last.startsWith('--') ? valuesOf(last, [command, program], operation) : undefined;
  return (values ?? followers()).filter(({ name }) => name.startsWith(typed));

  function followers(): CompletionItem[] {
    if (typed.startsWith('-')) return [...argumentsOf(operation), ...[command, program].flatMap(optionsOf)];
    if (command.commands.length > 0) return subcommandsOf(command);
    const choices = command.registeredArguments[0]?.argChoices;
    if (rest.length > 0) return [];
    return choices?.map((name) => ({ name })) ?? (namesOperation(command) ? operations.map(itemOf) : []);
  }
}

/** The command that the words lead to, and those of them that are arguments of it. */
function commandIn(program: Command, words: readonly string[]): { command: Command; rest: string[] } {
  let command = program;
  const rest: string[] = [];
  for (const word of words) {
    const next = rest.length === 0 ? command.commands.find((each) => each.name() === word) : undefined;
    if (next) command = next;
    else if (!word.startsWith('-') && command !== program) rest.push(word);
  }
  return { command, rest };
}

const namesOperation = (command: Command): boolean => ['call', 'tools'].includes(command.name());

/** A command that is a call of one tool names it in its description. */
const operationOf = (command: Command, rest: readonly string[]): string | undefined =>
  command.name() === 'call' ? rest[0] : /\bTakes the arguments of (\w+)\./.exec(command.description())?.[1];

const itemOf = ({ name, title }: ToolEntry): CompletionItem => ({ name, description: title });

const subcommandsOf = (command: Command): CompletionItem[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ name: each.name(), description: each.description() }));

const optionsOf = (command: Command): CompletionItem[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ name: long, description }] : []));

const argumentsOf = (operation: ToolEntry | undefined): CompletionItem[] =>
  Object.entries(operation ? propertiesOf(operation.inputSchema) : {}).map(([name, { description }]) => ({
    name: optionOf(name),
    ...(description !== undefined && { description }),
  }));

/** The values that an option or argument can have: none where they are not known. Undefined for a switch. */
function valuesOf(flag: string, commands: readonly Command[], operation: ToolEntry | undefined) {
  const option = commands.flatMap(({ options }): readonly Option[] => options).find(({ long }) => long === flag);
  if (option) return option.required ? (option.argChoices ?? []).map((name) => ({ name })) : undefined;
  const properties = operation ? propertiesOf(operation.inputSchema) : {};
  const [, property] = Object.entries(properties).find(([name]) => spelling(name) === spelling(flag)) ?? [];
  if (!property || property.type === 'boolean') return undefined;
  return (property.enum ?? []).map((value) => ({ name: String(value) }));
}
