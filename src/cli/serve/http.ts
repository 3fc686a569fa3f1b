import type { Command } from 'commander';
import type { Flags, ServingContext } from '../command-context.js';
import { sandboxOptions } from './sandbox-options.js';

export function addHttp(program: Command, context: ServingContext): void {
  const { version, catalog, loadSearch, loadBoard, fontFile, say, onEnd, clock, random } = context;
  const http = program
    .command('http')
    .description('Serve MCP over HTTP to many, with the approval page.')
    .option('--host <address>', 'address to listen on; 127.0.0.1 when left out')
    .option('--port <number>', 'port to listen on; 8765 when left out, 0 takes a free one')
    .option('--public-url <url>', 'address that clients and browsers use')
    .option('--issuer <url>', 'issuer of access tokens')
    .option('--audience <text>', 'what the issuer calls this server in its tokens; several names with commas')
    .option('--tokens-file <file>', 'file of hashed tokens')
    .action(async (_: Flags, command: Command) => {
      const { configOf, loggerFor, serveHttp } = await import('./serving-http.js');
      const { fault, ...flags } = command.optsWithGlobals<Flags>();
      const config = configOf(flags, context);
      const log = await loggerFor(config, context);
      const given = { version, catalog, loadSearch, loadBoard, fontFile, log, clock, random, say };
      const { close } = await serveHttp({ config, faults: fault, ...given });
      onEnd(close);
    });
  for (const option of sandboxOptions()) http.addOption(option);
}
