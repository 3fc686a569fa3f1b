import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { stateFolders } from '../config/folders.js';
import { ConfigError } from '../define/config-error.js';
import { approvalsCommand, type CliCommand, CliError, type Credential } from '../http/page/cli-client.js';
import { inZone } from '../values/clock.js';
import { withoutByteOrderMark } from '../values/file-text.js';
import { type CommandContext, CommandFailed, type Flags } from './command-context.js';
import { configOf } from './configuration.js';

/** The options and arguments of the command line. */
export interface Said extends Flags {
  server?: string;
  code?: string;
  name?: string;
  reason?: string;
}

/** Carries out the command of the person at the terminal, and prints the result. */
export async function carryOut(command: CliCommand, { code, ...flags }: Said, context: CommandContext) {
  const { say } = context;
  const { server: given = 'http://127.0.0.1:8765', token, timeZone } = configOf(flags, context);
  const clock = inZone(context.clock, timeZone);
  const server = new URL(given);
  const credential = await credentialFor(server, code, token);
  try {
    say(`${await approvalsCommand({ server, credential, fetch, clock }, command)}\n`);
  } catch (error) {
    throw error instanceof CliError ? new CommandFailed(error.message) : error;
  }
}

const sessions = z.record(z.string(), z.string());

/** Uses the given code or token. Without one, it uses the session of one hour that the last code began. */
async function credentialFor(server: URL, code?: string, token?: string): Promise<Credential> {
  const { terminal: file } = stateFolders();
  const kept = await readFile(file, 'utf8')
    .then((text) => sessions.parse(JSON.parse(withoutByteOrderMark(text))))
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
