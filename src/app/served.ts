import type { Operations } from '../call/builtin/operations.js';
import { type Config, looksInside } from '../config/config.js';
import { ConfigError } from '../define/config-error.js';
import type { PromptLanguage } from '../define/index.js';
import type { OperationSearch } from '../define/search/index.js';
import type { baselineShelf } from '../fleet/resources/baselines.js';
import { completion } from '../fleet/resources/completion.js';
import { resourceTemplates } from '../fleet/resources/resource-list.js';
import { resourceSource } from '../fleet/resources/resource-source.js';
import type { DescribedOperation, OperationCatalogue } from '../fleet/tools/find-operation/described-operation.js';
import { productOf } from '../providers/settings.js';
import { boardShelf } from '../server/board.js';
import {
  callableWords,
  isInspecting,
  isNamedBy,
  narrowed,
  offerOf,
  profileWords,
  type Selection,
  type ToolEntry,
  withAccounts,
} from '../server/catalog.js';
import { type ServerOptions, toolList } from '../server/create-server.js';
import { instructions } from '../server/instructions.js';
import { type PromptOptions, promptCompleter, runbookPrompts, runbookText } from '../server/prompts.js';
import { skillShelf } from '../server/skills/skills.js';

/** What one connection or one request is served with, apart from who the caller is. */
export type Served = Omit<ServerOptions, 'era' | 'session' | 'principalOf' | 'subscriptions' | 'clock' | 'onerror'>;

type SourceOptions = Omit<Parameters<typeof resourceSource>[0], 'operations' | 'accounts' | 'worded' | 'baselineNames'>;

export interface ServedOptions extends SourceOptions, Pick<ServerOptions, 'call' | 'tasks' | 'version'> {
  config: Config;
  catalog: readonly ToolEntry[];
  operations: Operations;
  baselines: ReturnType<typeof baselineShelf>;
  loadBoard: () => Promise<string>;
}

/** The operations of the providers that have an account, and those that look inside where there is a connection. */
export const operationsOf = (catalog: readonly ToolEntry[], config: Config): Operations => {
  const providers = new Set<string>([...config.accounts.values()].map(({ provider }) => provider));
  const isThere = ({ provider, group }: ToolEntry) =>
    providers.has(provider) || (isInspecting(group) && looksInside(config));
  return new Map(catalog.filter(isThere).map((entry) => [entry.name, entry]));
};

/** What can be found, in the words of the catalogue. The index and the runbooks are loaded when somebody looks. */
export function catalogueOf(
  catalog: readonly ToolEntry[],
  config: Config,
  loadSearch: () => Promise<OperationSearch>,
): OperationCatalogue {
  let opened: Promise<OperationSearch> | undefined;
  return {
    operations: new Map(
      withAccounts(catalog, [...config.accounts.values()])
        .filter(({ group }) => !isInspecting(group) || looksInside(config))
        .map((entry) => [entry.name, entry as DescribedOperation]),
    ),
    search: () => {
      opened ??= loadSearch();
      return opened;
    },
    runbooks: async () => (await loadPrompts()).map(({ name }) => name),
    async runbook(name, values) {
      const prompt = (await loadPrompts()).find((each) => each.name === name);
      return prompt && runbookText(prompt, values, languageOf(config));
    },
  };
}

const loadPrompts = async () => (await import('../../prompts/index.js')).prompts;

/** The language of the runbooks. */
const languageOf = ({ lang }: Config): PromptLanguage => (lang === 'ko' ? 'ko' : 'en');

/** Everything that this server offers, or the part that a path asks for. It is never more than the server offers. */
export function servedBy(options: ServedOptions): (narrower?: Selection) => Served {
  const { config, catalog, operations, call, tasks, version, rights, loadBoard } = options;
  const accounts = [...config.accounts.values()];
  const { profile, readOnly = false, run = 'all' } = config;
  const offer = offerOf(catalog, accounts, { profile, readOnly, run, inspects: looksInside(config) });
  const documented = withAccounts(catalog, accounts);
  const offered = new Set(offer.callable.map(({ name }) => name));
  /** The words that name more than is offered. */
  const beyond = (words: readonly string[] = []) =>
    words.filter((word) => documented.some((entry) => isNamedBy([word], entry) && !offered.has(entry.name)));
  const board = boardShelf(loadBoard);
  return (narrower = { readOnly: false }) => {
    const { listed, callable } = narrowed(offer, narrower);
    const tools = toolList({ listed, callable }, operations);
    const runbooks: PromptOptions = {
      prompts: loadPrompts,
      language: languageOf(config),
      wording: tools.wording,
    };
    const shelf = skillShelf(runbooks);
    const { fields: worded } = tools.wording;
    const source = resourceSource({
      ...options,
      operations: callable,
      accounts,
      worded,
      baselineNames: options.baselines.names,
    });
    const names = callable.map(({ name }) => name);
    const complete = completion({ accounts, instances: rights.instances, tools: names });
    return {
      version,
      tools,
      instructions: instructions({
        accounts,
        listed: listed.length,
        callable: names,
        beyond: beyond(narrower.profile),
        productOf,
      }),
      call,
      resources: { templates: resourceTemplates, sources: [source, options.baselines, shelf, board] },
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
      const taken = catalog.filter((entry) => entry.provider === provider && isNamedBy(callableWords(own), entry));
      return [[name, new Set(taken.map((entry) => entry.name))]];
    }),
  );
}
