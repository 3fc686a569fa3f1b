#!/usr/bin/env node
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../define/config-error.js';
import { realPlaces } from '../observe/real-places.js';
import { addApprovals } from './approvals.js';
import { addAudit } from './audit.js';
import type { ServingContext } from './command-context.js';
import { addDoctor } from './doctor/command.js';
import { addPolicy } from './policy.js';
import { createProgram } from './program.js';
import { addHttp } from './serve/http.js';
import { addSandbox } from './serve/sandbox.js';
import { addStdio } from './serve/stdio.js';
import { systemClock, systemRandom } from './system.js';
import { addToken } from './token.js';

// Node 22 and newer keep compiled code, so that the next start is faster.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache();

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const write = (line: string) => void process.stderr.write(realPlaces(line));

const context: ServingContext = {
  version,
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
  isTerminal: process.stderr.isTTY,
  onExit: (work) => void process.on('exit', work),
  onEnd(close) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  },
};

const program = createProgram(
  [addStdio, addHttp, addSandbox, addApprovals, addPolicy, addToken, addAudit, addDoctor],
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
  for (const fault of faultsOf(error)) write(`pgfleet: ${fault}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}

function faultsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.faults;
  // The errors are recognised by name, because most commands load neither a store nor a port.
  const isTold = error instanceof Error && ['CommandFailed', 'StoreError', 'PortError'].includes(error.name);
  if (isTold) return [error.message];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}
