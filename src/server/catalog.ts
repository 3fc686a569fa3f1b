import type { Tool as ListedTool } from '@modelcontextprotocol/server';
import type { ReadFacts, Risk, Scope, Toolset } from '../define/index.js';
import type { ToolUi } from '../define/presentation.js';

/** One line of `tools/list`, and the facts that the list is filtered by. */
export interface ToolEntry {
  name: string;
  title: string;
  description: string;
  inputSchema: ListedTool['inputSchema'];
  outputSchema?: ListedTool['outputSchema'];
  annotations: Required<Omit<NonNullable<ListedTool['annotations']>, 'title'>>;
  /** What hosts go by that load a tool only when it is looked up, and that show MCP Apps. */
  _meta: { 'anthropic/alwaysLoad'?: true; 'anthropic/searchHint': string; ui?: ToolUi };
  /** `pgfleet` for the built-in tools. */
  provider: string;
  group: string;
  risk: Risk;
  /** The risk of its most harmless call. */
  leastRisk: Risk;
  /** The scope that it needs besides that of its risk. */
  scope?: Scope;
  core: boolean;
}

/** An entry as `tools/list` announces it. */
export const announced = ({ name, title, description, inputSchema, outputSchema, annotations, _meta }: ToolEntry) => ({
  name,
  title,
  description,
  inputSchema,
  ...(outputSchema && { outputSchema }),
  annotations,
  _meta,
});

/** The tools of each provider, loaded when one of them is first called. */
const toolsets: Readonly<Record<string, () => Promise<Toolset>>> = {
  nhn: async () => (await import('../../tools/nhn/index.js')).nhn,
  samsung: async () => (await import('../../tools/samsung/index.js')).samsung,
  naver: async () => (await import('../../tools/naver/index.js')).naver,
  cegedim: async () => (await import('../../tools/cegedim/index.js')).cegedim,
};

export const loadToolset = async (provider: string): Promise<Toolset | undefined> => toolsets[provider]?.();

/** What is known of the reads of each provider, loaded when an account is examined. */
const reads: Readonly<Record<string, () => Promise<ReadFacts>>> = {
  nhn: async () => (await import('../../tools/nhn/answers/index.js')).reads,
  samsung: async () => (await import('../../tools/samsung/answers/index.js')).reads,
  naver: async () => (await import('../../tools/naver/answers/index.js')).reads,
  cegedim: async () => (await import('../../tools/cegedim/answers/index.js')).reads,
};

export const loadReadFacts = async (provider: string): Promise<ReadFacts | undefined> => reads[provider]?.();

export interface Selection {
  /**
   * `core`, `full`, or names of groups such as `backups` or `nhn:backups`. They are what is listed, and the most that
   * can be called. `core+` lists as `core` does, and everything can be called, as when nothing is written down.
   */
  profile?: readonly string[];
  readOnly: boolean;
}

/** Which of the tools that run an operation by its name there are: both, the one that only reads, or none. */
export const runModes = ['all', 'read', 'off'] as const;
export type RunMode = (typeof runModes)[number];

/** What an address offers, in the order of the catalogue. */
export interface Offer {
  /** What `tools/list` announces. */
  listed: readonly ToolEntry[];
  /** What can be found and called, listed or not. */
  callable: readonly ToolEntry[];
}

/** The facts about an account that a list of tools depends on. */
export interface ListedAccount {
  name: string;
  provider: string;
  readOnly?: boolean;
  profile?: readonly string[];
}

/** Lists the daily tools, and leaves everything callable. */
const openCore = 'core+';

const listedWords = (profile: readonly string[] | undefined): readonly string[] =>
  profile?.map((word) => (word === openCore ? 'core' : word)) ?? ['core'];

/** The words of what can be called. Undefined where that is everything. */
export const callableWords = (profile: readonly string[] | undefined): readonly string[] | undefined =>
  profile?.includes(openCore) ? undefined : profile;

/** Whether the words of a profile include this tool. */
export const isNamedBy = (profile: readonly string[] | undefined, { provider, group, core }: ToolEntry): boolean =>
  profile === undefined ||
  profile.some(
    (word) => word === 'full' || (word === 'core' && core) || word === group || word === `${provider}:${group}`,
  );

/**
 * What one server offers for its accounts: each tool that an account takes, by its own profile or else by that of the
 * server. When a provider has several accounts, its tools take the name of one.
 */
export function offerOf(
  catalog: readonly ToolEntry[],
  accounts: readonly ListedAccount[],
  { profile, readOnly, run, inspects }: Selection & { run: RunMode; inspects: boolean },
): Offer {
  const isTaken = (entry: ToolEntry, wordsOf: typeof callableWords) =>
    accounts.some(
      (account) =>
        account.provider === entry.provider &&
        isNamedBy(wordsOf(account.profile ?? profile), entry) &&
        !(account.readOnly && entry.risk !== 'read'),
    );
  const entries = withAccounts(catalog, accounts)
    .filter((entry) => !readOnly || entry.risk === 'read')
    .filter(({ name }) => !taken[run].includes(name))
    .filter(({ group }) => inspects || !isInspecting(group));
  const taking = (wordsOf: typeof callableWords) =>
    entries.filter((entry) => isNamedHere(wordsOf(profile), entry) || isTaken(entry, wordsOf));
  return { listed: taking(listedWords), callable: taking(callableWords) };
}

/** The tools that each mode takes away. */
const taken: Readonly<Record<RunMode, readonly string[]>> = {
  all: [],
  read: ['run_operation'],
  off: ['run_operation', 'run_read_operation'],
};

const inspecting = 'inspect';

/** Whether the tools of this group look inside databases. */
export const isInspecting = (group: string): boolean => group === inspecting;

/**
 * The tools of pgfleet itself always stay, except where nothing but a look inside is named: then only what confirms a
 * call stays beside it.
 */
function isNamedHere(words: readonly string[] | undefined, entry: ToolEntry): boolean {
  if (entry.provider !== 'pgfleet') return false;
  if (isInspecting(entry.group)) return isNamedBy(words, entry);
  return !words?.every((word) => word === inspecting) || entry.name === 'confirm_operation';
}

/** The part of an offer that a narrower profile names. */
export function narrowed({ listed, callable }: Offer, { profile, readOnly }: Selection): Offer {
  const part = (entries: readonly ToolEntry[], words: readonly string[] | undefined) =>
    entries
      .filter((entry) => isNamedHere(words, entry) || (entry.provider !== 'pgfleet' && isNamedBy(words, entry)))
      .filter((entry) => !readOnly || entry.risk === 'read');
  return {
    listed: profile === undefined ? part(listed, undefined) : part(callable, listedWords(profile)),
    callable: part(callable, callableWords(profile)),
  };
}

/** The entries of the providers that have an account. They take `account` when a provider has several. */
export function withAccounts(catalog: readonly ToolEntry[], accounts: readonly ListedAccount[]): ToolEntry[] {
  return catalog.flatMap((entry) => {
    if (entry.provider === 'pgfleet') return [entry];
    const names = accounts.filter(({ provider }) => provider === entry.provider).map(({ name }) => name);
    if (names.length < 2) return names.length === 1 ? [entry] : [];
    const properties = { ...entry.inputSchema.properties, account: { type: 'string', enum: names } };
    return [{ ...entry, inputSchema: { ...entry.inputSchema, properties } }];
  });
}

/** The words that a profile may contain. */
export function profileWords(catalog: readonly ToolEntry[]): Set<string> {
  const groups = catalog.flatMap(({ provider, group }) =>
    provider === 'pgfleet' ? [] : [group, `${provider}:${group}`],
  );
  return new Set(['core', openCore, 'full', inspecting, ...groups]);
}
