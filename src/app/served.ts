import type { Config } from '../config/config.js';
import { ConfigError } from '../define/config-error.js';
import { completion } from '../fleet/resources/completion.js';
import { resourceSource, resourceTemplates } from '../fleet/resources/resource-source.js';
import { productOf } from '../providers/settings.js';
import { isNamedBy, listFor, profileWords, select, type ToolEntry, withAccounts } from '../server/catalog.js';
import { type ServerOptions, toolList } from '../server/create-server.js';
import { instructions } from '../server/instructions.js';
import { type PromptOptions, promptCompleter, runbookPrompts } from '../server/prompts.js';
import { skillShelf } from '../server/skills.js';

/** What one connection or one request is served with, apart from who the caller is. */
export type Served = Omit<ServerOptions, 'era' | 'session' | 'principalOf' | 'subscriptions' | 'clock' | 'onerror'>;

/** Selects a part of what this server lists. */
export interface Narrower {
  profile?: readonly string[];
  readOnly?: boolean;
}

type SourceOptions = Omit<Parameters<typeof resourceSource>[0], 'operations' | 'accounts'>;

export interface ServedOptions extends SourceOptions, Pick<ServerOptions, 'call' | 'tasks' | 'version'> {
  config: Config;
  catalog: readonly ToolEntry[];
}

/** Everything that this server offers, or the part that a path asks for. It is never more than the server offers. */
export function servedBy(options: ServedOptions): (narrower?: Narrower) => Served {
  const { config, catalog, call, tasks, version, rights } = options;
  const accounts = [...config.accounts.values()];
  const operations = withAccounts(catalog, accounts);
  const all = listFor(catalog, accounts, { profile: config.profile ?? ['core'], readOnly: config.readOnly ?? false });
  const runbooks: PromptOptions = {
    prompts: async () => (await import('../../prompts/index.js')).prompts,
    language: config.lang === 'ko' ? 'ko' : 'en',
  };
  const shelf = skillShelf(runbooks);
  const source = resourceSource({ ...options, operations, accounts });
  const tools = operations.map(({ name }) => name);
  const complete = completion({ accounts, instances: rights.instances, tools });
  return ({ profile = ['full'], readOnly = false } = {}) => {
    const tools = select(all, { profile, readOnly });
    return {
      version,
      tools: toolList(tools),
      instructions: instructions({ accounts, listed: tools.length, all: operations.length, productOf }),
      call,
      resources: { templates: resourceTemplates, sources: [source, shelf] },
      completers: { resource: source.complete, prompt: promptCompleter(runbooks, complete) },
      prompts: runbookPrompts(runbooks),
      shelf,
      tasks,
    };
  };
}

/** The tools that each account with its own profile takes. Throws a `ConfigError` for unknown words in a profile. */
export function toolsTaken(
  { accounts, profile = [] }: Config,
  catalog: readonly ToolEntry[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = profileWords(catalog);
  const all = [...accounts.values()];
  const unknown = [profile, ...all.map((account) => account.profile ?? [])].flat().filter((word) => !known.has(word));
  if (unknown.length > 0)
    throw new ConfigError([`The profile ${unknown.join(', ')} is not known. Known are: ${[...known].join(', ')}.`]);
  return new Map(
    all.flatMap(({ name, provider, profile: own }) => {
      if (!own) return [];
      const taken = catalog.filter((entry) => entry.provider === provider && isNamedBy(own, entry));
      return [[name, new Set(taken.map((entry) => entry.name))]];
    }),
  );
}
