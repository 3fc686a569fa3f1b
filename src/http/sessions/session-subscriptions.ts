import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { type Hearing, mostAddresses, type Subscriptions, subscriptionsTo } from '../../server/subscriptions.js';
import type { Store } from '../../store/store.js';
import type { Watch } from '../../values/watch.js';

export interface SessionSubscriptions extends Subscriptions {
  /**
   * Marks this process as the one with the stream for updates, until the returned function is called. `refused` is
   * called when the session's caller may not listen any more.
   */
  hold(refused: () => void): Promise<() => void>;
}

export interface SessionSubscriptionOptions extends Pick<Hearing, 'reader' | 'mayHear'> {
  store: Store;
  session: { id: string; expires: number };
  watch: Watch;
  onerror: (error: unknown) => void;
}

const collection = 'session-subscriptions';

/** Deletes the subscriptions of a session that is over, because nothing asks for them again. */
export async function forgetSubscriptions(
  store: Store,
  { id, expires }: { id: string; expires: number },
): Promise<void> {
  const previous = await store.get(collection, id);
  if (previous !== undefined) await store.compareAndSet(collection, id, { previous, expires });
}

/**
 * The subscriptions of a session of the older era. They are kept in the store, because the request that subscribes and
 * the stream for updates may be at different processes. The process with the stream listens.
 */
export function sessionSubscriptions(options: SessionSubscriptionOptions): SessionSubscriptions {
  const { store, session, watch, reader, mayHear, onerror } = options;
  const refusals = new Set<() => void>();
  const refused = () => {
    for (const end of refusals) end();
  };
  const local = subscriptionsTo(watch, { reader, mayHear, refused }, onerror);
  const channel = `${collection}/${session.id}`;

  async function change(edit: (uris: Set<string>) => void): Promise<void> {
    for (;;) {
      const previous = await store.get(collection, session.id);
      const uris = read(previous);
      edit(uris);
      if (uris.size > mostAddresses)
        throw new ProtocolError(
          ProtocolErrorCode.InvalidParams,
          `A session subscribes to ${mostAddresses} resources at most.`,
        );
      const next = uris.size > 0 ? JSON.stringify([...uris]) : undefined;
      if (await store.compareAndSet(collection, session.id, { previous, next, expires: session.expires })) break;
    }
    await store.publish(channel, '');
  }

  async function take(): Promise<void> {
    const uris = [...read(await store.get(collection, session.id))];
    if (uris.length > 0) local.set(stream, { uris, list: true });
    else local.drop(stream);
  }

  return {
    covers: local.covers,
    mayHear,
    attach: local.attach,
    set: (_key, { uris }) => change((all) => uris.forEach((uri) => all.add(uri))),
    drop: (key) => change((all) => all.delete(String(key))),
    clear: local.clear,
    async hold(end) {
      refusals.add(end);
      const leave = await store.subscribe(channel, () => void take().catch(onerror));
      await take();
      return () => {
        refusals.delete(end);
        leave();
        local.clear();
      };
    },
  };
}

const stream = 'stream';

const read = (text: string | undefined): Set<string> => new Set(text ? (JSON.parse(text) as string[]) : []);
