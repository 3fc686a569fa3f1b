import type { Command } from 'commander';
import type { Config } from '../config/config.js';
import { ConfigError } from '../define/config-error.js';
import { providerNames } from '../providers/settings.js';
import { inZone } from '../values/clock.js';
import { type CommandContext, type Flags, splitWords } from './command-context.js';

export function addPolicy(program: Command, context: CommandContext): void {
  const { say, clock } = context;
  program
    .command('policy')
    .description('Work with the rules about who may do what.')
    .command('explain')
    .description('Say which rule decides on a call, and why.')
    .requiredOption('--caller <subject>', 'who calls: the subject of a token, or the name of a static one')
    .requiredOption('--tool <name>', 'the tool')
    .option('--groups <names>', 'groups of the caller')
    .option('--account <name>', 'account that the call goes to, where its provider has several')
    .option('--instance <names>', 'names of the instances that the call concerns; unknown for one that cannot be seen')
    .option('--rename-to <name>', 'name that the instance gets by the call')
    .option('--risk <words>', 'dangers of the call, where others than its tool has; irreversible for no way back')
    .option('--at <time>', 'when, as in 2026-11-22T03:00:00Z; now when left out')
    .action(async (_: Flags, command: Command) => {
      const { caller, tool, groups, account, instance, renameTo, risk, at, ...flags } =
        command.optsWithGlobals<Asked>();
      const { configOf } = await import('./configuration.js');
      const config = configOf(flags, context);
      const { policy: file } = config;
      if (file === undefined)
        throw new ConfigError(['There is no policy: name its file with --policy or PGFLEET_POLICY.']);
      const [{ readPolicyFile }, { explain }, { PolicyError }] = await Promise.all([
        import('../config/policy-file.js'),
        import('../call/policy/explain.js'),
        import('../call/policy/read-policy.js'),
      ]);
      const facts = { tools: await context.catalog(), providers: providerNames, accounts: accountsOf(config) };
      const rules = readPolicyFile(file, facts);
      const time = at === undefined ? clock.now() : Date.parse(at);
      try {
        const timeText = inZone(clock, config.timeZone).timeText(time);
        const effect = {
          risks: splitWords(risk).filter((word) => word !== 'irreversible'),
          irreversible: splitWords(risk).includes('irreversible'),
          instances: instance === undefined ? undefined : splitWords(instance),
          renamedTo: renameTo,
        };
        const call = { caller, groups: splitWords(groups), tool, account, ...effect, time, timeText };
        say(`${explain(rules, call)}\n`);
      } catch (error) {
        throw error instanceof PolicyError ? new ConfigError(error.faults) : error;
      }
    });
}

interface Asked extends Flags {
  caller: string;
  tool: string;
  groups?: string;
  account?: string;
  instance?: string;
  renameTo?: string;
  risk?: string;
  at?: string;
}

/** Without a configuration, there is one account for each provider, with the name of the provider. */
const accountsOf = ({ accounts }: Config) =>
  accounts.size > 0 ? [...accounts.values()] : providerNames.map((name) => ({ name, provider: name }));
