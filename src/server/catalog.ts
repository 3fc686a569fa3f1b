import { readFile } from 'node:fs/promises';
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

/** The list as the build made it: reading it is much faster than making it from zod at each start. */
export async function readCatalog(from = new URL('../../tools.json', import.meta.url)): Promise<readonly ToolEntry[]> {
  return JSON.parse(await readFile(from, 'utf8')) as ToolEntry[];
}

export interface Selection {
  providers: readonly string[];
  /** `core`, `full`, or names of groups such as `backups` or `nhn:backups`. */
  profile: readonly string[];
  readOnly: boolean;
}

/** What one server lists. The same for every connection, in the order of the catalogue. */
export function select(catalog: readonly ToolEntry[], { providers, profile, readOnly }: Selection): ToolEntry[] {
  const wanted = ({ provider, group, core }: ToolEntry) =>
    profile.some(
      (word) => word === 'full' || (word === 'core' && core) || word === group || word === `${provider}:${group}`,
    );
  return catalog
    .filter((entry) => entry.provider === 'pgfleet' || (providers.includes(entry.provider) && wanted(entry)))
    .filter((entry) => !readOnly || entry.risk === 'read');
}

/** The words that a profile may be made of. */
export function profileWords(catalog: readonly ToolEntry[]): Set<string> {
  const groups = catalog.flatMap(({ provider, group }) =>
    provider === 'pgfleet' ? [] : [group, `${provider}:${group}`],
  );
  return new Set(['core', 'full', ...groups]);
}
