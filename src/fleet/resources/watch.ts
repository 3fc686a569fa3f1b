import type { Clock } from '../../values/clock.js';
import { mapLimit } from '../../values/map-limit.js';
import type { Listener, Watch } from '../../values/watch.js';
import type { FleetInstance } from '../instance.js';
import type { AccountFailure, FleetReader } from '../reader.js';
import { referenceOf } from '../reference.js';
import { type Glances, watcher } from './glances.js';
import { shownBy } from './place-rights.js';
import { type Polling, refCounted } from './polling.js';
import { type Diff, type Probe, probeAttention, probeEvents, probeInside, probeInstances, probeJob } from './probes.js';
import { attentionUri, placeOf } from './uris.js';

export interface WatchOptions {
  fleet: FleetReader;
  /** What is found inside. Left out, nothing of it is watched. */
  glances?: Pick<Glances, 'at'>;
  /** The time between two polls. */
  seconds?: number;
  clock: Pick<Clock, 'now' | 'later'>;
  /** A number from 0 to 1. */
  random: () => number;
  /** Writes a line for the operator. */
  log: (line: string) => void;
  /** Called after each poll. It never rejects, and no poll waits for it. */
  polled?: () => Promise<void>;
}

/** Polls the fleet while there are listeners. There is one poll for any number of listeners, and none without any. */
export function createWatch(options: WatchOptions): Watch {
  const covers = (uri: string) => (placeOf(uri)?.kind ?? 'operation') !== 'operation';
  return refCounted(covers, (listeners) => beginPolling(listeners, options));
}

/** Pauses are up to this many times as long while an account is busy. */
const longestFactor = 8;

/** Runs from the first listener to the last. What it has seen is forgotten when it stops. */
function beginPolling(listeners: ReadonlySet<Listener>, options: WatchOptions): Polling {
  const { seconds = 30, random, clock, log, polled } = options;
  const poll = createPoller(options);
  let factor = 1;
  let isOver = false;
  let cancelNext: (() => void) | undefined;
  let polls = Promise.resolve();

  async function pollOnce(kind: 'first' | 'next'): Promise<void> {
    if (isOver) return;
    try {
      const { diffs, isBusy } = await poll(wantedBy(listeners), kind);
      if (isOver) return;
      if (kind === 'next') factor = isBusy ? Math.min(factor * 2, longestFactor) : 1;
      tell(listeners, diffs);
      void polled?.();
    } catch (error) {
      factor = Math.min(factor * 2, longestFactor);
      log(failed(error));
    }
  }

  const enqueue = async (kind: 'first' | 'next'): Promise<void> => {
    polls = polls.then(() => pollOnce(kind));
    await polls;
  };
  const schedule = (): void => {
    if (isOver) return;
    const milliseconds = seconds * 1000 * factor * (0.8 + 0.4 * random());
    cancelNext = clock.later(() => void enqueue('next').then(schedule), milliseconds);
  };

  void enqueue('first').then(schedule);
  return {
    refresh: () => void enqueue('first'),
    stop() {
      isOver = true;
      cancelNext?.();
    },
  };
}

const wantedBy = (listeners: ReadonlySet<Listener>): ReadonlySet<string> =>
  new Set([...listeners].flatMap((listener) => listener.wants().uris));

/** Tells each listener the changes that it wants, each of them once. */
function tell(listeners: ReadonlySet<Listener>, diffs: readonly Diff[]): void {
  const changed = new Set(diffs.flatMap((diff) => diff.changed));
  const isListChanged = diffs.some((diff) => diff.isListChanged);
  const inside = new Map(diffs.flatMap((diff) => [...(diff.inside ?? [])]));
  for (const listener of listeners) {
    const { uris, list } = listener.wants();
    if (list && isListChanged) listener.tell({ kind: 'list' });
    for (const uri of uris) {
      if (changed.has(uri)) listener.tell({ kind: 'resource', uri });
      else if (inside.has(uri)) listener.tell({ kind: 'resource', uri, inside: inside.get(uri) });
    }
  }
}

const atOnce = 4;

/**
 * Probes what is wanted, and instances always. A `first` poll only probes what has not been seen yet, so that the next
 * one can compare.
 */
function createPoller({ fleet, glances, clock, log }: WatchOptions) {
  const inventory = probeInstances(fleet);
  const others = new Map<string, Probe>();
  let last: Diff | undefined;

  return async (wanted: ReadonlySet<string>, kind: 'first' | 'next') => {
    const makers = new Map([
      ...probesFor(wanted, fleet, clock.now),
      ...(glances ? insideProbes(wanted, { fleet, glances, clock }) : []),
    ]);
    for (const key of others.keys()) if (!makers.has(key)) others.delete(key);
    const due = [...makers].filter(([key]) => kind === 'next' || !others.has(key));
    for (const [key, make] of due) others.set(key, others.get(key) ?? make());

    const seen: Diff[] = [];
    if (kind === 'next' || !last) {
      last = await inventory([]);
      seen.push(last);
    }
    const failures: readonly AccountFailure[] = last.failures ?? [];
    const probes = due.flatMap(([key]) => others.get(key) ?? []);
    const rest = await mapLimit(probes, atOnce, async (probe) => {
      try {
        return await probe(failures);
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

/** The probes for the wanted addresses, each only once, by a key. */
function probesFor(wanted: ReadonlySet<string>, fleet: FleetReader, now: () => number): Map<string, () => Probe> {
  const probes = new Map<string, () => Probe>();
  if (wanted.has(attentionUri)) probes.set('attention', () => probeAttention(fleet));
  for (const uri of wanted) {
    const place = placeOf(uri);
    if (place?.kind === 'events' || place?.kind === 'instance events')
      probes.set('events', () => probeEvents(fleet, now));
    if (place?.kind === 'job') probes.set(uri, () => probeJob(fleet, { ...place, uri }));
  }
  return probes;
}

/** Those for the inside of instances. Whoever listens is told only of what they may look into themselves. */
function insideProbes(
  wanted: ReadonlySet<string>,
  { fleet, glances, clock }: Required<Pick<WatchOptions, 'fleet' | 'glances' | 'clock'>>,
): readonly (readonly [string, () => Probe])[] {
  return [...wanted].flatMap((uri) => {
    const place = placeOf(uri);
    if (place?.kind !== 'attention' && place?.kind !== 'instance') return [];
    const { kind } = place;
    const isMeant = 'id' in place ? isAt(referenceOf(place.account, place.id)) : () => true;
    const glance = async () => {
      const { instances } = await fleet.inventory();
      const question = { reader: watcher, through: shownBy[kind], until: clock.now() + longestMilliseconds };
      return glances.at(instances.filter(isMeant), question);
    };
    return [[`inside ${uri}`, () => probeInside(glance, uri)] as const];
  });
}

const isAt =
  (reference: string) =>
  (instance: FleetInstance): boolean =>
    instance.reference === reference;

/** What is told of the clouds does not wait longer for what is inside. */
const longestMilliseconds = 30_000;
