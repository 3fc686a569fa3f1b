import type { ConfirmMode, Target, Tool, Toolset } from '../define/index.js';
import { redact } from '../values/redact.js';
import { type Values } from '../values/values.js';
import type { AuditLog } from './audit/log.js';
import { type Connection, type ExchangeOptions, exchange } from './exchange.js';
import type { Consents } from './guard/consent.js';
import type { ApprovalChannel } from './guard/human-approval.js';
import type { Policy } from './policy/decision.js';
import type { SecretSources } from './secrets/secrets.js';

/** Everything that a call needs, handed in from the one place where parts meet. */
export interface CallContext {
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
  approvalChannel?: ApprovalChannel;
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
export interface ResolvedTool {
  tool: Tool;
  toolset: Toolset;
  /** What calls of it are about. */
  targets: readonly Target[];
  /** The tool that lists things of the same group. */
  lister: string;
}

/** Finds a provider's tool by its name. */
export async function resolveTool(
  name: string,
  context: Pick<CallContext, 'toolset'>,
): Promise<ResolvedTool | undefined> {
  const toolset = await context.toolset(name.slice(0, name.indexOf('_')));
  if (!toolset) return undefined;
  const found = indexes.get(toolset) ?? indexOf(toolset);
  indexes.set(toolset, found);
  return found.get(name);
}

/** Made once for each toolset: every call looks its tool up, some of them several. */
const indexes = new WeakMap<Toolset, ReadonlyMap<string, ResolvedTool>>();

const indexOf = (toolset: Toolset): ReadonlyMap<string, ResolvedTool> =>
  new Map(
    Object.values(toolset.groups).flatMap((group) => group.map((tool) => [tool.name, found(tool, group, toolset)])),
  );

function found(tool: Tool, group: readonly Tool[], toolset: Toolset): ResolvedTool {
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
export async function readWith(
  name: string,
  input: Values,
  context: CallContext,
  part?: ExchangeOptions,
): Promise<Values> {
  const found = await resolveTool(name, context);
  if (found?.tool.risk !== 'read') throw new Error(`${name} is no tool that only reads.`);
  const connection = await context.connection(found.toolset.provider);
  const answer = await exchange(found.tool, input, connection, part);
  return redact(connection.provider.secrets()).value(answer);
}
