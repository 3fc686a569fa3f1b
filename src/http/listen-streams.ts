import { createMcpHandler, type SubscriptionFilter } from '@modelcontextprotocol/server';
import { type Hearing, noSubscriptions, subscriptionsTo } from '../server/subscriptions.js';
import type { Update, Watch } from '../values/watch.js';
import { authInfoOf, type RequestContext, type ServerFor } from './request-context.js';
import { isStream, whenDone } from './streams.js';

export interface ListenOptions extends Pick<Hearing, 'mayHear'> {
  serverFor: ServerFor;
  watch: Watch;
  onerror: (error: unknown) => void;
}

/** A request of the newer era that opens a stream for changes, and what it wants to hear of. */
export interface ListenRequest {
  request: Request;
  requestContext: RequestContext;
  body: unknown;
  filter: SubscriptionFilter;
}

/** The streams on which clients of the newer era listen for changes. Each hears what its caller may read by then. */
export function listenStreams({ serverFor, watch, mayHear, onerror }: ListenOptions) {
  const open = new Set<() => Promise<void>>();
  return {
    async listen({ request, requestContext, body, filter }: ListenRequest): Promise<Response> {
      const { principal, path, again } = requestContext;
      const over = new AbortController();
      const listening = subscriptionsTo(watch, { reader: again, mayHear, refused: () => over.abort() }, onerror);
      // A handler of its own, because the SDK's handler tells each change to all of its streams.
      const server = () => serverFor(path, { era: 'modern', subscriptions: noSubscriptions });
      const handler = createMcpHandler(server, { legacy: 'reject', onerror });
      const end = async () => {
        open.delete(end);
        listening.clear();
        await handler.close();
      };
      listening.attach({
        sendResourceUpdated: async ({ uri }) => handler.notify.resourceUpdated(uri),
        sendResourceListChanged: async () => handler.notify.resourcesChanged(),
      });
      const heard = await permitted(filter, (update) => mayHear(update, principal));
      const parsedBody = heard === filter ? body : withFilter(body, heard);
      const answer = await handler.fetch(request, { authInfo: authInfoOf(requestContext), parsedBody });
      // The answer is a stream only if the SDK has accepted the filter.
      if (!isStream(answer)) {
        await end();
        return answer;
      }
      open.add(end);
      const { resourceSubscriptions: uris = [], resourcesListChanged: list = false } = heard;
      if (uris.length > 0 || list) listening.set('stream', { uris, list });
      return whenDone(answer, () => void end().catch(onerror), over.signal);
    },
    async close() {
      await Promise.all([...open].map((end) => end()));
    },
  };
}

/**
 * The part of a filter about which the caller may hear; the SDK tells the client which part that is. Where nothing is
 * denied it is the filter itself, which the SDK has yet to check.
 */
async function permitted(
  filter: SubscriptionFilter,
  mayHear: (update: Update) => Promise<boolean>,
): Promise<SubscriptionFilter> {
  const { resourceSubscriptions: given, resourcesListChanged: list } = filter;
  const uris = Array.isArray(given) ? given.filter((uri) => typeof uri === 'string') : [];
  const rights = await Promise.all(uris.map((uri) => mayHear({ kind: 'resource', uri })));
  const isListDenied = list === true && !(await mayHear({ kind: 'list' }));
  if (rights.every(Boolean) && !isListDenied) return filter;
  const heard = uris.filter((_, index) => rights[index]);
  return {
    ...filter,
    ...(given && { resourceSubscriptions: heard }),
    ...(isListDenied && { resourcesListChanged: false }),
  };
}

function withFilter(body: unknown, notifications: SubscriptionFilter): unknown {
  const message = (Array.isArray(body) ? body[0] : body) as { params?: object };
  const changed = { ...message, params: { ...message.params, notifications } };
  return Array.isArray(body) ? [changed] : changed;
}
