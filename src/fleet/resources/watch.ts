import type { Clock } from '../../values/clock.js';
import { mapLimit } from '../../values/map-limit.js';
import type { Listener, Watch } from '../../values/watch.js';
import type { AccountFailure, FleetReader } from '../reader.js';
import { type Polling, refCounted } from './polling.js';
import { type Diff, type Probe, probeAttention, probeEvents, probeInstances, probeJob } from './probes.js';
import { attentionUri, placeOf } from './uris.js';

export interface WatchOptions {
  fleet: FleetReader;
  /** Between two looks. */
  seconds?: number;
  clock: Pick<Clock, 'now' | 'later'>;
  /** From 0 to 1. */
  random: () => number;
  /** A line for the operator. */
  log: (line: string) => void;
}

/** Polls the fleet while there are listeners: one poll however many they are, and none without any. */
export function createWatch(options: WatchOptions): Watch {
  const covers = (uri: string) => (placeOf(uri)?.kind ?? 'operation') !== 'operation';
  return refCounted(covers, (listeners) => beginPolling(listeners, options));
}

/** Pauses are up to this many times as long while an account complains. */
const longestFactor = 8;

/** From the first listener to the last; what was seen is forgotten with it. */
function beginPolling(listeners: ReadonlySet<Listener>, options: WatchOptions): Polling {
  const { seconds = 30, random, clock, log } = options;
  const poll = createPoller(options);
  let factor = 1;
  let isOver = false;
  let callOff: (() => void) | undefined;
  let looking = Promise.resolve();

  async function look(kind: 'first' | 'next'): Promise<void> {
    if (isOver) return;
    try {
      const { diffs, isBusy } = await poll(wantedBy(listeners), kind);
      if (isOver) return;
      if (kind === 'next') factor = isBusy ? Math.min(factor * 2, longestFactor) : 1;
      tell(listeners, diffs);
    } catch (error) {
      factor = Math.min(factor * 2, longestFactor);
      log(failed(error));
    }
  }

  const enqueue = async (kind: 'first' | 'next'): Promise<void> => {
    looking = looking.then(() => look(kind));
    await looking;
  };
  const schedule = (): void => {
    if (isOver) return;
    const milliseconds = seconds * 1000 * factor * (0.8 + 0.4 * random());
    callOff = clock.later(() => void enqueue('next').then(schedule), milliseconds);
  };

  void enqueue('first').then(schedule);
  return {
    refresh: () => void enqueue('first'),
    stop() {
      isOver = true;
      callOff?.();
    },
  };
}

const wantedBy = (listeners: ReadonlySet<Listener>): ReadonlySet<string> =>
  new Set([...listeners].flatMap((listener) => listener.wants().uris));

/** Each listener hears what it wants of it, and everything once. */
function tell(listeners: ReadonlySet<Listener>, diffs: readonly Diff[]): void {
  const changed = new Set(diffs.flatMap((diff) => diff.changed));
  const isListChanged = diffs.some((diff) => diff.isListChanged);
  for (const listener of listeners) {
    const { uris, list } = listener.wants();
    if (list && isListChanged) listener.tell({ kind: 'list' });
    for (const uri of uris) if (changed.has(uri)) listener.tell({ kind: 'resource', uri });
  }
}

const atOnce = 4;

/**
 * Looks at what is wanted, and at instances always. A `first` look is only at what has not been seen yet, so that the
 * next one has something to compare with.
 */
function createPoller({ fleet, clock, log }: WatchOptions) {
  const inventory = probeInstances(fleet);
  const others = new Map<string, Probe>();
  let last: Diff | undefined;

  return async (wanted: ReadonlySet<string>, kind: 'first' | 'next') => {
    const makers = looksFor(wanted, fleet, clock.now);
    for (const key of others.keys()) if (!makers.has(key)) others.delete(key);
    const due = [...makers].filter(([key]) => kind === 'next' || !others.has(key));
    for (const [key, make] of due) others.set(key, others.get(key) ?? make());

    const seen: Diff[] = [];
    if (kind === 'next' || !last) {
      last = await inventory([]);
      seen.push(last);
    }
    const failures: readonly AccountFailure[] = last.failures ?? [];
    const looks = due.flatMap(([key]) => others.get(key) ?? []);
    const rest = await mapLimit(looks, atOnce, async (look) => {
      try {
        return await look(failures);
      } catch (error) {
        log(failed(error));
        return undefined;
      }
    });
    const diffs = [...seen, ...rest.filter((diff) => diff !== undefined)];
    const complaints = diffs.flatMap((diff) => diff.failures ?? []).filter(({ isBusy }) => isBusy);
    return { diffs, isBusy: complaints.length > 0 || rest.includes(undefined) };
  };
}

const failed = (error: unknown): string =>
  `The fleet could not be looked at for subscribers: ${error instanceof Error ? error.message : String(error)}`;

/** What is behind the wanted addresses, each part once, by a key of its own. */
function looksFor(wanted: ReadonlySet<string>, fleet: FleetReader, now: () => number): Map<string, () => Probe> {
  const looks = new Map<string, () => Probe>();
  if (wanted.has(attentionUri)) looks.set('attention', () => probeAttention(fleet));
  for (const uri of wanted) {
    const place = placeOf(uri);
    if (place?.kind === 'events' || place?.kind === 'instance events')
      looks.set('events', () => probeEvents(fleet, now));
    if (place?.kind === 'job') looks.set(uri, () => probeJob(fleet, { ...place, uri }));
  }
  return looks;
}
