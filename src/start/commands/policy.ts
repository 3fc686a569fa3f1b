import type { Command } from 'commander';
import { ConfigError } from '../../define/config-error.js';
import { type Flags, type Surroundings, splitWords } from './surroundings.js';

export function addPolicy(program: Command, { configOf, say }: Surroundings): void {
  program
    .command('policy')
    .description('Work with the rules about who may do what.')
    .command('explain')
    .description('Say which rule decides on a call, and why.')
    .requiredOption('--caller <subject>', 'who calls: the subject of a token, or the name of a static one')
    .requiredOption('--tool <name>', 'the tool')
    .option('--groups <names>', 'groups of the caller')
    .option('--instance <name>', 'name of the instance that the call is about')
    .option('--risk <word>', 'risk of the call, where its arguments make it another than that of the tool')
    .option('--at <time>', 'when, as in 2026-11-22T03:00:00Z; now when left out')
    .action(async (_: Flags, command: Command) => {
      const { caller, tool, groups, instance, risk, at, ...flags } = command.optsWithGlobals<Asked>();
      const { policy: file } = configOf(flags);
      if (file === undefined)
        throw new ConfigError(['There is no policy: name its file with --policy or PGFLEET_POLICY.']);
      const [{ readCatalog }, { rulesIn }, { explain }, { PolicyError }] = await Promise.all([
        import('../../server/catalog.js'),
        import('../rules.js'),
        import('../../call/policy/explain.js'),
        import('../../call/policy/read-policy.js'),
      ]);
      const rules = rulesIn(file, await readCatalog());
      const time = at === undefined ? Date.now() : Date.parse(at);
      try {
        say(`${explain(rules, { caller, groups: splitWords(groups), tool, risk, instance, time })}\n`);
      } catch (error) {
        throw error instanceof PolicyError ? new ConfigError(error.faults) : error;
      }
    });
}

interface Asked extends Flags {
  caller: string;
  tool: string;
  groups?: string;
  instance?: string;
  risk?: string;
  at?: string;
}
