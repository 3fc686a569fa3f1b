import { type Command, Option } from 'commander';
import type { Flags, ServingContext } from '../command-context.js';
import { sandboxOptions } from './sandbox-options.js';

/** Adds serving over stdio, which runs without a command. The options set here hold for every command. */
export function addStdio(program: Command, context: ServingContext): void {
  const { version, catalog, loadSearch, loadBoard, fontFile, write, onEnd, clock, random, transport } = context;
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
      const { configOf, secretsIn, serveStdio, textLog } = await import('./serving.js');
      const config = configOf(flags, context);
      const log = textLog({ secrets: secretsIn(config), write });
      const given = { version, catalog, loadSearch, loadBoard, fontFile, log, clock, random, transport };
      onEnd(await serveStdio({ config, faults: flags.fault, ...given }));
    });
  for (const option of sandboxOptions()) program.addOption(option);
}
