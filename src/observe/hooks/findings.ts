import type { Store } from '../../store/store.js';
import type { Clock } from '../../values/clock.js';
import { eventIdOf, type HookEvent } from './event.js';
import type { Outbox } from './outbox.js';

/** Something that is wrong with an instance, as far as it is told outside. */
export interface OpenFinding {
  /** The id of the rule. */
  finding: string;
  title: string;
  severity: string;
  account: string;
  /** The reference of the instance, and its name. */
  instance: string;
  name: string;
  /** How many there are, of what is inside. */
  count?: number;
  inside?: true;
  sandbox?: true;
}

/** What a look at the fleet has found. */
export interface FleetLook {
  findings: readonly OpenFinding[];
  /** How much was seen of the instance of a finding. What was not seen at all is not closed. */
  seenOf: (finding: OpenFinding) => 'whole' | 'partly' | 'not';
}

export interface FindingWatchOptions {
  /** The least time between two looks, over all processes. */
  seconds: number;
  store: Pick<Store, 'get' | 'compareAndSetAll'>;
  outbox: Pick<Outbox, 'changesFor'>;
  /** Called when there is something to send. */
  told: () => void;
  clock: Pick<Clock, 'now'>;
  newId: () => string;
  /** Writes a line for the operator. */
  log: (line: string) => void;
}

/** A part that cannot be read may be why a finding is missing, unless so many looks after one another miss it. */
const mostPartial = 3;

interface KnownFinding extends OpenFinding {
  /** In how many looks that saw a part of its instance it was missing. */
  missing?: number;
}

interface Known {
  /** When the fleet was looked at last, in epoch milliseconds. */
  looked: number;
  open: readonly KnownFinding[];
}

const collection = 'hooks-findings';
const place = 'open';
const keptMilliseconds = 400 * 86_400_000;

/**
 * Tells each finding once when it opens and once when it closes. What is open lies in the store, and is changed in the
 * same step in which the events are written, so neither a restart nor another process tells anything again.
 */
export function watchFindings(options: FindingWatchOptions): (look: () => Promise<FleetLook>) => Promise<void> {
  const { seconds, store, outbox, told, clock, newId, log } = options;
  let running: Promise<void> | undefined;
  let next = 0;

  async function compare(look: () => Promise<FleetLook>): Promise<void> {
    const previous = await store.get(collection, place);
    const { looked, open }: Known = previous === undefined ? { looked: 0, open: [] } : JSON.parse(previous);
    next = looked + seconds * 1000;
    if (clock.now() < next) return;
    const time = clock.now();
    const { findings, seenOf } = await look();
    const [before, after] = [byKey(open), byKey(findings)];
    const opened = findings.filter((finding) => !before.has(keyOf(finding)));
    const missing = open
      .filter((finding) => !after.has(keyOf(finding)))
      .map((finding) => missed(finding, seenOf(finding)));
    const closed = missing.filter((finding) => finding.missing === mostPartial);
    const known: Known = { looked: time, open: [...findings, ...missing.filter((each) => !closed.includes(each))] };
    const events = [
      ...closed.map((finding) => eventOf('finding.closed', { ...finding, missing: undefined }, clock.now())),
      ...opened.map((finding) => eventOf('finding.opened', finding, clock.now())),
    ];
    // Where another process was faster, it has told what there was to tell.
    const isFirst = await store.compareAndSetAll([
      { collection, id: place, previous, next: JSON.stringify(known), expires: time + keptMilliseconds },
      ...outbox.changesFor(events),
    ]);
    next = time + seconds * 1000;
    if (isFirst && events.length > 0) told();
  }

  function eventOf(type: 'finding.opened' | 'finding.closed', finding: KnownFinding, time: number): HookEvent {
    const { account, instance } = finding;
    const id = eventIdOf(type, newId());
    return { id, type, time: new Date(time).toISOString(), account, instances: [instance], data: { ...finding } };
  }

  return async (look) => {
    if (clock.now() < next) return;
    running ??= compare(look)
      .catch((error: unknown) => log(`Findings could not be compared for hooks: ${String(error)}`))
      .finally(() => {
        running = undefined;
      });
    await running;
  };
}

function missed(finding: KnownFinding, seen: ReturnType<FleetLook['seenOf']>): KnownFinding {
  if (seen === 'not') return finding;
  return { ...finding, missing: seen === 'whole' ? mostPartial : (finding.missing ?? 0) + 1 };
}

const keyOf = ({ instance, finding, inside }: OpenFinding): string =>
  `${instance} ${inside ? 'inside ' : ''}${finding}`;
const byKey = (findings: readonly OpenFinding[]): ReadonlySet<string> => new Set(findings.map(keyOf));
