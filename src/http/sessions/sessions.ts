import {
  isInitializeRequest,
  isJSONRPCRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Hearing } from '../../server/subscriptions.js';
import type { Store } from '../../store/store.js';
import type { Watch } from '../../values/watch.js';
import { relayed } from '../relay.js';
import { authInfoOf, type RequestContext, type ServerFor } from '../request-context.js';
import { refuse, releasing } from '../streams.js';
import type { SessionIds } from './session-ids.js';
import { forgetSubscriptions, type SessionSubscriptions, sessionSubscriptions } from './session-subscriptions.js';

export interface Sessions {
  /** Answers a request of the older protocol era. One that only reads ends when its client goes away. */
  fetch(request: Request, requestContext: RequestContext, body: unknown, onlyReads: boolean): Promise<Response>;
  count(): number;
  close(): Promise<void>;
}

export interface SessionOptions extends Pick<Hearing, 'mayHear'> {
  ids: SessionIds;
  store: Store;
  serverFor: ServerFor;
  watch: Watch;
  /** The id of this process. */
  replica: string;
  now: () => number;
  onerror: (error: unknown) => void;
}

/** One session as this process serves it. Other processes may serve the same session. */
interface Session {
  /** Where the processes that serve it talk about it. */
  channel: string;
  transport: WebStandardStreamableHTTPServerTransport;
  subscriptions: SessionSubscriptions;
  /** The id holds the same facts, but opening an id takes longer than most calls. */
  isOpenTo(requestContext: RequestContext): boolean;
  /** The request that came last. Its token tells what the caller may hear of. */
  latest: RequestContext;
  lastUsed: number;
  /** Ends the stream for what no request asked for. Absent while the client holds none open here. */
  endStream?: () => void;
  /** Resolves once the stream that was asked for last is open or refused. */
  opening: Promise<unknown>;
  /** The number of requests that have no answer yet. */
  unanswered(): number;
  /** Ends the requests of a body, as if the client had cancelled them. */
  cancel(body: unknown): void;
  end(): Promise<void>;
}

const header = 'mcp-session-id';
const ended = 'ended-session';
const mostSessions = 2_000;
/** No person thinks longer than this about a question. A session that is needed later is continued again. */
const idleMilliseconds = 1_800_000;

/**
 * Sessions of the 2025 era. Only the id is needed to continue a session: a process that does not know it yet repeats
 * the handshake from what the id holds.
 */
export function createSessions(options: SessionOptions): Sessions {
  const { ids, store, serverFor, watch, mayHear, replica, now, onerror } = options;
  const sessions = new Map<string, Promise<Session>>();

  async function start(id: string, requestContext: RequestContext): Promise<Session> {
    const facts = await ids.read(id, requestContext.principal.id, requestContext.path);
    if (!facts) throw new Error('The id of a session that was made here cannot be read.');
    const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: () => id });
    const channel = `session/${facts.id}`;
    const {
      transport: wire,
      receive,
      unanswered,
    } = relayed(transport, `${replica}/`, (message) => {
      store.publish(channel, JSON.stringify({ from: replica, message })).catch(onerror);
    });
    const reader = () => session.latest.again();
    const subscriptions = sessionSubscriptions({ store, session: facts, watch, reader, mayHear, onerror });
    const server = serverFor(requestContext.path, { era: 'legacy', subscriptions, session: facts.id });
    await server.connect(wire);
    const stopListening = await store.subscribe(channel, (text) => {
      const { from, message, over, isStreamElsewhere } = JSON.parse(text);
      if (over) void drop(id).catch(onerror);
      else if (from === replica) return;
      else if (isStreamElsewhere) session.endStream?.();
      else receive(message);
    });
    const end = async () => {
      stopListening();
      await server.close();
    };
    const cancel = (body: unknown) => {
      for (const requestId of requestIdsIn(body))
        receive({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId, reason: clientGone } });
    };
    const isOpenTo = ({ principal, path }: RequestContext) =>
      principal.id === requestContext.principal.id && path === requestContext.path && now() < facts.expires;
    const begun = { channel, transport, subscriptions, isOpenTo, latest: requestContext, lastUsed: now() };
    const session: Session = { ...begun, opening: Promise.resolve(), unanswered, cancel, end };
    return session;
  }

  async function drop(id: string): Promise<void> {
    const session = sessions.get(id);
    sessions.delete(id);
    await (await session)?.end();
  }

  /** Forgets sessions that were not used for a long time. They can be continued again. */
  async function tidy(): Promise<void> {
    for (const [id, held] of sessions) {
      const session = await held;
      const isOld = now() - session.lastUsed > idleMilliseconds;
      if (!session.endStream && session.unanswered() === 0 && (isOld || sessions.size >= mostSessions)) await drop(id);
      if (!isOld && sessions.size < mostSessions) break;
    }
  }

  function remember(
    id: string,
    requestContext: RequestContext,
    begin: (session: Session) => Promise<void>,
  ): Promise<Session> {
    const session = start(id, requestContext).then(async (begun) => {
      await begin(begun);
      return begun;
    });
    sessions.set(id, session);
    session.catch(() => sessions.delete(id));
    return session;
  }

  async function open(request: Request, requestContext: RequestContext, body: unknown): Promise<Response> {
    await tidy();
    if (sessions.size >= mostSessions)
      return refuse(503, -32000, 'There are too many sessions.', { 'retry-after': '30' });
    const { token: id } = await ids.make({
      owner: requestContext.principal.id,
      path: requestContext.path,
      initializeParams: initializeParamsOf(body),
    });
    const { transport } = await remember(id, requestContext, async () => undefined);
    return transport.handleRequest(request, { authInfo: authInfoOf(requestContext), parsedBody: body });
  }

  /** Finds a session by its id. Undefined when there is none for this request. */
  async function find(id: string, requestContext: RequestContext): Promise<Session | undefined> {
    const known = await sessions.get(id);
    if (known) return known.isOpenTo(requestContext) ? known : undefined;
    const facts = await ids.read(id, requestContext.principal.id, requestContext.path);
    if (!facts || (await store.get(ended, facts.id)) !== undefined) return undefined;
    await tidy();
    // Another request may have continued it in the meantime.
    const begun = sessions.get(id);
    if (begun) return begun;
    return remember(id, requestContext, ({ transport }) =>
      repeatHandshake(transport, id, requestContext, facts.initializeParams),
    );
  }

  async function endForAll(id: string, requestContext: RequestContext): Promise<void> {
    const facts = await ids.read(id, requestContext.principal.id, requestContext.path);
    if (!facts) return;
    await store.compareAndSet(ended, facts.id, { next: 'ended', expires: facts.expires });
    await forgetSubscriptions(store, facts);
    await store.publish(`session/${facts.id}`, JSON.stringify({ over: true }));
  }

  /**
   * A session has one such stream, wherever it is. A client that opens another one has lost the first, even if nobody
   * has noticed yet.
   */
  async function openStream(session: Session, request: Request, requestContext: RequestContext): Promise<Response> {
    session.endStream?.();
    await store.publish(session.channel, JSON.stringify({ from: replica, isStreamElsewhere: true }));
    const over = new AbortController();
    const stopListening = await session.subscriptions.hold(() => over.abort());
    const release = () => {
      if (session.endStream !== end) return;
      session.endStream = undefined;
      session.lastUsed = now();
      stopListening();
    };
    const end = () => {
      release();
      session.transport.closeStandaloneSSEStream();
    };
    session.endStream = end;
    const authInfo = authInfoOf(requestContext);
    return releasing(session.transport.handleRequest(request, { authInfo }), release, over.signal);
  }

  return {
    async fetch(given, requestContext, body, onlyReads) {
      const request = takingAnything(given);
      const id = request.headers.get(header);
      const session = id === null ? undefined : await find(id, requestContext);
      if (!session && isInitializeRequest(body)) return open(request, requestContext, body);
      if (id === null) return refuse(400, -32000, 'The request needs a session: begin with initialize.');
      if (!session) return refuse(404, -32001, 'There is no such session; begin anew with initialize.');
      if (request.method === 'DELETE') {
        await endForAll(id, requestContext);
        return new Response(null, { status: 200 });
      }
      // The session that was used last stands last, so that the oldest ones are forgotten first.
      sessions.set(id, take(sessions, id) ?? Promise.resolve(session));
      session.lastUsed = now();
      session.latest = requestContext;
      if (onlyReads) given.signal.addEventListener('abort', () => session.cancel(body), { once: true });
      if (request.method === 'GET') {
        const opened = session.opening.then(() => openStream(session, request, requestContext));
        session.opening = opened.catch(() => undefined);
        return opened;
      }
      return session.transport.handleRequest(request, { authInfo: authInfoOf(requestContext), parsedBody: body });
    },
    count: () => sessions.size,
    async close() {
      await Promise.all([...sessions.keys()].map(drop));
    },
  };
}

/** The SDK wants both kinds of answers to be named. Its body has been read already. */
function takingAnything(request: Request): Request {
  const { method, url, signal } = request;
  if (!(request.headers.get('accept') ?? anything).includes(anything)) return request;
  const headers = new Headers(request.headers);
  headers.set('accept', 'application/json, text/event-stream');
  return new Request(url, { method, headers, signal });
}

const anything = '*/*';

const clientGone = 'The client has closed its connection.';

const requestIdsIn = (body: unknown): (string | number)[] =>
  (Array.isArray(body) ? body : [body]).filter(isJSONRPCRequest).map(({ id }) => id);

function take<Value>(map: Map<string, Value>, key: string): Value | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
}

/** What the client sent about itself, limited to what matters here, because the id has to travel in a header. */
function initializeParamsOf(body: unknown): unknown {
  if (!isInitializeRequest(body)) return undefined;
  const { protocolVersion, capabilities, clientInfo } = body.params;
  const { elicitation } = capabilities;
  const named = { name: clientInfo.name.slice(0, 100), version: clientInfo.version.slice(0, 100) };
  return {
    protocolVersion: protocolVersion.slice(0, 100),
    capabilities: elicitation ? { elicitation: kindsOf(elicitation) } : {},
    clientInfo: named,
  };
}

const kindsOf = ({ form, url }: { form?: object; url?: object }) => ({
  ...(form && { form: {} }),
  ...(url && { url: {} }),
});

async function repeatHandshake(
  transport: WebStandardStreamableHTTPServerTransport,
  id: string,
  { principal }: RequestContext,
  initializeParams: unknown,
): Promise<void> {
  const post = async (body: object, headers: Record<string, string>) => {
    const request = new Request('http://localhost/', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify(body),
    });
    const answer = await transport.handleRequest(request, { authInfo: authInfoOf({ principal }), parsedBody: body });
    await answer.text();
  };
  await post({ jsonrpc: '2.0', id: 'handshake', method: 'initialize', params: initializeParams }, {});
  await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, { [header]: id });
}
