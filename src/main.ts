#!/usr/bin/env node
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type Config, ConfigError, readConfig, secretsIn } from './config.js';
import type { Log } from './observe/logger.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const log = (line: string) => void process.stderr.write(`${line}\n`);

/** Options that choose the fleet of the sandbox. */
const sandboxOptions = [
  new Option(
    '--scenario <name>',
    'story that the sandbox tells: normal, storage-full, failover, replication-delay, quiet',
  ),
  new Option('--sandbox-speed <factor>', 'how fast the clock of the sandbox runs'),
  new Option('--fault <fault...>', 'fault of the sandbox, e.g. "GET /v1.0/db-instances=status:503*2"'),
];

const program = new Command('pgfleet')
  .description('One MCP server to operate managed PostgreSQL. Without a command it serves MCP over stdio.')
  .version(version)
  .addOption(new Option('--sandbox [providers]', 'use the embedded emulator instead of an account').preset('1'))
  .option('--profile <words>', 'tools to list: core (default), full, or groups such as core,backups')
  .option('--read-only', 'leave out every tool that changes something')
  .option('--confirm <mode>', 'how guarded calls are confirmed: auto, token, human, deny, off')
  .option('--lang <code>', 'language of event messages: en, ko, ja, zh')
  .option('--audit-log <file>', 'file of the audit record')
  .option('--secrets-dir <folder>', 'folder of secret files, and of generated passwords')
  .option('--poll-seconds <number>', 'how often the fleet is looked at while somebody is subscribed')
  .option('--policy <file>', 'JSON file with rules about who may do what')
  .option('--config <file>', 'JSON file with settings')
  .action(async (flags: Flags) => {
    const { serve } = await import('./start/serve.js');
    await serve({ config: configOf(flags), faults: flags.fault, version, log });
  });
for (const option of sandboxOptions) program.addOption(option);

const http = program
  .command('http')
  .description('Serve MCP over HTTP to many, with the approval page.')
  .option('--host <address>', 'address to listen on; 127.0.0.1 when left out')
  .option('--port <number>', 'port to listen on; 8765 when left out, 0 takes a free one')
  .option('--public-url <url>', 'address that clients and browsers use')
  .option('--issuer <url>', 'issuer of access tokens')
  .option('--audience <text>', 'what the issuer calls this server in its tokens')
  .option('--tokens-file <file>', 'file of hashed tokens')
  .action(async (_: Flags, command: Command) => {
    const { fault, ...flags } = command.optsWithGlobals<Flags>();
    const config = configOf(flags);
    const log = await loggerFor(config);
    const { serveHttp } = await import('./start/http/serve.js');
    const say = (text: string) => void process.stdout.write(text);
    const { close } = await serveHttp({ config, faults: fault, version, log, say });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  });
for (const option of sandboxOptions) http.addOption(option);

const sandbox = program
  .command('sandbox')
  .description('Serve the emulator over HTTP on loopback, and print what to configure.')
  .option('--port <number>', 'port; 0 takes a free one', '0')
  .option('--providers <names>', 'providers to emulate')
  .action(async (_: Flags, command: Command) => {
    const { port, providers, ...flags } = command.optsWithGlobals<Flags & { port: string; providers?: string }>();
    const { serveSandbox } = await import('./start/sandbox.js');
    const config = configOf({ ...flags, sandbox: providers ?? '1' });
    await serveSandbox({ config, faults: flags.fault, port: Number(port), log });
  });
for (const option of sandboxOptions) sandbox.addOption(option);

program
  .command('audit')
  .description('Work with the audit record.')
  .command('verify')
  .argument('<file>', 'file of the audit record')
  .description('Check the chain; name the first line that was changed, cut or inserted.')
  .action(async (file: string) => {
    const { verifyAuditLog } = await import('./audit/verify.js');
    const verdict = await verifyAuditLog(file).catch((error: NodeJS.ErrnoException) => {
      throw new ConfigError([`The audit record ${file} cannot be read (${error.code ?? error.message}).`]);
    });
    log(verdict.ok ? `${verdict.lines} lines, the chain is whole.` : `Line ${verdict.line} ${verdict.reason}.`);
    process.exitCode = verdict.ok ? 0 : 1;
  });

interface Flags {
  [key: string]: string | string[] | undefined;
  fault?: string[];
}

/** Lines for people on a terminal, JSON for whatever collects them; what is secret in the settings is masked. */
async function loggerFor(config: Config): Promise<Log> {
  const { createLogger } = await import('./observe/logger.js');
  const { trace } = await import('@opentelemetry/api');
  return createLogger({
    format: config.logFormat ?? (process.stderr.isTTY ? 'text' : 'json'),
    secrets: secretsIn(config),
    write: (line) => void process.stderr.write(line),
    trace: () => trace.getActiveSpan()?.spanContext().traceId,
  });
}

function configOf({ config: file = process.env['PGFLEET_CONFIG'], ...flags }: Flags): Config {
  const texts = Object.entries(flags).map(([key, value]) => [key, value === undefined ? undefined : String(value)]);
  return readConfig({ env: process.env, flags: Object.fromEntries(texts), file: file as string | undefined });
}

// While stdio is served, stdout belongs to the protocol: nothing that any library prints may get there.
globalThis.console = new Console(process.stderr);
process.on('unhandledRejection', (error) => log(`Unexpected: ${error instanceof Error ? error.stack : String(error)}`));
try {
  await program.parseAsync();
} catch (error) {
  const faults =
    error instanceof ConfigError
      ? error.faults
      : [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  for (const fault of faults) log(`pgfleet: ${fault}`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
