import { type Command, Option } from 'commander';
import type { Log } from '../../observe/logger.js';
import { type Config, secretsIn } from '../config.js';
import type { Flags, Surroundings } from './surroundings.js';

export interface ServingSurroundings extends Surroundings {
  version: string;
  /** Writes a line to stderr. */
  write: (line: string) => void;
  /** Whether a person reads stderr. */
  isTerminal: boolean;
  /** Called as the last thing of all. */
  onExit: (work: () => void) => void;
  /** Called when the process is asked to end. */
  onEnd: (close: () => Promise<void>) => void;
}

/** Options that choose the fleet of the sandbox. */
const sandboxOptions = () => [
  new Option(
    '--scenario <name>',
    'story that the sandbox tells: normal, storage-full, failover, replication-delay, quiet',
  ),
  new Option('--sandbox-speed <factor>', 'how fast the clock of the sandbox runs'),
  new Option('--fault <fault...>', 'fault of the sandbox, e.g. "GET /v1.0/db-instances=status:503*2"'),
];

/** Without a command: stdio. Whatever is set here holds for every command. */
export function addStdio(program: Command, { configOf, version, write, onEnd }: ServingSurroundings): void {
  program
    .addOption(new Option('--sandbox [providers]', 'use the embedded emulator instead of an account').preset('1'))
    .option('--profile <words>', 'tools to list: core (default), full, or groups such as core,backups')
    .option('--read-only', 'leave out every tool that changes something')
    .option('--confirm <mode>', 'how guarded calls are confirmed: auto, token, human, deny, off')
    .option('--policy <file>', 'JSON file with rules about who may do what')
    .option('--lang <code>', 'language of event messages: en, ko, ja, zh')
    .option('--audit-log <file>', 'file of the audit record')
    .option('--secrets-dir <folder>', 'folder of secret files, and of generated passwords')
    .option('--poll-seconds <number>', 'how often the fleet is looked at while somebody is subscribed')
    .option('--config <file>', 'JSON file with settings')
    .action(async (flags: Flags) => {
      const { serve } = await import('../serve.js');
      const { textLog } = await import('../../observe/logger.js');
      const config = configOf(flags);
      const log = textLog({ secrets: secretsIn(config), write });
      onEnd(await serve({ config, faults: flags.fault, version, log }));
    });
  for (const option of sandboxOptions()) program.addOption(option);
}

export function addHttp(program: Command, surroundings: ServingSurroundings): void {
  const { configOf, version, say, onEnd } = surroundings;
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
      const log = await loggerFor(config, surroundings);
      const { serveHttp } = await import('../http/serve.js');
      const { close } = await serveHttp({ config, faults: fault, version, log, say });
      onEnd(close);
    });
  for (const option of sandboxOptions()) http.addOption(option);
}

export function addSandbox(program: Command, { configOf, say, onEnd }: ServingSurroundings): void {
  const sandbox = program
    .command('sandbox')
    .description('Serve the emulator over HTTP on loopback, and print what to configure.')
    .option('--port <number>', 'port; 0 takes a free one', '0')
    .option('--providers <names>', 'providers to emulate')
    .action(async (_: Flags, command: Command) => {
      const { port, providers, fault, ...flags } = command.optsWithGlobals<Emulated>();
      const { serveSandbox } = await import('../sandbox.js');
      const config = configOf({ ...flags, sandbox: providers ?? '1' });
      onEnd(await serveSandbox({ config, faults: fault, port: Number(port), say }));
    });
  for (const option of sandboxOptions()) sandbox.addOption(option);
}

interface Emulated extends Flags {
  port: string;
  providers?: string;
}

/** Lines for people on a terminal, JSON for whatever collects them; what is secret in the settings is masked. */
async function loggerFor(config: Config, { write, isTerminal, onExit }: ServingSurroundings): Promise<Log> {
  const [{ createLogger }, { batched }, { trace }] = await Promise.all([
    import('../../observe/create-logger.js'),
    import('../../observe/batched.js'),
    import('@opentelemetry/api'),
  ]);
  const lines = batched(write);
  onExit(lines.flush);
  return createLogger({
    format: config.logFormat ?? (isTerminal ? 'text' : 'json'),
    secrets: secretsIn(config),
    write: lines.write,
    trace: () => trace.getActiveSpan()?.spanContext().traceId,
  });
}
