import {
  isJSONRPCNotification,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
  ResourceNotFoundError,
  type Server,
  SUBSCRIPTION_ID_META_KEY,
  type SubscriptionFilter,
  type Transport,
} from '@modelcontextprotocol/server';
import type { Principal } from '../define/index.js';
import type { Interest, Listener, Update, Watch } from '../values/watch.js';
import type { ReaderIn } from './resources.js';

/** Each address may cost a request to a provider in every poll. */
export const mostAddresses = 100;

/** The same watch, which also counts the addresses that are listened to. */
export function counted(changes: Watch): Watch & { count: () => number } {
  const listeners = new Set<Listener>();
  return {
    covers: (uri) => changes.covers(uri),
    refresh: () => changes.refresh(),
    listen(listener) {
      listeners.add(listener);
      const stopListening = changes.listen(listener);
      return () => {
        listeners.delete(listener);
        stopListening();
      };
    },
    count: () => [...listeners].reduce((sum, listener) => sum + listener.wants().uris.length, 0),
  };
}

/** What one connection has subscribed to, in the way of its protocol era. */
export interface Subscriptions {
  set(key: RequestId, interest: Interest): void | Promise<void>;
  drop(key: RequestId): void | Promise<void>;
  clear: () => void;
  /** Sets where updates go from now on. */
  attach: (server: Pick<Server, 'sendResourceUpdated' | 'sendResourceListChanged'>) => void;
  covers: Watch['covers'];
  /** Whether this caller may be told of it. */
  mayHear: Hearing['mayHear'];
}

/** Who listens on a connection, and what they may be told. */
export interface Hearing {
  /** Who listens, with the rights that they have now. Undefined once they may not listen any more. */
  reader: () => Promise<Principal | undefined>;
  /** Whether a caller may read what an update is about. */
  mayHear: (update: Update, reader: Principal) => Promise<boolean>;
  /** Called when there was something to tell, and nobody who may listen any more. */
  refused?: () => void;
}

/** The subscriptions of a connection that only its own process serves. */
export interface LocalSubscriptions extends Subscriptions {
  set(key: RequestId, interest: Interest): void;
  drop(key: RequestId): void;
}

/** Those of a server that answers a single request, and is gone with its answer. */
export const noSubscriptions: Subscriptions = {
  set: () => undefined,
  drop: () => undefined,
  clear: () => undefined,
  attach: () => undefined,
  covers: () => false,
  mayHear: async () => false,
};

/** Rights are asked for with each update, because they can change while a connection is open. */
export function subscriptionsTo(
  changes: Watch,
  { reader, mayHear, refused }: Hearing,
  onerror: (error: unknown) => void,
): LocalSubscriptions {
  const open = new Map<RequestId, Interest>();
  let target: Parameters<Subscriptions['attach']>[0] | undefined;
  let stopListening: (() => void) | undefined;
  const listener: Listener = {
    wants: () => ({
      uris: [...new Set([...open.values()].flatMap(({ uris }) => uris))],
      list: [...open.values()].some(({ list }) => list),
    }),
    tell(update) {
      told = told.then(() => tell(update)).catch(onerror);
    },
  };
  let told = Promise.resolve();
  async function tell(update: Update): Promise<void> {
    const principal = await reader();
    if (!principal) refused?.();
    if (!principal || !(await mayHear(update, principal))) return;
    if (update.kind === 'list') await target?.sendResourceListChanged();
    else await target?.sendResourceUpdated({ uri: update.uri });
  }
  const leaveIfEmpty = () => {
    if (open.size > 0) return;
    stopListening?.();
    stopListening = undefined;
  };
  return {
    covers: (uri) => changes.covers(uri),
    mayHear,
    attach(server) {
      target = server;
    },
    set(key, interest) {
      open.set(key, interest);
      if (stopListening) changes.refresh();
      else stopListening = changes.listen(listener);
    },
    drop(key) {
      open.delete(key);
      leaveIfEmpty();
    },
    clear() {
      open.clear();
      leaveIfEmpty();
    },
  };
}

/**
 * Subscriptions of the older era come as one request for each address. Those of the newer era never reach the server.
 */
export function addSubscriptions(server: Server, subscriptions: Subscriptions, readerIn: ReaderIn): void {
  server.registerCapabilities({ resources: { subscribe: true, listChanged: true } });
  subscriptions.attach(server);
  Object.assign(server, { onclose: () => subscriptions.clear() });
  server.setRequestHandler('resources/subscribe', async ({ params: { uri } }, context) => {
    const mayHear = await subscriptions.mayHear({ kind: 'resource', uri }, readerIn(context));
    if (!mayHear || !subscriptions.covers(uri)) throw new ResourceNotFoundError(uri);
    await subscriptions.set(uri, { uris: [uri], list: true });
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', async ({ params: { uri } }) => {
    await subscriptions.drop(uri);
    return {};
  });
}

/**
 * A transport that notices the subscriptions of the newer era as they pass, because `serveStdio` answers them itself
 * and reports them to no other code. It counts what was acknowledged, until the client cancels or the listening ends.
 * `onend` is called when the connection is closed, by either side.
 */
export function noticing(wire: Transport, subscriptions: LocalSubscriptions, onend: () => void): Transport {
  const noticed: Transport = {
    start() {
      const heard: Pick<Transport, 'onclose' | 'onerror' | 'onmessage'> = {
        onclose: () => {
          noticed.onclose?.();
          subscriptions.clear();
          onend();
        },
        onerror: (error) => noticed.onerror?.(error),
        onmessage: (message, extra) => {
          const cancelled = cancelledBy(message);
          if (cancelled !== undefined) subscriptions.drop(cancelled);
          noticed.onmessage?.(message, extra);
        },
      };
      Object.assign(wire, heard);
      return wire.start();
    },
    send(message, options) {
      const begun = acknowledgedBy(message);
      if (begun && (begun.interest.uris.length > 0 || begun.interest.list)) {
        subscriptions.set(begun.id, begun.interest);
      }
      if (isJSONRPCResultResponse(message)) subscriptions.drop(message.id);
      return wire.send(message, options);
    },
    close: () => wire.close(),
  };
  return noticed;
}

function acknowledgedBy(message: JSONRPCMessage): { id: RequestId; interest: Interest } | undefined {
  if (!isJSONRPCNotification(message) || message.method !== 'notifications/subscriptions/acknowledged')
    return undefined;
  const { notifications = {}, _meta } = (message.params ?? {}) as {
    notifications?: SubscriptionFilter;
    _meta?: { [SUBSCRIPTION_ID_META_KEY]?: RequestId };
  };
  const id = _meta?.[SUBSCRIPTION_ID_META_KEY];
  if (id === undefined) return undefined;
  const { resourceSubscriptions: uris = [], resourcesListChanged: list = false } = notifications;
  return { id, interest: { uris, list } };
}

function cancelledBy(message: JSONRPCMessage): RequestId | undefined {
  if (!isJSONRPCNotification(message) || message.method !== 'notifications/cancelled') return undefined;
  return (message.params as { requestId?: RequestId } | undefined)?.requestId;
}
