import type { PlacedChange, Store } from '../../store/store.js';
import type { HookEvent } from './event.js';
import type { HookTarget } from './target.js';

/** An event that waits for one target. */
export interface Queued {
  event: HookEvent;
  /** Since when it waits, in epoch milliseconds. */
  since: number;
  id: string;
  text: string;
}

/** How much a target has not been told. */
export interface QueueLevel {
  target: string;
  waiting: number;
  dead: number;
  /** How long the oldest event that waits has waited. */
  oldestSeconds: number;
}

/** Events that were not sent yet, and those that could not be sent, for each target. */
export interface Outbox {
  /** What writes these events for the targets that want them. It is made in one step with what the events tell of. */
  changesFor(events: readonly HookEvent[]): readonly PlacedChange[];
  /** Writes an event. One that waits already is not written twice. */
  put(event: HookEvent): Promise<void>;
  /** Oldest first. */
  waiting(target: string): Promise<readonly Queued[]>;
  /** Forgets an event, because it was sent. */
  sent(target: string, queued: Queued): Promise<void>;
  /** Moves an event to the dead letters. */
  bury(target: string, queued: Queued): Promise<void>;
  /** Oldest first. */
  dead(target: string): Promise<readonly Queued[]>;
  /** Moves every dead letter back, to be sent once more. Resolves to their number. */
  revive(target: string): Promise<number>;
  /** One for each target. */
  levels: () => Promise<readonly QueueLevel[]>;
}

export interface OutboxOptions {
  targets: readonly HookTarget[];
  store: Pick<Store, 'list' | 'compareAndSetAll'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** The collections of the store that hold what hooks need. */
export const isOfHooks = (collection: string): boolean => collection.startsWith('hooks-');
const waitingFor = (target: string): string => `hooks-waiting-${target}`;
const deadOf = (target: string): string => `hooks-dead-${target}`;

/** Much longer than an event waits before it is a dead letter, and as long as somebody may look at those. */
const keptMilliseconds = 30 * 86_400_000;

export function createOutbox({ targets, store, now }: OutboxOptions): Outbox {
  const expires = () => now() + keptMilliseconds;

  const changesFor = (events: readonly HookEvent[]): PlacedChange[] =>
    events.flatMap((event) =>
      targets
        .filter((target) => isWanted(event, target))
        .map(({ name }) => ({
          collection: waitingFor(name),
          id: placeOf(event),
          next: textOf(event, now()),
          expires: expires(),
        })),
    );

  async function move({ id, text, event }: Queued, from: string, to?: string): Promise<void> {
    const taken = { collection: from, id, previous: text, expires: now() };
    const put = to === undefined ? [] : [{ collection: to, id, next: textOf(event, now()), expires: expires() }];
    await store.compareAndSetAll([taken, ...put]);
  }

  async function queuedIn(collection: string): Promise<Queued[]> {
    return [...(await store.list(collection))].map(([id, text]) => ({ id, text, ...(JSON.parse(text) as Waiting) }));
  }

  return {
    changesFor,
    async put(event) {
      // One change at a time, as the event may wait for some targets already.
      for (const change of changesFor([event])) await store.compareAndSetAll([change]);
    },
    waiting: (target) => queuedIn(waitingFor(target)),
    sent: (target, queued) => move(queued, waitingFor(target)),
    bury: (target, queued) => move(queued, waitingFor(target), deadOf(target)),
    dead: (target) => queuedIn(deadOf(target)),
    async revive(target) {
      const all = await queuedIn(deadOf(target));
      for (const queued of all) await move(queued, deadOf(target), waitingFor(target));
      return all.length;
    },
    levels: () =>
      Promise.all(
        targets.map(async ({ name: target }) => {
          const [waiting, dead] = [await queuedIn(waitingFor(target)), await queuedIn(deadOf(target))];
          const oldest = Math.min(now(), ...waiting.map(({ since }) => since));
          const oldestSeconds = Math.round((now() - oldest) / 1000);
          return { target, waiting: waiting.length, dead: dead.length, oldestSeconds };
        }),
      ),
  };
}

type Waiting = Pick<Queued, 'event' | 'since'>;

const textOf = (event: HookEvent, since: number): string => JSON.stringify({ since, event } satisfies Waiting);

const isWanted = ({ type, account }: HookEvent, { events, accounts }: HookTarget): boolean =>
  events.some((each) => each === type) &&
  (accounts === undefined || account === undefined || accounts.includes(account));

/** Sorts by time, and by the order within a millisecond. */
const placeOf = ({ time, order = 0, id }: HookEvent): string =>
  `${String(Date.parse(time)).padStart(14, '0')}-${String(order).padStart(9, '0')}-${id}`;
