import { type JSONRPCMessage, parseJSONRPCMessage, type Transport } from '@modelcontextprotocol/server';
import type { Principal } from '../define/index.js';
import { type Hearing, subscriptionsTo } from '../server/subscriptions.js';
import type { Store } from '../store/store.js';
import type { Clock } from '../values/clock.js';
import type { Watch } from '../values/watch.js';
import type { Seal } from './auth/seal.js';
import { authInfoOf, type RequestContext, type ServerFor } from './request-context.js';
import type { SessionIds } from './sessions/session-ids.js';
import { refuse } from './streams.js';

/**
 * The HTTP+SSE transport of 2024-11-05: a stream to the client, and posts from the client that are answered on the
 * stream.
 */
export interface SseStreams {
  open(requestContext: RequestContext): Promise<Response>;
  post(request: Request, requestContext: RequestContext, body: unknown): Promise<Response>;
  count(): number;
  close(): Promise<void>;
}

export interface SseOptions extends Pick<Hearing, 'mayHear'> {
  ids: SessionIds;
  seal: Seal;
  store: Store;
  serverFor: ServerFor;
  watch: Watch;
  clock: Clock;
  onerror: (error: unknown) => void;
}

interface Stream {
  transport: Transport;
  /** Takes a message, and how to find out later who sent it. */
  hear: (post: Posted, again?: RequestContext['again']) => void;
}

/** A message and who sent it. Its rights are those of the token that came with it, not of the one that opened. */
interface Posted {
  message: JSONRPCMessage;
  principal: Principal;
}

const mostStreams = 500;
/** How long a message may take from one process to another, by two clocks that differ a little. */
const deliverySeconds = 60;
/** Proxies end streams on which nothing is sent. */
const keepAliveMilliseconds = 15_000;

export function sseStreams(options: SseOptions): SseStreams {
  const { ids, seal, store, serverFor, watch, mayHear, clock, onerror } = options;
  const streams = new Map<string, Stream>();

  /** The store is not used when the stream is here, so that its outage does not affect what needs no other process. */
  async function deliver(id: string, posted: Posted, again: RequestContext['again']): Promise<boolean> {
    const own = streams.get(id);
    own?.hear(posted, again);
    if (own !== undefined) return true;
    const sealed = await seal.close('post', { ...posted }, deliverySeconds);
    return (await store.publish(`sse/${id}`, sealed)) > 0;
  }

  return {
    async open(requestContext) {
      if (streams.size >= mostStreams)
        return refuse(503, -32000, 'There are too many streams.', { 'retry-after': '30' });
      const { token, id } = await ids.make({ owner: requestContext.principal.id, path: requestContext.path });
      const { transport, body } = sseTransport(`messages?sessionId=${token}`, clock);
      // The stream stays open without a good token, since calls are answered on it too, and posts bring newer ones.
      let { again: reader } = requestContext;
      const subscriptions = subscriptionsTo(watch, { reader: () => reader(), mayHear }, onerror);
      const server = serverFor(requestContext.path, { era: 'legacy', subscriptions, session: id });
      const hear: Stream['hear'] = ({ message, principal }, again = async () => principal) => {
        reader = again;
        transport.onmessage?.(message, { authInfo: authInfoOf({ principal }) });
      };
      // Posts that arrive at another process find the process with the stream through the store.
      const stopListening = await store.subscribe(`sse/${id}`, (sealed) => {
        void seal.open('post', sealed).then((posted) => posted && hear(posted as unknown as Posted), onerror);
      });
      await server.connect(transport);
      streams.set(id, { transport, hear });
      const { onclose } = transport;
      const closed = () => {
        streams.delete(id);
        stopListening();
        onclose?.();
      };
      Object.assign(transport, { onclose: closed });
      const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' };
      return new Response(body, { headers });
    },
    async post(request, requestContext, body) {
      const token = new URL(request.url).searchParams.get('sessionId') ?? '';
      const message = parsed(body);
      if (!message) return refuse(400, -32600, 'The body is no JSON-RPC message.');
      const known = await ids.read(token, requestContext.principal.id, requestContext.path);
      const { principal, again } = requestContext;
      const isHeard = known !== undefined && (await deliver(known.id, { message, principal }, again));
      return isHeard ? new Response('Accepted', { status: 202 }) : refuse(404, -32001, 'There is no such stream.');
    },
    count: () => streams.size,
    async close() {
      await Promise.all([...streams.values()].map(({ transport }) => transport.close()));
    },
  };
}

function parsed(body: unknown): JSONRPCMessage | undefined {
  try {
    return parseJSONRPCMessage(body);
  } catch {
    return undefined;
  }
}

/** A transport of this server on the SDK's interface, because the SDK's former one needs a whole web framework. */
function sseTransport(endpoint: string, clock: Clock): { transport: Transport; body: ReadableStream<Uint8Array> } {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelNext = () => {};
  const write = (text: string) => controller?.enqueue(encoder.encode(text));

  function keepAlive(): void {
    cancelNext = clock.later(() => {
      write(': still there\n\n');
      keepAlive();
    }, keepAliveMilliseconds);
  }

  const transport: Transport = {
    async start() {
      write(`event: endpoint\ndata: ${endpoint}\n\n`);
      keepAlive();
    },
    async send(message) {
      if (!controller) throw new Error('The stream of this client is closed.');
      write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    },
    async close() {
      const open = controller;
      end();
      open?.close();
    },
  };

  function end(): void {
    if (!controller) return;
    controller = undefined;
    cancelNext();
    transport.onclose?.();
  }

  const body = new ReadableStream<Uint8Array>({
    start(opened) {
      controller = opened;
    },
    cancel: end,
  });
  return { transport, body };
}
