import { z } from 'zod';
import type { Store } from '../../store/store.js';
import type { Listener, Update, Watch } from '../../values/watch.js';
import { type Polling, refCounted } from './polling.js';
import type { WatchOptions } from './watch.js';

export interface SharedWatchOptions extends Pick<WatchOptions, 'clock' | 'log'> {
  /** What looks at the fleet once this process leads. */
  watch: Watch;
  store: Store;
  /** Of this process, and of no other. */
  replica: string;
  /** Between two looks at the fleet. */
  seconds: number;
}

/**
 * One of all processes looks at the fleet, for the listeners of all of them; each tells its own. Whoever looks has a
 * lease: when that ends, because nobody listens there any more or the process is gone, another process takes over.
 */
export function sharedWatch(options: SharedWatchOptions): Watch {
  // In order across rounds, so that what one leaves behind is gone before the next begins.
  const enqueue = inOrder();
  const covers = (uri: string) => options.watch.covers(uri);
  return refCounted(covers, (listeners) => beginPolling(listeners, enqueue, options));
}

type Wants = ReturnType<Listener['wants']>;

/** Of the store: what each replica's listeners want, by the replica; the lease; the channel. */
const interests = 'interest';
const leases = 'lease';
const leaseOfWatch = 'watch';
const channel = 'watch';

const shortestBeatMilliseconds = 2_000;
/** Beats that may fail before somebody else takes over. */
const beatsOfLease = 3;

const wantsForm = z.object({ uris: z.array(z.string()), list: z.boolean() });
const messageForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resource'), uri: z.string(), from: z.string() }),
  z.object({ kind: z.literal('list'), from: z.string() }),
  // Watch may have been missed: everything wanted is to be read again.
  z.object({ kind: z.literal('again'), from: z.string() }),
  // A replica wants other things than before.
  z.object({ kind: z.literal('interest'), from: z.string() }),
  // The lease is free.
  z.object({ kind: z.literal('vacant'), from: z.string() }),
]);
type Message = z.infer<typeof messageForm>;

/** From the first listener in this process to the last. */
function beginPolling(
  listeners: ReadonlySet<Listener>,
  enqueue: (work: () => Promise<void>) => Promise<void>,
  { watch, store, replica, seconds, clock, log }: SharedWatchOptions,
): Polling {
  const beatMilliseconds = Math.max(shortestBeatMilliseconds, (seconds * 1000) / 3);
  const told = tellerOf(listeners);
  /** What everybody wants, while this process leads. */
  let wanted: Wants = { uris: [], list: false };
  let noted: string | undefined;
  let leave: (() => void) | undefined;
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

  /** Another beat as soon as the one that is under way has ended. */
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
      isLeading = await hold(store, replica, expires());
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
    if (!leave) leave = watch.listen(relay);
    else if (JSON.stringify(wanted) !== JSON.stringify(before)) watch.refresh();
    // Who listened before this process began to look, or could not be told, may have missed something.
    const isLate = !wasLeading && (!isFirst || all.size > 1);
    if (isLate) told('everything');
    if (isLate || isAway) await publish({ kind: 'again' });
  }

  function follow(isOther: boolean): void {
    leave?.();
    leave = undefined;
    if (isAway) told('everything');
    if (isOther) publish({ kind: 'interest' }).catch(away);
  }

  async function end(): Promise<void> {
    unsubscribe?.();
    const text = await store.get(interests, replica);
    await store.compareAndSet(interests, replica, { previous: text, expires: clock.now() });
    const wasLeading = await store.compareAndSet(leases, leaseOfWatch, { previous: replica, expires: clock.now() });
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
      leave?.();
      // What cannot be taken back now ends by itself.
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

/** Takes or renews the lease; false while another has it. */
async function hold(store: Store, replica: string, expires: number): Promise<boolean> {
  const held = await store.compareAndSet(leases, leaseOfWatch, { previous: replica, next: replica, expires });
  return held || store.compareAndSet(leases, leaseOfWatch, { next: replica, expires });
}

/** Tells each listener in this process what it wants of it. */
const tellerOf = (listeners: ReadonlySet<Listener>) => (update: Update | 'everything') => {
  for (const listener of listeners) {
    const { uris, list } = listener.wants();
    const isAll = update === 'everything';
    if (list && (isAll || update.kind === 'list')) listener.tell({ kind: 'list' });
    for (const uri of uris) {
      if (isAll || (update.kind === 'resource' && update.uri === uri)) listener.tell({ kind: 'resource', uri });
    }
  }
};

const wantsOf = (listeners: ReadonlySet<Listener>): Wants => union([...listeners].map((listener) => listener.wants()));

const union = (all: readonly Wants[]): Wants => ({
  uris: [...new Set(all.flatMap(({ uris }) => uris))].toSorted(),
  list: all.some(({ list }) => list),
});

/** What a process of another version has noted may have another form. */
const parsedWants = (text: string): Wants => wantsForm.safeParse(parse(text)).data ?? { uris: [], list: false };
const messageOf = (text: string): Message | undefined => messageForm.safeParse(parse(text)).data;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
