import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import {
  type ConfirmMode,
  type Effect,
  namingArguments,
  type Target,
  type Tool,
  type Toolset,
} from '../define/index.js';
import type { Account } from '../providers/account.js';
import type { ProviderName } from '../providers/settings.js';
import type { Clock, Random } from '../values/clock.js';
import type { Values } from '../values/values.js';
import type { AuditLog } from './audit/log.js';
import type { Operations } from './builtin/operations.js';
import type { Caller } from './caller.js';
import { type Connection, type ExchangeOptions, exchange } from './exchange/exchange.js';
import type { Consents, OpenedConsent } from './guard/consent.js';
import type { ApprovalChannel } from './guard/human-approval.js';
import type { Policy } from './policy/decision.js';
import type { SecretSources } from './secrets/sources.js';

/** The accounts that exist, and how to reach each. */
export interface Accounts {
  all: readonly Account[];
  /** Loads the tools of a provider. Undefined when no account has this provider. */
  toolset(provider: string): Promise<Toolset | undefined>;
  /** Rejects for a name that no account has. */
  connection(account: string): Promise<Connection>;
  /** Whether the account takes calls of this tool. Its profile may leave the tool out. */
  takes(account: Account, tool: string): boolean;
}

/** Finds which accounts of a provider hold a thing by its id or name, and which accounts could not be read. */
export type Locate = (
  provider: ProviderName,
  ids: readonly string[],
  fresh: boolean,
) => Promise<{ holders: readonly string[]; unread: readonly string[] }>;

/** What came through `confirm_operation` for a call that was planned before. */
export interface Confirmed {
  token?: OpenedConsent;
  approvalId?: string;
}

export interface ConfirmedCall {
  tool: string;
  args: unknown;
  caller: Caller;
  by: Confirmed;
}

/** Everything that a call needs. The app creates it once. */
export interface CallContext {
  accounts: Accounts;
  operations: Operations;
  locate: Locate;
  /** Notes that an account may have been changed, so that what was read of it before is not shown any more. */
  changed: (account: string) => Promise<void>;
  /** Carries out a call of a tool of pgfleet itself that was confirmed. Undefined where there is no such tool. */
  confirmed?: (call: ConfirmedCall) => Promise<CallToolResult | InputRequiredResult> | undefined;
  /** Throws a `RefusedError` if the caller may not read this job of an account. Absent where all may read all. */
  requireJob?: (account: string, id: string) => Promise<void>;
  readOnly: boolean;
  mode: ConfirmMode;
  /** The rules about who may do what. Without them, only the mode counts. */
  policy?: Policy;
  consents: Consents;
  /** Where people approve outside the conversation. */
  approvalChannel?: ApprovalChannel;
  audit: AuditLog;
  secrets: SecretSources;
  /** The language of event messages, such as `en` or `ko`. */
  language: string;
  clock: Clock;
  random: Random;
  /** Writes a line for the operator to stderr. */
  log: (line: string) => void;
}

/** A tool with the facts of its toolset. */
export interface ResolvedTool {
  tool: Tool;
  toolset: Toolset;
  /** What calls of the tool are about. */
  targets: readonly Target[];
  /** What calls of the tool do to the present state, where that is declared. */
  effect?: Effect;
  /** The tool that lists things of the same group. */
  lister: string;
}

/** Finds the tool of a provider by its name. */
export async function resolveTool(
  name: string,
  accounts: Pick<Accounts, 'toolset'>,
): Promise<ResolvedTool | undefined> {
  const toolset = await accounts.toolset(name.slice(0, name.indexOf('_')));
  if (!toolset) return undefined;
  const index = indexes.get(toolset) ?? indexOf(toolset);
  indexes.set(toolset, index);
  return index.get(name);
}

/** Made once for each toolset, because every call searches for one or several tools. */
const indexes = new WeakMap<Toolset, ReadonlyMap<string, ResolvedTool>>();

const indexOf = (toolset: Toolset): ReadonlyMap<string, ResolvedTool> =>
  new Map(
    Object.values(toolset.groups).flatMap((group) => group.map((tool) => [tool.name, resolved(tool, group, toolset)])),
  );

function resolved(tool: Tool, group: readonly Tool[], toolset: Toolset): ResolvedTool {
  const names = namingArguments(tool);
  const reads = group.filter((each) => each.risk === 'read');
  const lister = reads.find((each) => each.name.includes('_list_')) ?? reads[0];
  return {
    tool,
    toolset,
    targets: toolset.targets.filter(({ argument }) => names.has(argument)),
    effect: toolset.effects[tool.name],
    lister: lister?.name ?? shownIn(tool) ?? tool.name,
  };
}

/** A group without reads has its things shown where the plans of its calls find them. */
function shownIn({ planReads = [] }: Tool): string | undefined {
  const [first] = planReads;
  return first?.each?.read ?? first?.read;
}

/** Calls a read tool of an account as a part of other work: for plans, jobs and the view over all accounts. */
export async function readWith(
  name: string,
  input: Values,
  account: string,
  accounts: Accounts,
  options?: ExchangeOptions,
): Promise<Values> {
  const found = await resolveTool(name, accounts);
  if (found?.tool.risk !== 'read') throw new Error(`${name} is not a tool that only reads.`);
  const connection = await accounts.connection(account);
  const answer = await exchange(found.tool, input, connection, options);
  return connection.redact().value(answer);
}
