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
    .option('--instance <name>', 'name of the instance that the call is about')
    .option('--risk <word>', 'risk of the call, where its arguments make it another than that of the tool')
    .option('--at <time>', 'when, as in 2026-11-22T03:00:00Z; now when left out')
    .action(async (_: Flags, command: Command) => {
      const { caller, tool, groups, account, instance, risk, at, ...flags } = command.optsWithGlobals<Asked>();
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
        const call = { caller, groups: splitWords(groups), tool, risk, account, instance, time, timeText };
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
  risk?: string;
  at?: string;
}

/** Without a configuration, there is one account for each provider, with the name of the provider. */
const accountsOf = ({ accounts }: Config) =>
  accounts.size > 0 ? [...accounts.values()] : providerNames.map((name) => ({ name, provider: name }));
