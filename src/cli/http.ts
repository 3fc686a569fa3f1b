import type { Command } from 'commander';
import { type Config, secretsIn } from '../config/config.js';
import type { Log } from '../observe/logger.js';
import { configOf, type Flags, type ServingContext } from './command-context.js';
import { sandboxOptions } from './sandbox-options.js';

export function addHttp(program: Command, context: ServingContext): void {
  const { version, catalog, say, onEnd, clock, random } = context;
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
      const config = configOf(flags, context);
      const log = await loggerFor(config, context);
      const { serveHttp } = await import('../app/http.js');
      const { close } = await serveHttp({ config, faults: fault, version, catalog, log, clock, random, say });
      onEnd(close);
    });
  for (const option of sandboxOptions()) http.addOption(option);
}

/** Lines for people on a terminal, JSON for whatever collects them; what is secret in the settings is masked. */
async function loggerFor(config: Config, { write, isTerminal, onExit }: ServingContext): Promise<Log> {
  const [{ createLogger }, { batched }, { trace }] = await Promise.all([
    import('../observe/create-logger.js'),
    import('../observe/batched.js'),
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
