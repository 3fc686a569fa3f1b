import {
  type AuthInfo,
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
  type InputRequiredResult,
  type ProtocolEra,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
  TRACEPARENT_META_KEY,
  TRACESTATE_META_KEY,
} from '@modelcontextprotocol/server';
import type { Operations } from '../call/builtin/operations.js';
import type { Caller } from '../call/caller.js';
import type { Principal } from '../define/index.js';
import type { Clock } from '../values/clock.js';
import { appsExtension } from './board.js';
import { announced, type Offer } from './catalog.js';
import { AskingServer, carryOn } from './forms.js';
import { serverInfo } from './identity/identity.js';
import { addPrompts, type PromptSource } from './prompts.js';
import { addCompletion, addResources, type Completers, type ResourceOptions } from './resources.js';
import { addSkills, type SkillShelf } from './skills/skills.js';
import { addSubscriptions, type Subscriptions } from './subscriptions.js';
import { addTasks, asTask, type TaskServing, tasksExtension } from './tasks.js';
import { type Reach, type Wording, wordingFor } from './wording.js';

export interface ServerOptions {
  version: string;
  tools: ToolList;
  instructions: string;
  /** Calls a tool. Undefined when there is no such tool. */
  call: (name: string, args: unknown, caller: Caller) => Promise<CallToolResult | InputRequiredResult | undefined>;
  /** Who makes a request. Over HTTP it comes with each request, so that rights that were taken away count at once. */
  principalOf: (authInfo: AuthInfo | undefined) => Principal;
  /** Whom to tell which scopes a call lacks. Only a transport with sign-in can ask its client for more. */
  lackingOf?: (authInfo: AuthInfo | undefined) => Caller['lacking'];
  /** The older protocol era has another kind of tasks, which are not offered. */
  era: ProtocolEra;
  /** The session that this server is for, where there are sessions and callers can have several. */
  session?: string;
  clock: Clock;
  onerror: (error: unknown) => void;
  resources: ResourceOptions;
  completers: Completers;
  subscriptions: Subscriptions;
  prompts: PromptSource;
  shelf: SkillShelf;
  tasks: TaskServing['tasks'];
  /** For a single tools/* request, nothing else is registered. */
  onlyTools?: boolean;
}

/** The answer to `tools/list`, and what can be called. It is the same for every connection, so it is made once. */
export interface ToolList {
  announced: readonly ReturnType<typeof announced>[];
  reach: Reach;
  wording: Wording;
  /** Why there is no such tool here. */
  missing: (tool: string) => ProtocolError;
}

export function toolList({ listed, callable }: Offer, operations: Operations): ToolList {
  const [listedNames, names] = [listed, callable].map((entries) => new Set(entries.map(({ name }) => name)));
  const reach: Reach = {
    lists: (tool) => listedNames?.has(tool) ?? false,
    includes: (tool) => names?.has(tool) ?? false,
  };
  const missing = (tool: string) => {
    const leftOut = 'the profile or the read-only setting of this address leaves it out';
    const why = operations.has(tool) ? `${tool} is not offered here: ${leftOut}.` : `There is no tool ${tool} here.`;
    return new ProtocolError(ProtocolErrorCode.InvalidParams, why);
  };
  return { announced: listed.map(announced), reach, wording: wordingFor(reach, operations), missing };
}

const fiveMinutes = 300_000;

/**
 * One MCP server for the finished catalogue. It uses the SDK's low-level class on purpose: the list is made at build,
 * and registering every tool for each connection or request would cost more than everything else together.
 */
export function createServer(options: ServerOptions): Server {
  const { version, tools, instructions, principalOf, session, clock, onerror } = options;
  const tasks = options.era === 'modern' ? { tasks: options.tasks, principalOf, wording: tools.wording } : undefined;
  const server = new AskingServer(serverInfo(version), {
    capabilities: { tools: {}, extensions: { [appsExtension]: {}, ...(tasks && { [tasksExtension]: {} }) } },
    instructions,
    cacheHints: {
      'tools/list': { ttlMs: fiveMinutes, cacheScope: 'private' },
      'prompts/list': { ttlMs: fiveMinutes, cacheScope: 'private' },
      'resources/templates/list': { ttlMs: fiveMinutes, cacheScope: 'private' },
    },
  });
  if (!options.onlyTools) addAllElse(server, options, tasks);
  server.setRequestHandler('tools/list', () => ({ tools: [...tools.announced] }));
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    if (!tools.reach.includes(params.name)) throw tools.missing(params.name);
    const authInfo = context.http?.authInfo;
    const caller = {
      ...callerOf(server, context, principalOf(authInfo)),
      session,
      lacking: options.lackingOf?.(authInfo),
      reach: tools.reach,
    };
    const call = async (by: Caller) => {
      const answer = await options.call(params.name, params.arguments, by);
      return answer && tools.wording.result(answer, params.name);
    };
    const result = tasks ? await call(caller) : await carryOn(server, { call, caller, context, clock, onerror });
    if (!result) throw tools.missing(params.name);
    return tasks ? asTask(result, context, tasks) : result;
  });
  return server;
}

function addAllElse(server: Server, options: ServerOptions, tasks: TaskServing | undefined): void {
  const readerIn = ({ http }: ServerContext) => options.principalOf(http?.authInfo);
  addResources(server, options.resources, readerIn);
  addCompletion(server, options.completers, readerIn);
  addSubscriptions(server, options.subscriptions, readerIn);
  addPrompts(server, options.prompts);
  addSkills(server, options.shelf);
  if (tasks) addTasks(server, tasks);
}

interface Envelope {
  [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
  [CLIENT_INFO_META_KEY]?: Implementation;
}

/**
 * What a client is and can do comes with each request in the newer protocol era, and with `initialize` in the older.
 */
function callerOf(server: AskingServer, { mcpReq, http }: ServerContext, principal: Principal): Caller {
  const envelope: Envelope = mcpReq.envelope ?? {};
  const client = envelope[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  const token = mcpReq._meta?.progressToken;
  const declared = envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const elicitation = server.cannotAsk ? undefined : declared?.elicitation;
  return {
    ...principal,
    client: client ? `${client.name} ${client.version}` : 'unnamed client',
    // Elicitation that is declared without a kind means forms.
    canBeAsked: elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined),
    canOpenPages: elicitation?.url !== undefined,
    answer: { state: mcpReq.requestState<string>(), responses: mcpReq.inputResponses },
    signal: mcpReq.signal,
    trace: traceOf(mcpReq._meta, http?.req?.headers),
    progress:
      token === undefined
        ? undefined
        : (progress, total, message) =>
            mcpReq.notify({
              method: 'notifications/progress',
              params: { progressToken: token, progress, total, message },
            }),
  };
}

/** The trace of the message itself, or else of the request that brought it, but never a mixture of both. */
function traceOf(meta: Record<string, unknown> | undefined, headers: Headers | undefined): Caller['trace'] {
  const traceparent = meta?.[TRACEPARENT_META_KEY];
  if (traceparent !== undefined) return { traceparent, tracestate: meta?.[TRACESTATE_META_KEY] };
  return { traceparent: headers?.get('traceparent'), tracestate: headers?.get('tracestate') };
}
