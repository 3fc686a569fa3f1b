import * as z from 'zod';
import { leaseOf } from '../../store/lease.js';
import type { Store } from '../../store/store.js';
import type { Listener, Update, Watch } from '../../values/watch.js';
import { type Polling, refCounted } from './polling.js';
import type { WatchOptions } from './watch.js';

export interface SharedWatchOptions extends Pick<WatchOptions, 'clock' | 'log'> {
  /** The watch that polls the fleet once this process leads. */
  watch: Watch;
  store: Store;
  /** The id of this process, which no other process has. */
  replica: string;
  /** The time between two polls of the fleet. */
  seconds: number;
}

/**
 * One of all processes polls the fleet for the listeners of all of them, and each process tells its own. The polling
 * process has a lease. When it ends, because nobody listens there any more or the process is gone, another process
 * takes over.
 */
export function sharedWatch(options: SharedWatchOptions): Watch {
  // Work runs in order across starts and stops, so that one polling has cleaned up before the next begins.
  const enqueue = inOrder();
  const covers = (uri: string) => options.watch.covers(uri);
  return refCounted(covers, (listeners) => beginPolling(listeners, enqueue, options));
}

type Wants = ReturnType<Listener['wants']>;

/** Keys of the store: the wants of each replica's listeners, the lease, and the channel. */
const interests = 'interest';
const leases = 'lease';
const leaseOfWatch = 'watch';
const channel = 'watch';

const shortestBeatMilliseconds = 2_000;
/** The number of beats that may fail before another process takes over. */
const beatsOfLease = 3;

const wantsForm = z.object({ uris: z.array(z.string()), list: z.boolean() });
const messageForm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('resource'),
    uri: z.string(),
    inside: z.array(z.string()).optional(),
    from: z.string(),
  }),
  z.object({ kind: z.literal('list'), from: z.string() }),
  // An update may have been missed, so everything wanted has to be read again.
  z.object({ kind: z.literal('again'), from: z.string() }),
  // A replica wants other things than before.
  z.object({ kind: z.literal('interest'), from: z.string() }),
  // The lease is free.
  z.object({ kind: z.literal('vacant'), from: z.string() }),
]);
type Message = z.infer<typeof messageForm>;

/** Runs from the first listener in this process to the last. */
function beginPolling(
  listeners: ReadonlySet<Listener>,
  enqueue: (work: () => Promise<void>) => Promise<void>,
  { watch, store, replica, seconds, clock, log }: SharedWatchOptions,
): Polling {
  const beatMilliseconds = Math.max(shortestBeatMilliseconds, (seconds * 1000) / 3);
  const lease = leaseOf({ store, collection: leases, id: leaseOfWatch, holder: replica });
  const told = tellerOf(listeners);
  /** What the listeners of all processes want, while this process leads. */
  let wanted: Wants = { uris: [], list: false };
  let noted: string | undefined;
  let stopListening: (() => void) | undefined;
  let unsubscribe: (() => void) | undefined;
  let callOff: (() => void) | undefined;
  let isAsked = false;
  let isFirst = true;
  let isLeading = false;
  let isAway = false;
  let isOver = false;

  const expires = () => clock.now() + beatsOfLease * beatMilliseconds;
  const publish = (message: Update | { kind: 'again' | 'interest' | 'vacant' }) =>
    store.publish(channel, JSON.stringify({ ...message, from: replica }));

  /** Tells what changed, as long as this process leads. */
  const relay: Listener = {
    wants: () => wanted,
    tell(update) {
      told(update);
      publish(update).catch(away);
    },
  };

  function away(error: unknown): void {
    if (isOver) return;
    if (!isAway) log(`Subscribers hear only of what this process notices itself: ${String(error)}`);
    isAway = true;
  }

  function hear(text: string): void {
    const message = messageOf(text);
    if (isOver || !message || message.from === replica) return;
    if (message.kind === 'resource' || message.kind === 'list') told(message);
    else if (message.kind === 'again') told('everything');
    else if (message.kind === 'vacant' || isLeading) ask();
  }

  /** Requests another beat, which starts as soon as the current one has ended. */
  function ask(): void {
    if (isAsked || isOver) return;
    isAsked = true;
    void enqueue(async () => {
      isAsked = false;
      await beat();
    });
  }

  async function beat(): Promise<void> {
    if (isOver) return;
    try {
      unsubscribe ??= await store.subscribe(channel, hear);
      const isOther = await noteInterest();
      const wasLeading = isLeading;
      isLeading = await lease.hold(expires());
      if (isOver) return;
      if (isLeading) await lead(wasLeading);
      else follow(isOther);
      isAway = false;
    } catch (error) {
      away(error);
    } finally {
      isFirst = false;
    }
  }

  async function noteInterest(): Promise<boolean> {
    const text = JSON.stringify(wantsOf(listeners));
    const previous = await store.get(interests, replica);
    await store.compareAndSet(interests, replica, { previous, next: text, expires: expires() });
    const isOther = text !== noted;
    noted = text;
    return isOther;
  }

  async function lead(wasLeading: boolean): Promise<void> {
    const all = await store.list(interests);
    if (isOver) return;
    const before = wanted;
    wanted = union([wantsOf(listeners), ...[...all.values()].map(parsedWants)]);
    if (!stopListening) stopListening = watch.listen(relay);
    else if (JSON.stringify(wanted) !== JSON.stringify(before)) watch.refresh();
    // A listener that was there before this process began to poll, or could not be told, may have missed something.
    const isLate = !wasLeading && (!isFirst || all.size > 1);
    if (isLate) told('everything');
    if (isLate || isAway) await publish({ kind: 'again' });
  }

  function follow(isOther: boolean): void {
    stopListening?.();
    stopListening = undefined;
    if (isAway) told('everything');
    if (isOther) publish({ kind: 'interest' }).catch(away);
  }

  async function end(): Promise<void> {
    unsubscribe?.();
    const text = await store.get(interests, replica);
    await store.compareAndSet(interests, replica, { previous: text, expires: clock.now() });
    const wasLeading = await lease.release();
    await publish({ kind: wasLeading ? 'vacant' : 'interest' });
  }

  const schedule = (): void => {
    if (!isOver) callOff = clock.later(() => void enqueue(beat).then(schedule), beatMilliseconds);
  };

  void enqueue(beat).then(schedule);
  return {
    refresh: ask,
    stop() {
      isOver = true;
      callOff?.();
      stopListening?.();
      // What cannot be withdrawn now expires by itself.
      void enqueue(() => end().catch(() => undefined));
    },
  };
}

function inOrder(): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work);
    return last;
  };
}

/** Tells each listener in this process what it wants from an update. */
const tellerOf = (listeners: ReadonlySet<Listener>) => (update: Update | 'everything') => {
  for (const listener of listeners) {
    const { uris, list } = listener.wants();
    const isAll = update === 'everything';
    if (list && (isAll || update.kind === 'list')) listener.tell({ kind: 'list' });
    for (const uri of uris) {
      if (isAll) listener.tell({ kind: 'resource', uri });
      else if (update.kind === 'resource' && update.uri === uri)
        listener.tell({ kind: 'resource', uri, inside: update.inside });
    }
  }
};

const wantsOf = (listeners: ReadonlySet<Listener>): Wants => union([...listeners].map((listener) => listener.wants()));

const union = (all: readonly Wants[]): Wants => ({
  uris: [...new Set(all.flatMap(({ uris }) => uris))].toSorted(),
  list: all.some(({ list }) => list),
});

/** A process of another version may have stored another form. */
const parsedWants = (text: string): Wants => wantsForm.safeParse(parse(text)).data ?? { uris: [], list: false };
const messageOf = (text: string): Message | undefined => messageForm.safeParse(parse(text)).data;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
