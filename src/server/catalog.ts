import type { Tool as ListedTool } from '@modelcontextprotocol/server';
import type { Risk, Toolset } from '../define/index.js';

/** One line of `tools/list`, and the facts that the list is filtered by. */
export interface ToolEntry {
  name: string;
  title: string;
  description: string;
  inputSchema: ListedTool['inputSchema'];
  outputSchema?: ListedTool['outputSchema'];
  annotations: Required<Omit<NonNullable<ListedTool['annotations']>, 'title'>>;
  /** `pgfleet` for the built-in tools. */
  provider: string;
  group: string;
  risk: Risk;
  /** The risk of its most harmless call. */
  leastRisk: Risk;
  core: boolean;
}

/** An entry as `tools/list` announces it. */
export const announced = ({ name, title, description, inputSchema, outputSchema, annotations }: ToolEntry) => ({
  name,
  title,
  description,
  inputSchema,
  ...(outputSchema && { outputSchema }),
  annotations,
});

/** The tools of each provider, loaded when one of them is first called. */
const toolsets: Readonly<Record<string, () => Promise<Toolset>>> = {
  nhn: async () => (await import('../../tools/nhn/index.js')).nhn,
  samsung: async () => (await import('../../tools/samsung/index.js')).samsung,
  naver: async () => (await import('../../tools/naver/index.js')).naver,
  cegedim: async () => (await import('../../tools/cegedim/index.js')).cegedim,
};

export const loadToolset = async (provider: string): Promise<Toolset | undefined> => toolsets[provider]?.();

export interface Selection {
  /** `core`, `full`, or names of groups such as `backups` or `nhn:backups`. */
  profile: readonly string[];
  readOnly: boolean;
}

/** The facts about an account that a list of tools depends on. */
export interface ListedAccount {
  name: string;
  provider: string;
  readOnly?: boolean;
  profile?: readonly string[];
}

/** Whether the words of a profile include this tool. */
export const isNamedBy = (profile: readonly string[], { provider, group, core }: ToolEntry): boolean =>
  profile.some(
    (word) => word === 'full' || (word === 'core' && core) || word === group || word === `${provider}:${group}`,
  );

/** Selects the entries of a narrower list, in their order. The built-in tools always stay. */
export const select = (entries: readonly ToolEntry[], { profile, readOnly }: Selection): ToolEntry[] =>
  entries
    .filter((entry) => entry.provider === 'pgfleet' || isNamedBy(profile, entry))
    .filter((entry) => !readOnly || entry.risk === 'read');

/**
 * What one server lists for its accounts, in the order of the catalogue: each tool that an account takes, by its own
 * profile or else by that of the server. When a provider has several accounts, its tools take the name of one.
 */
export function listFor(
  catalog: readonly ToolEntry[],
  accounts: readonly ListedAccount[],
  { profile, readOnly }: Selection,
): ToolEntry[] {
  const isTaken = (entry: ToolEntry) =>
    accounts.some(
      (account) =>
        account.provider === entry.provider &&
        isNamedBy(account.profile ?? profile, entry) &&
        !(account.readOnly && entry.risk !== 'read'),
    );
  return withAccounts(catalog, accounts)
    .filter((entry) => entry.provider === 'pgfleet' || isTaken(entry))
    .filter((entry) => !readOnly || entry.risk === 'read');
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
  return new Set(['core', 'full', ...groups]);
}
