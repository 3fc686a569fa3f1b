import { createHash } from 'node:crypto';
import {
  bearerAuthChallengeResponse,
  createMcpHandler,
  isLegacyRequest,
  OAuthError,
  OAuthErrorCode,
  readRequestBody,
  type SubscriptionFilter,
} from '@modelcontextprotocol/server';
import { mayUse, type Principal, risks, type Scope, scopeOf } from '../define/index.js';
import type { ToolEntry } from '../server/catalog.js';
import { overlongIn } from '../server/message-bounds.js';
import { mostAddresses, noSubscriptions } from '../server/subscriptions.js';
import { servedPath } from './auth/protected-resources.js';
import { type ListenOptions, listenStreams } from './listen-streams.js';
import type { LimitExceeded, RateLimiter } from './rate-limiter.js';
import { authInfoOf, type RequestContext } from './request-context.js';
import type { Sessions } from './sessions/sessions.js';
import { unlessLacking } from './step-up.js';
import { refuse, releasing } from './streams.js';

export interface McpOptions extends ListenOptions {
  sessions: Sessions;
  rateLimiter: RateLimiter;
  catalog: readonly ToolEntry[];
  /** The account that a call would go to, or its provider while that is not certain. Limits count by it. */
  accountFor: (tool: string, args: unknown) => Promise<string>;
  /** Takes the operation out of a call that runs one by its name. */
  open: (name: string, args: unknown) => { name: string; args: unknown };
  /** A larger body is not read. */
  requestBytes: number;
  /** Called when a body was too large. */
  limited: (limit: 'request_size') => void;
  /** Whether the process is about to end. Running calls continue, but no new call begins. */
  isDraining: () => boolean;
  onerror: (error: unknown) => void;
}

export interface McpEndpoint {
  /** Answers Streamable HTTP in both protocol eras. */
  fetch(request: Request, requestContext: RequestContext): Promise<Response>;
  /** Reads and checks a body. It applies the same checks to messages that come over another transport. */
  admit(request: Request, requestContext: RequestContext): Promise<Admitted | Response>;
  close(): Promise<void>;
}

export interface Admitted extends Posted {
  /** Has to be called once the answer is complete, or when it fails. Absent when nothing is taken. */
  release?: Release;
}

/** What a request brought. It is read once, since every step asks for some of it. */
interface Posted {
  body: unknown;
  messages: readonly Message[];
  called: readonly CalledTool[];
  /** What the caller wants to hear of, where they open a stream for that. */
  filter?: SubscriptionFilter;
}

type Release = () => void;

interface Wanted {
  request: Request;
  posted: Posted;
  requestContext: RequestContext;
  /** The same for all streams of which one replaces the other. */
  streamName?: string;
}

/** The protocol over HTTP: read, limit, check the scope, and answer in the era of the request. */
export function mcpEndpoint(options: McpOptions): McpEndpoint {
  const { serverFor, sessions, rateLimiter, catalog, requestBytes, limited, onerror } = options;
  const { isDraining } = options;
  const listening = listenStreams(options);
  const modern = createMcpHandler(
    ({ requestInfo }) =>
      serverFor(requestInfo ? servedPath(requestInfo) : '', {
        era: 'modern',
        subscriptions: noSubscriptions,
        // The SDK compares this header with the body.
        onlyTools: requestInfo?.headers.get('mcp-method')?.startsWith('tools/'),
      }),
    { legacy: 'reject', onerror },
  );
  const catalogued = { tools: new Map(catalog.map((entry) => [entry.name, entry])), open: options.open };

  async function admit(
    request: Request,
    requestContext: RequestContext,
    streamName?: string,
  ): Promise<Admitted | Response> {
    const { principal } = requestContext;
    const body = request.method === 'POST' ? await readJson(request, requestBytes, limited) : undefined;
    if (body instanceof Response) return body;
    const messages = messagesOf(body);
    const overlong = messages.map(overlongIn).find(Boolean);
    if (overlong !== undefined) return refuse(400, -32600, overlong);
    const count = request.method === 'POST' ? countOf(messages) : 1;
    if (count > 0 && isDraining()) return refuse(503, -32000, 'This process is about to end.', { 'retry-after': '1' });
    const exceeded = await rateLimiter.requests(principal.id, count);
    if (exceeded) return tooMany(exceeded);
    const filter = filterOf(messages);
    if ((filter?.resourceSubscriptions?.length ?? 0) > mostAddresses) return tooManyAddresses();
    const posted = { body, messages, called: calledIn(messages, catalogued), filter };
    const release = await takePlaces({ request, posted, requestContext, streamName });
    return release instanceof Response ? release : { ...posted, release };
  }

  /** Takes the places that a request needs. Returns what releases them, or the response that refuses the request. */
  async function takePlaces(wanted: Wanted): Promise<Release | Response | undefined> {
    const taken: Release[] = [];
    const release = () => {
      for (const each of taken.splice(0)) each();
    };
    try {
      const refusal = await refusalWhileTaking(wanted, taken);
      if (refusal) release();
      return refusal ?? (taken.length > 0 ? release : undefined);
    } catch (error) {
      release();
      throw error;
    }
  }

  async function refusalWhileTaking(
    { request, posted: { called, filter }, requestContext, streamName }: Wanted,
    taken: Release[],
  ): Promise<Response | undefined> {
    const { principal } = requestContext;
    if (request.method === 'GET' || filter) {
      const stream = await rateLimiter.stream(principal.id, streamName);
      if (typeof stream === 'object') return tooMany(stream);
      if (stream) taken.push(stream);
    }
    for (const { entry, args } of called) {
      const lacked = entryScopes(entry).filter((scope) => !mayUse(principal, scope));
      if (lacked.length > 0) return missing(entry, lacked, requestContext);
      const call = await rateLimiter.call(principal.id, () => options.accountFor(entry.name, args));
      if (typeof call === 'object') return tooMany(call);
      if (call) taken.push(call);
    }
    return undefined;
  }

  async function respond(request: Request, requestContext: RequestContext, posted: Posted): Promise<Response> {
    const { body, filter } = posted;
    if (!saysNewer(request) && (await isLegacyRequest(request, body)))
      return sessions.fetch(request, requestContext, body, onlyReads(posted));
    if (filter) return listening.listen({ request, requestContext, body, filter });
    const authInfo = authInfoOf(requestContext);
    return modern.fetch(request, { authInfo, parsedBody: body });
  }

  return {
    admit,
    async fetch(request, requestContext) {
      const admitted = await admit(request, requestContext, sessionStream(request));
      if (admitted instanceof Response) return admitted;
      const { body, called: calls, release } = admitted;
      const [called] = calls;
      if (!called || Array.isArray(body) || !mayLack(called.entry, requestContext.principal))
        return releasing(respond(request, requestContext, admitted), release);
      const answer = unlessLacking(
        (lacking) => respond(request, { ...requestContext, lacking }, admitted),
        (scopes) => missing(called.entry, scopes, requestContext),
      );
      return releasing(answer, release);
    },
    async close() {
      await Promise.all([modern.close(), listening.close()]);
    },
  };
}

/** A session has one stream for what no request asked for, so another one needs no place of its own. */
function sessionStream({ method, headers }: Request): string | undefined {
  const session = method === 'GET' ? headers.get('mcp-session-id') : null;
  return session === null ? undefined : createHash('sha256').update(session).digest('base64url');
}

/** Clients of the newer era send headers that say so. The SDK compares them with the body, so it is not read twice. */
const saysNewer = ({ headers }: Request): boolean =>
  headers.has('mcp-method') && (headers.get('mcp-protocol-version') ?? '') >= firstOfNewerEra;

const firstOfNewerEra = '2026';

const tooMany = ({ why, retryAfterSeconds: seconds }: LimitExceeded): Response =>
  refuse(429, -32000, `${why} Try again in ${seconds} s.`, { 'retry-after': String(seconds) });

async function readJson(request: Request, most: number, limited: McpOptions['limited']): Promise<unknown> {
  const read = await readText(request, most).catch(() => undefined);
  if (!read) return refuse(408, -32000, 'The body did not come to its end.', { connection: 'close' });
  if (read.tooLarge) limited('request_size');
  if (read.tooLarge) return refuse(413, -32000, `The body has more than ${most} bytes.`, { connection: 'close' });
  try {
    return JSON.parse(read.text);
  } catch {
    return refuse(400, -32700, 'The body is no JSON.');
  }
}

/** Node reads no more than the announced length. Only where none is announced, the bytes have to be counted. */
async function readText(
  request: Request,
  most: number,
): Promise<{ tooLarge: true } | { tooLarge: false; text: string }> {
  const announced = request.headers.get('content-length');
  if (announced === null) return readRequestBody(request, most);
  return Number(announced) > most ? { tooLarge: true } : { tooLarge: false, text: await request.text() };
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

function calledIn(messages: readonly Message[], { tools, open }: Catalogued): CalledTool[] {
  return messages.flatMap(({ method, params }) => {
    if (method !== 'tools/call' || typeof params?.name !== 'string') return [];
    const { name, args } = open(params.name, params.arguments);
    const entry = tools.get(name);
    return entry ? [{ entry, args }] : [];
  });
}

interface Catalogued {
  tools: ReadonlyMap<string, ToolEntry>;
  open: McpOptions['open'];
}

/** Whether it calls tools that only read, and nothing else. */
const onlyReads = ({ called, messages }: Posted): boolean =>
  called.length > 0 && called.length === messages.length && called.every(({ entry }) => entry.risk === 'read');

/** The scopes to begin a call. The call itself checks the risk of its actual arguments. */
const entryScopes = ({ leastRisk, scope }: ToolEntry): readonly Scope[] => [
  scopeOf(leastRisk),
  ...(scope ? [scope] : []),
];

/** Whether a call that has begun can still turn out to need a scope that the principal lacks. */
const mayLack = ({ risk }: ToolEntry, { scopes }: Principal): boolean =>
  risk !== 'read' && scopes !== undefined && risks.some((each) => !scopes.includes(scopeOf(each)));

/**
 * The number of messages that count, which in a batch is every message but answers. A body without a request is always
 * accepted, because a call may wait for the answers in it.
 */
function countOf(messages: readonly Message[]): number {
  const counted = messages.filter(({ method }) => method !== undefined);
  return counted.some(({ id }) => id !== undefined) ? counted.length : 0;
}

const tooManyAddresses = (): Response => refuse(400, -32602, `A stream listens to ${mostAddresses} resources at most.`);

function filterOf([message]: readonly Message[]): SubscriptionFilter | undefined {
  return message?.method === 'subscriptions/listen' ? (message.params?.notifications ?? {}) : undefined;
}

/** The client may come back with a token that has these scopes too, so all needed scopes are named. */
function missing(
  { name }: ToolEntry,
  scopes: readonly string[],
  { principal: { scopes: held = [] }, metadataUrl }: RequestContext,
): Response {
  const what = `${name} needs the scope ${scopes.join(' and ')}`;
  const error = new OAuthError(OAuthErrorCode.InsufficientScope, `${what}. Nothing was sent.`);
  return bearerAuthChallengeResponse(error, {
    requiredScopes: [...held, ...scopes],
    resourceMetadataUrl: metadataUrl?.(),
  });
}
