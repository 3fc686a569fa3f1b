import type { Policy } from '../call/policy/decision.js';
import { ConfigError } from '../define/config-error.js';
import { resourceTemplates } from '../fleet/resources/resource-source.js';
import { createWatch } from '../fleet/resources/watch.js';
import { providerFacts } from '../providers/settings.js';
import { profileWords, select, type ToolEntry } from '../server/catalog.js';
import { type ServerOptions, toolList } from '../server/create-server.js';
import { type PromptOptions, promptCompleter, runbookPrompts } from '../server/prompts.js';
import { skillShelf } from '../server/skills.js';
import type { Watch } from '../values/watch.js';
import type { Composed, Parts } from './compose.js';
import type { Config } from './config.js';
import { instructions } from './instructions.js';
import { once, reach } from './reach.js';

export interface PrepareOptions {
  config: Config;
  faults?: readonly string[];
  version: string;
  log: (line: string) => void;
  /** What stands behind the corridor here; made with the first request that needs it. */
  behind: (catalog: readonly ToolEntry[]) => Promise<Behind>;
}

export type Behind = Omit<Parts, 'config' | 'send' | 'log' | 'catalog' | 'policy'>;

/** What one connection or one request is served with, beside who is at its other end. */
export type Serving = Omit<ServerOptions, 'era' | 'principal' | 'subscriptions'>;

export interface Prepared {
  /** With the providers that are really there: those of the sandbox, where it is on. */
  config: Config;
  catalog: readonly ToolEntry[];
  composed: () => Promise<Composed>;
  /** Looks at the fleet while somebody is subscribed; nothing is put together before. */
  watch: Watch;
  /** Everything that this server lists, or as much of it as somebody asked for: never more. */
  serving: (narrower?: Narrower) => Serving;
}

export interface Narrower {
  profile?: readonly string[];
  readOnly?: boolean;
}

/** Checks what was configured, and makes ready what is the same for every way in. */
export async function prepare({ config: given, faults, version, log, behind }: PrepareOptions): Promise<Prepared> {
  const { config, send, catalog } = await reach(given, faults, log);
  requireKnownWords(config.profile ?? [], catalog);
  const providers = [...config.providers.keys()];
  const policy = config.policy === undefined ? undefined : await readRules(config.policy, catalog);
  // Put together with the first request that needs it: a server that is only listed starts faster.
  const composed = once(async () => {
    const { compose } = await import('./compose.js');
    return compose({ config, send, log, catalog, policy, ...(await behind(catalog)) });
  });
  const own = select(catalog, { providers, profile: config.profile ?? ['core'], readOnly: config.readOnly ?? false });
  const runbooks: PromptOptions = {
    prompts: async () => (await import('../../prompts/index.js')).prompts,
    language: config.lang === 'ko' ? 'ko' : 'en',
  };
  const shelf = skillShelf(runbooks);
  return {
    config,
    catalog,
    composed,
    watch: watchOver(composed, config, log),
    serving({ profile = ['full'], readOnly = false } = {}) {
      const tools = select(own, { providers, profile, readOnly });
      return {
        version,
        tools: toolList(tools),
        instructions: instructions({
          products: providers.map((name) => providerFacts[name]?.product ?? name),
          listed: tools.length,
          all: catalog.filter(({ provider }) => provider === 'pgfleet' || providers.includes(provider)).length,
          isSandbox: Boolean(config.sandbox),
        }),
        call: async (...call) => (await composed()).call(...call),
        resources: { templates: resourceTemplates, sources: async () => [(await composed()).source, shelf] },
        completers: async () => {
          const { source, complete } = await composed();
          return {
            resource: (...asked) => source.complete(...asked),
            prompt: promptCompleter(runbooks, complete),
          };
        },
        prompts: runbookPrompts(runbooks),
        shelf,
        tasks: async () => (await composed()).tasks,
      };
    },
  };
}

function watchOver(composed: () => Promise<Composed>, { pollSeconds }: Config, log: (line: string) => void): Watch {
  return createWatch({
    fleet: {
      inventory: async () => (await composed()).fleet.inventory(true),
      get: async (reference) => (await composed()).fleet.get(reference),
      events: async (query) => (await composed()).fleet.events(query),
      attention: async () => (await composed()).fleet.attention(),
      job: async (provider, id) => (await composed()).fleet.job(provider, id),
    },
    seconds: pollSeconds,
    now: Date.now,
    random: Math.random,
    log,
    later,
  });
}

/** Does the work once, later; returns the way to call it off. */
export function later(work: () => void, milliseconds: number): () => void {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
}

async function readRules(file: string, catalog: readonly ToolEntry[]): Promise<Policy> {
  const [{ rulesIn }, { policyOf }] = await Promise.all([import('./rules.js'), import('../call/policy/decide.js')]);
  return policyOf(rulesIn(file, catalog));
}

function requireKnownWords(profile: readonly string[], catalog: readonly ToolEntry[]): void {
  const known = profileWords(catalog);
  const unknown = profile.filter((word) => !known.has(word));
  if (unknown.length === 0) return;
  throw new ConfigError([`The profile ${unknown.join(', ')} is not known. Known are: ${[...known].join(', ')}.`]);
}
