import type { Command } from 'commander';
import type { Flags, ServingContext } from '../command-context.js';
import { sandboxOptions } from './sandbox-options.js';

export function addSandbox(program: Command, context: ServingContext): void {
  const { say, onEnd } = context;
  const sandbox = program
    .command('sandbox')
    .description('Serve the emulator over HTTP on loopback, and print what to configure.')
    .option('--port <number>', 'port; 0 takes a free one', '0')
    .option('--providers <names>', 'providers to emulate')
    .action(async (_: Flags, command: Command) => {
      const { port, providers, fault, ...flags } = command.optsWithGlobals<Emulated>();
      const [{ serveSandbox }, { configOf }] = await Promise.all([
        import('../../app/sandbox/sandbox.js'),
        import('../configuration.js'),
      ]);
      const config = configOf({ ...flags, sandbox: providers ?? '1' }, context);
      onEnd(await serveSandbox({ config, faults: fault, port: Number(port), say }));
    });
  for (const option of sandboxOptions()) sandbox.addOption(option);
}

interface Emulated extends Flags {
  port: string;
  providers?: string;
}
