#!/usr/bin/env node
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { ConfigError } from './define/config-error.js';
import { addApprovals } from './start/commands/approvals.js';
import { addAudit } from './start/commands/audit.js';
import { addPolicy } from './start/commands/policy.js';
import { addHttp, addSandbox, addStdio, type ServingSurroundings } from './start/commands/serving.js';
import type { Flags } from './start/commands/surroundings.js';
import { addToken } from './start/commands/token.js';
import { type Config, readConfig } from './start/config.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const write = (line: string) => void process.stderr.write(line);

function configOf({ config: file = process.env['PGFLEET_CONFIG'], ...flags }: Flags): Config {
  const texts = Object.entries(flags).map(([key, value]) => [key, value === undefined ? undefined : String(value)]);
  return readConfig({ env: process.env, flags: Object.fromEntries(texts), file: file as string | undefined });
}

const surroundings: ServingSurroundings = {
  configOf,
  version,
  write,
  say: (text) => void process.stdout.write(text),
  isTerminal: process.stderr.isTTY,
  onExit: (work) => void process.on('exit', work),
  onEnd(close) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  },
};

const program = new Command('pgfleet')
  .description('One MCP server to operate managed PostgreSQL. Without a command it serves MCP over stdio.')
  .version(version);
for (const add of [addStdio, addHttp, addSandbox, addApprovals, addPolicy, addToken, addAudit])
  add(program, surroundings);

// While stdio is served, stdout belongs to the protocol: nothing that any library prints may get there.
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
  // Known by their names, since most commands need neither a store nor a port.
  const isTold = error instanceof Error && ['CommandFailed', 'StoreError', 'PortError'].includes(error.name);
  if (isTold) return [error.message];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}
