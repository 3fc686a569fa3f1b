import type { Command } from 'commander';
import type { HookCommands, QueueOfTarget } from '../app/hooks/hook-commands.js';
import { type CommandContext, CommandFailed, type Flags } from './command-context.js';

/** Adds the commands about what is told outside. */
export function addHooks(program: Command, context: CommandContext): void {
  const { say, version, clock, random } = context;
  const hooks = program.command('hooks').description('Work with hooks: the places outside that events are sent to.');
  const add = (words: string, description: string, work: (commands: HookCommands, name?: string) => Promise<void>) =>
    hooks
      .command(`${words} [target]`)
      .description(description)
      .action(async (name: string | undefined, _: Flags, command: Command) => {
        const [{ configOf }, { openHookCommands }] = await Promise.all([
          import('./configuration.js'),
          import('../app/hooks/hook-commands.js'),
        ]);
        const config = configOf(command.optsWithGlobals<Flags>(), context);
        const log = (line: string) => say(`${line}\n`);
        const commands = await openHookCommands({ config, version, clock, newId: random.id, log });
        try {
          await work(commands, name);
        } finally {
          await commands.close();
        }
      });
  add('test', 'Send a signed test event to each target; exit 1 where one does not take it.', async ({ test }, name) => {
    const results = await test(name);
    for (const { target, sent } of results) say(`${target.name}: ${sent.result} (${sent.why})\n`);
    if (results.some(({ sent }) => sent.result !== 'sent')) throw new CommandFailed('Not every target took the event.');
  });
  add('list', 'Targets, with what waits for each.', async ({ queues }, name) => {
    for (const queue of await queues(name)) say(`${lineOf(queue)}\n`);
  });
  add('dead', 'Events that could not be sent within a day.', async ({ queues }, name) => {
    const dead = (await queues(name)).flatMap(({ target, dead: all }) => all.map((queued) => ({ target, ...queued })));
    for (const { target, event } of dead)
      say(
        `${target.name}: ${event.type} of ${clock.timeText(event.time)}, ${event.instances.join(', ')}, ${event.id}\n`,
      );
    say(`${dead.length} dead letters.\n`);
  });
  add('retry', 'Let dead letters wait again; a running server sends them.', async ({ retry }, name) => {
    say(`${await retry(name)} dead letters wait again.\n`);
  });
}

const lineOf = ({ target, waiting, dead }: QueueOfTarget): string => {
  const { name, shape, events, accounts } = target;
  const about = accounts === undefined ? '' : ` of ${accounts.join(', ')}`;
  return `${name} (${shape}): ${waiting.length} wait, ${dead.length} dead; ${events.join(', ')}${about}`;
};
