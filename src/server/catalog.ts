import type { Tool as ListedTool } from '@modelcontextprotocol/server';
import type { Risk, Toolset } from '../define/index.js';

/** One line of `tools/list`, and what the list is filtered by. */
export interface ToolEntry {
  name: string;
  title: string;
  description: string;
  inputSchema: ListedTool['inputSchema'];
  outputSchema?: ListedTool['outputSchema'];
  annotations: Required<Omit<NonNullable<ListedTool['annotations']>, 'title'>>;
  /** `pgfleet` for the tools of the product itself. */
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

/** Every provider's tools, loaded when the first of them is called. */
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

/** An account, as far as a list of tools depends on it. */
export interface ListedAccount {
  name: string;
  provider: string;
  readOnly?: boolean;
  profile?: readonly string[];
}

/** Whether a profile, in its words, names this tool. */
export const isNamedBy = (profile: readonly string[], { provider, group, core }: ToolEntry): boolean =>
  profile.some(
    (word) => word === 'full' || (word === 'core' && core) || word === group || word === `${provider}:${group}`,
  );

/** Those of the entries that a narrower list keeps, in their order. The tools of the product itself always stay. */
export const select = (entries: readonly ToolEntry[], { profile, readOnly }: Selection): ToolEntry[] =>
  entries
    .filter((entry) => entry.provider === 'pgfleet' || isNamedBy(profile, entry))
    .filter((entry) => !readOnly || entry.risk === 'read');

/**
 * What one server lists for its accounts, in the order of the catalogue: each tool that an account takes, by its own
 * profile or else by that of the server. Where a provider has several accounts, its tools take the name of one.
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

/** The entries of the providers that have an account; they take `account` where there is a choice. */
export function withAccounts(catalog: readonly ToolEntry[], accounts: readonly ListedAccount[]): ToolEntry[] {
  return catalog.flatMap((entry) => {
    if (entry.provider === 'pgfleet') return [entry];
    const names = accounts.filter(({ provider }) => provider === entry.provider).map(({ name }) => name);
    if (names.length < 2) return names.length === 1 ? [entry] : [];
    const properties = { ...entry.inputSchema.properties, account: { type: 'string', enum: names } };
    return [{ ...entry, inputSchema: { ...entry.inputSchema, properties } }];
  });
}

/** The words that a profile may be made of. */
export function profileWords(catalog: readonly ToolEntry[]): Set<string> {
  const groups = catalog.flatMap(({ provider, group }) =>
    provider === 'pgfleet' ? [] : [group, `${provider}:${group}`],
  );
  return new Set(['core', 'full', ...groups]);
}
