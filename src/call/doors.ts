import type { AuditLog } from '../audit/log.js';
import type { ConfirmMode, Target, Tool, Toolset } from '../define/index.js';
import type { Policy } from '../policy/decision.js';
import type { Values } from '../providers/provider.js';
import { type Connection, exchange, type Part } from './exchange.js';
import type { Desk } from './guard/by-person.js';
import type { Consents } from './guard/consent.js';
import { redact } from './secrets/redact.js';
import type { SecretSources } from './secrets/secrets.js';

/** Everything that a call needs, handed in from the one place where parts meet. */
export interface Doors {
  /** Loads the tools of a provider; undefined when it is not configured. */
  toolset(provider: string): Promise<Toolset | undefined>;
  connection(provider: string): Promise<Connection>;
  providers: readonly string[];
  readOnly: boolean;
  mode: ConfirmMode;
  /** Rules about who may do what; without them the mode alone holds. */
  policy?: Policy;
  consents: Consents;
  /** Where persons approve outside the conversation. */
  desk?: Desk;
  audit: AuditLog;
  secrets: SecretSources;
  /** Language of event messages, `en` or `ko` and so on. */
  language: string;
  /** Epoch milliseconds. */
  now: () => number;
  newId: () => string;
  /** A line for the operator, on stderr. */
  log: (line: string) => void;
}

/** A tool with what stands around it. */
export interface Found {
  tool: Tool;
  toolset: Toolset;
  /** What calls of it are about. */
  targets: readonly Target[];
  /** The tool that lists things of the same group. */
  lister: string;
}

/** Finds a provider's tool by its name. */
export async function findTool(name: string, doors: Pick<Doors, 'toolset'>): Promise<Found | undefined> {
  const toolset = await doors.toolset(name.slice(0, name.indexOf('_')));
  if (!toolset) return undefined;
  const found = indexes.get(toolset) ?? indexOf(toolset);
  indexes.set(toolset, found);
  return found.get(name);
}

/** Made once for each toolset: every call looks its tool up, some of them several. */
const indexes = new WeakMap<Toolset, ReadonlyMap<string, Found>>();

const indexOf = (toolset: Toolset): ReadonlyMap<string, Found> =>
  new Map(
    Object.values(toolset.groups).flatMap((group) => group.map((tool) => [tool.name, found(tool, group, toolset)])),
  );

function found(tool: Tool, group: readonly Tool[], toolset: Toolset): Found {
  const names = new Set([...[...tool.route.matchAll(/\{(\w+)\}/g)].map(([, each]) => each), ...(tool.about ?? [])]);
  const reads = group.filter((each) => each.risk === 'read');
  const lister = reads.find((each) => each.name.includes('_list_')) ?? reads[0];
  return {
    tool,
    toolset,
    targets: toolset.targets.filter(({ argument }) => names.has(argument)),
    lister: lister?.name ?? tool.name,
  };
}

/** Calls a read tool, outside a call of its own: for plans, jobs and the view over all providers. */
export async function readWith(name: string, input: Values, doors: Doors, part?: Part): Promise<Values> {
  const found = await findTool(name, doors);
  if (found?.tool.risk !== 'read') throw new Error(`${name} is no tool that only reads.`);
  const connection = await doors.connection(found.toolset.provider);
  const answer = await exchange(found.tool, input, connection, part);
  return redact(connection.provider.secrets()).value(answer);
}
