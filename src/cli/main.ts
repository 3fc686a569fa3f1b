#!/usr/bin/env node
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { ConfigError } from '../define/config-error.js';
import { realPlaces } from '../observe/real-places.js';
import { addApprovals } from './approvals.js';
import { addAudit } from './audit.js';
import { addDoctor } from './doctor/command.js';
import { addHooks } from './hooks.js';
import { addPolicy } from './policy.js';
import { createProgram } from './program.js';
import { addHttp } from './serve/http.js';
import { addSandbox } from './serve/sandbox.js';
import { addStdio } from './serve/stdio.js';
import { addSetup } from './setup/setup.js';
import { addShell } from './shell/commands.js';
import type { ShellContext } from './shell/context.js';
import { systemClock, systemRandom, systemUser } from './system.js';
import { addToken } from './token.js';

// Node 22 and newer keep compiled code, so that the next start is faster.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache();

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const write = (line: string) => void process.stderr.write(realPlaces(line));

const { stdin, stdout, stderr } = process;

const context: ShellContext = {
  version,
  script: fileURLToPath(import.meta.url),
  env: process.env,
  catalog: async () => JSON.parse(await readFile(new URL('tools.json', import.meta.url), 'utf8')),
  loadSearch: async () => {
    const { openSearch } = await import('../define/search/index.js');
    return openSearch(JSON.parse(await readFile(new URL('search.json', import.meta.url), 'utf8')));
  },
  loadBoard: () => readFile(new URL('board.html', import.meta.url), 'utf8'),
  fontFile: fileURLToPath(new URL('DejaVuSans.ttf', import.meta.url)),
  clock: systemClock,
  random: systemRandom,
  write,
  say: (text) => void process.stdout.write(text),
  isTerminal: stderr.isTTY,
  user: systemUser,
  screen: {
    columns: stdout.isTTY ? stdout.columns : undefined,
    hasColours: stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  },
  ask:
    stdin.isTTY && stderr.isTTY
      ? async (question) => (await import('./shell/terminal.js')).askAt({ input: stdin, output: stderr }, question)
      : undefined,
  readInput: async () => (await import('./shell/terminal.js')).allOf(stdin),
  exitWith: (code) => {
    process.exitCode = code;
  },
  onExit: (work) => void process.on('exit', work),
  onEnd(close) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  },
};

const program = createProgram(
  [addStdio, addHttp, addSandbox, addApprovals, addPolicy, addToken, addAudit, addDoctor, addHooks, addSetup, addShell],
  context,
);

// While stdio is served, stdout belongs to the protocol: no library may print to it.
globalThis.console = new Console(process.stderr);
process.on('unhandledRejection', (error) => {
  write(`pgfleet: unexpected: ${error instanceof Error ? error.stack : String(error)}\n`);
});
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeFor(error);
  if (!(error instanceof CommanderError)) for (const fault of faultsOf(error)) write(`pgfleet: ${fault}\n`);
}

/** What is wrong with the command line was told already, as was the help that was asked for. */
function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof ConfigError ? 2 : 1;
}

function faultsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.faults;
  // The errors are recognised by name, because most commands load neither a store nor a port.
  const isTold = error instanceof Error && ['CommandFailed', 'StoreError', 'PortError'].includes(error.name);
  if (isTold) return [error.message];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}
