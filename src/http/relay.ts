import type {
  JSONRPCMessage,
  JSONRPCNotification,
  JSONRPCRequest,
  JSONRPCResponse,
  Transport,
} from '@modelcontextprotocol/server';

export interface Relayed {
  transport: Transport;
  /** Takes a message of this session that did not come over its transport. */
  receive: (message: JSONRPCMessage) => void;
  /** The number of requests of the client that have no answer yet. */
  unanswered: () => number;
}

/**
 * A transport of a session that several processes may serve at the same time. The requests of each process get ids with
 * its own prefix. An answer that comes in at another process is handed to `elsewhere`, which finds the process that
 * asked.
 */
export function relayed(wire: Transport, prefix: string, elsewhere: (message: JSONRPCMessage) => void): Relayed {
  const unanswered = new Set<unknown>();
  /** No answer is owed to a request that its client has cancelled. */
  const forget = (message: JSONRPCMessage) => {
    if (isCancel(message)) unanswered.delete(message.params?.['requestId']);
  };
  const transport: Transport = {
    start() {
      const heard: Pick<Transport, 'onclose' | 'onerror' | 'onmessage'> = {
        onclose: () => transport.onclose?.(),
        onerror: (error) => transport.onerror?.(error),
        onmessage: (message, extra) => {
          const own = forUs(message, prefix);
          if (isRequest(message)) unanswered.add(message.id);
          forget(message);
          if (own) transport.onmessage?.(own, extra);
          if (!own || isCancel(message)) elsewhere(message);
        },
      };
      Object.assign(wire, heard);
      return wire.start();
    },
    send(message, options) {
      if (isAnswer(message)) unanswered.delete(message.id);
      return wire.send(marked(message, prefix), options);
    },
    close: () => wire.close(),
    setSupportedProtocolVersions: (versions) => wire.setSupportedProtocolVersions?.(versions),
  };
  return {
    transport,
    receive(message) {
      const own = forUs(message, prefix);
      forget(message);
      if (own) transport.onmessage?.(own);
    },
    unanswered: () => unanswered.size,
  };
}

/** Adds the prefix to this process's requests, and to its cancellations of them. */
function marked(message: JSONRPCMessage, prefix: string): JSONRPCMessage {
  if (isRequest(message)) return { ...message, id: `${prefix}${message.id}` };
  if (!isCancel(message)) return message;
  const { requestId, ...rest } = message.params ?? {};
  return { ...message, params: { ...rest, requestId: `${prefix}${String(requestId)}` } };
}

/** Returns every message except answers to requests of another process. */
function forUs(message: JSONRPCMessage, prefix: string): JSONRPCMessage | undefined {
  if (!isAnswer(message)) return message;
  const { id } = message;
  if (typeof id !== 'string' || !id.startsWith(prefix)) return undefined;
  return { ...message, id: Number(id.slice(prefix.length)) };
}

/** The SDK has checked each message already, so its members are enough to tell them apart. */
const isRequest = (message: JSONRPCMessage): message is JSONRPCRequest => 'method' in message && 'id' in message;

const isAnswer = (message: JSONRPCMessage): message is JSONRPCResponse => !('method' in message);

const isCancel = (message: JSONRPCMessage): message is JSONRPCNotification =>
  'method' in message && message.method === 'notifications/cancelled';
