import { resolve } from 'node:path';
import { readConfig } from '../../config/config.js';
import { expandedPath } from '../../config/home.js';
import type { CommandContext } from '../command-context.js';
import type { Program } from './hosts/host.js';
import type { Machine } from './machine.js';
import type { SetupFlags } from './setup-flags.js';

export interface ProgramChoice {
  /** What `--sandbox` names; undefined where accounts are served. */
  sandbox?: string;
  /** The configuration file with the accounts. */
  configFile?: string;
}

/** What a host starts: this very program, which needs no search path, with the options of serving that were given. */
export function programFor(
  { sandbox, configFile }: ProgramChoice,
  flags: SetupFlags,
  { node, env }: Machine,
  { script }: Pick<CommandContext, 'script'>,
): Program {
  const { profile, confirm, lang, policy, readOnly } = flags;
  // A host starts its programs in a folder of its own.
  const policyFile = policy === undefined ? undefined : resolve(expandedPath(policy, env));
  const texts = { profile, confirm, lang, policy: policyFile };
  readConfig({ env: {}, flags: texts });
  const options = Object.entries(texts).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return {
    command: node,
    args: [
      script,
      ...(sandbox === undefined ? [] : ['--sandbox', ...(sandbox === '1' ? [] : [sandbox])]),
      ...(configFile === undefined ? [] : ['--config', configFile]),
      ...(readOnly ? ['--read-only'] : []),
      ...options,
    ],
  };
}
