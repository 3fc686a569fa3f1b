import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { stateFolders } from '../config/folders.js';
import { ConfigError } from '../define/config-error.js';
import type { CliCommand, Credential } from '../http/page/cli-client.js';
import { type CommandContext, CommandFailed, configOf, type Flags } from './command-context.js';

/** The approval page in a terminal. */
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

interface Said extends Flags {
  server?: string;
  code?: string;
  name?: string;
  reason?: string;
}

async function carryOut(command: CliCommand, { code, ...flags }: Said, context: CommandContext) {
  const { say, clock } = context;
  const { approvalsCommand, CliError } = await import('../http/page/cli-client.js');
  const { server: given = 'http://127.0.0.1:8765', token } = configOf(flags, context);
  const server = new URL(given);
  const credential = await credentialFor(server, code, token);
  try {
    say(`${await approvalsCommand({ server, credential, fetch, now: clock.now }, command)}\n`);
  } catch (error) {
    throw error instanceof CliError ? new CommandFailed(error.message) : error;
  }
}

const sessions = z.record(z.string(), z.string());

/** A code or token of now, or else the session of an hour that the last code has begun. */
async function credentialFor(server: URL, code?: string, token?: string): Promise<Credential> {
  const { terminal: file } = stateFolders();
  const kept = await readFile(file, 'utf8')
    .then((text) => sessions.parse(JSON.parse(text)))
    .catch((): Record<string, string> => ({}));
  if (code !== undefined) return { code, keep: (session) => keep(file, { ...kept, [server.origin]: session }) };
  const held = token ?? kept[server.origin];
  if (held !== undefined) return { token: held };
  throw new ConfigError([
    'Sign in first: with --code and the one-time code that the server shows, or with an access token in PGFLEET_TOKEN.',
  ]);
}

async function keep(file: string, kept: Record<string, string>): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(kept), { mode: 0o600 });
}
