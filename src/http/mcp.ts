import {
  bearerAuthChallengeResponse,
  createMcpHandler,
  InMemoryServerEventBus,
  isLegacyRequest,
  OAuthError,
  OAuthErrorCode,
  readRequestBody,
  type SubscriptionFilter,
} from '@modelcontextprotocol/server';
import { mayUse, type Scope, scopeOf } from '../define/index.js';
import type { ToolEntry } from '../server/catalog.js';
import { mostAddresses, type Subscriptions, subscriptionsTo } from '../server/subscriptions.js';
import type { Watch } from '../values/watch.js';
import { principalOf } from './auth/authenticate.js';
import type { RateLimiter } from './rate-limiter.js';
import { authInfoOf, type RequestContext, type ServerFor } from './request-context.js';
import type { Sessions } from './sessions.js';
import { refuse, whenDone } from './streams.js';

export interface McpOptions {
  serverFor: ServerFor;
  watch: Watch;
  sessions: Sessions;
  rateLimiter: RateLimiter;
  catalog: readonly ToolEntry[];
  /** The account that a call would go to, or its provider while that cannot be told: what limits count. */
  accountFor: (tool: string, args: unknown) => Promise<string>;
  /** A larger body is not read. */
  requestBytes: number;
  /** A body was too large. */
  limited: (limit: 'request_size') => void;
  /** The process is about to end: calls under way go on, and no other begins. */
  isDraining: () => boolean;
  /** Where a client learns how to sign in. */
  resourceMetadataUrl?: string;
  onerror: (error: unknown) => void;
}

export interface McpEndpoint {
  /** Streamable HTTP in both protocol eras. */
  fetch(request: Request, requestContext: RequestContext): Promise<Response>;
  /** What a body says, if it may be answered: the same context for whoever brings messages in another way. */
  admit(request: Request, requestContext: RequestContext): Promise<Admitted | Response>;
  close(): Promise<void>;
}

export interface Admitted {
  body: unknown;
  /** To be called once the answer is through, where there is something to give back. */
  leave?: () => void;
}

/** The protocol over HTTP: read, limit, check the scope, answer in the era of the request. */
export function mcpEndpoint(options: McpOptions): McpEndpoint {
  const { serverFor, watch, sessions, rateLimiter, catalog, requestBytes, limited, onerror } = options;
  const { resourceMetadataUrl, isDraining } = options;
  const bus = new InMemoryServerEventBus(onerror);
  const listening = subscriptionsTo(watch, onerror);
  listening.attach({
    sendResourceUpdated: async ({ uri }) => bus.publish({ kind: 'resource_updated', uri }),
    sendResourceListChanged: async () => bus.publish({ kind: 'resources_list_changed' }),
  });
  // In the newer era nobody subscribes by a request: a stream that is open does.
  const subscriptions: Subscriptions = { ...listening, attach: () => undefined, clear: () => undefined };
  const pathOf = ({ url }: Request) => new URL(url).pathname;
  const modern = createMcpHandler(
    ({ authInfo, requestInfo }) =>
      serverFor(
        { principal: principalOf(authInfo), path: requestInfo ? pathOf(requestInfo) : '' },
        // The SDK holds this header against the body.
        { era: 'modern', subscriptions, onlyTools: requestInfo?.headers.get('mcp-method')?.startsWith('tools/') },
      ),
    { legacy: 'reject', bus, onerror },
  );
  const tools = new Map(catalog.map((entry) => [entry.name, entry]));
  let streams = 0;

  async function admit(request: Request, { principal }: RequestContext): Promise<Admitted | Response> {
    const body = request.method === 'POST' ? await readJson(request, requestBytes, limited) : undefined;
    if (body instanceof Response) return body;
    // Answers to what this server has asked are let through whatever happens: a call waits for them.
    if (request.method !== 'POST' || asksSomething(body)) {
      if (isDraining()) return refuse(503, -32000, 'This process is about to end.', { 'retry-after': '1' });
      const room = await rateLimiter.request(principal.id);
      if (room) return tooMany(room.why, room.retryAfterSeconds);
    }
    if ((filterOf(body)?.resourceSubscriptions?.length ?? 0) > mostAddresses) return tooManyAddresses();
    const leaves: (() => void)[] = [];
    const leave = () => {
      for (const each of leaves) each();
    };
    for (const { entry, args } of calledTools(body, tools)) {
      const scope = entryScope(entry);
      if (!mayUse(principal, scope)) {
        leave();
        return missing(entry, scope, principal.scopes ?? [], resourceMetadataUrl);
      }
      const entered = await rateLimiter.call(principal.id, await options.accountFor(entry.name, args));
      if (typeof entered === 'object') {
        leave();
        return tooMany(entered.why, entered.retryAfterSeconds);
      }
      if (entered) leaves.push(entered);
    }
    return leaves.length > 0 ? { body, leave } : { body };
  }

  /** Watch are looked for as long as somebody reads the stream. */
  function listen(answer: Response, filter: SubscriptionFilter): Response {
    const { resourceSubscriptions: uris = [], resourcesListChanged: list = false } = filter;
    if (uris.length === 0 && !list) return answer;
    streams += 1;
    const key = streams;
    listening.set(key, { uris, list });
    return whenDone(answer, () => listening.drop(key));
  }

  return {
    admit,
    async fetch(request, requestContext) {
      const admitted = await admit(request, requestContext);
      if (admitted instanceof Response) return admitted;
      const { body, leave } = admitted;
      const isLegacy = !saysNewer(request) && (await isLegacyRequest(request, body));
      const answer = isLegacy
        ? await sessions.fetch(request, requestContext, body)
        : await modern.fetch(request, { authInfo: authInfoOf(requestContext.principal), parsedBody: body });
      // Only a filter that the SDK has taken is answered by a stream.
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
      const filter = isLegacy || !isStream ? undefined : filterOf(body);
      const streamed = filter ? listen(answer, filter) : answer;
      return leave ? whenDone(streamed, leave) : streamed;
    },
    close: () => modern.close(),
  };
}

/** What clients of the newer era have to say in headers; the SDK holds it against the body, so it is not read twice. */
const saysNewer = ({ headers }: Request): boolean =>
  headers.has('mcp-method') && (headers.get('mcp-protocol-version') ?? '') >= firstOfNewerEra;

const firstOfNewerEra = '2026';

const tooMany = (why: string, seconds: number): Response =>
  refuse(429, -32000, `${why} Try again in ${seconds} s.`, { 'retry-after': String(seconds) });

async function readJson(request: Request, most: number, limited: McpOptions['limited']): Promise<unknown> {
  const read = await readRequestBody(request, most);
  if (read.tooLarge) limited('request_size');
  if (read.tooLarge) return refuse(413, -32000, `The body has more than ${most} bytes.`, { connection: 'close' });
  try {
    return JSON.parse(read.text);
  } catch {
    return refuse(400, -32700, 'The body is no JSON.');
  }
}

interface Message {
  id?: unknown;
  method?: unknown;
  params?: { name?: unknown; arguments?: unknown; notifications?: unknown };
}

const messagesOf = (body: unknown): Message[] =>
  (Array.isArray(body) ? body : [body]).filter((each) => typeof each === 'object' && each !== null);

interface CalledTool {
  entry: ToolEntry;
  args: unknown;
}

function calledTools(body: unknown, tools: ReadonlyMap<string, ToolEntry>): CalledTool[] {
  return messagesOf(body).flatMap(({ method, params }) => {
    const name = method === 'tools/call' ? params?.name : undefined;
    const entry = typeof name === 'string' ? tools.get(name) : undefined;
    return entry ? [{ entry, args: params?.arguments }] : [];
  });
}

/** The corridor looks at what the arguments of this very call make of it. */
const entryScope = ({ leastRisk }: ToolEntry): Scope => scopeOf(leastRisk);

/** Whether there is a request in it, and not only answers and notifications. */
const asksSomething = (body: unknown): boolean =>
  messagesOf(body).some(({ method, id }) => method !== undefined && id !== undefined);

const tooManyAddresses = (): Response => refuse(400, -32602, `A stream listens to ${mostAddresses} resources at most.`);

function filterOf(body: unknown): SubscriptionFilter | undefined {
  const [message] = messagesOf(body);
  return message?.method === 'subscriptions/listen' ? (message.params?.notifications ?? {}) : undefined;
}

/** The client may come back with a token that has the scope too: all that are needed are named. */
function missing({ name }: ToolEntry, scope: Scope, held: readonly string[], resourceMetadataUrl?: string): Response {
  const error = new OAuthError(OAuthErrorCode.InsufficientScope, `${name} needs the scope ${scope}. Nothing was sent.`);
  return bearerAuthChallengeResponse(error, { requiredScopes: [...held, scope], resourceMetadataUrl });
}
