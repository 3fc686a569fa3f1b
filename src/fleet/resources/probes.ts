import { isFinal } from '../../call/builtin/jobs.js';
import { accountNameOf } from '../account.js';
import type { Finding } from '../finding.js';
import type { FleetEvent, FleetInstance } from '../instance.js';
import type { AccountFailure, FleetReader } from '../reader.js';
import { accountOf } from '../reference.js';
import type { Glance } from './glances.js';
import { attentionUri, eventsUri, instanceEventsUri, instancesUri, instanceUri } from './uris.js';

export interface Diff {
  /** The addresses of what has changed since the last probe. The first probe reports none. */
  changed: readonly string[];
  /** Whether there are new resources, or some are gone. */
  isListChanged?: boolean;
  failures?: readonly AccountFailure[];
  /** By address, the references of the instances that something has changed inside of. */
  inside?: ReadonlyMap<string, readonly string[]>;
}

/** Reads one part of the fleet and remembers what it saw. Takes the accounts that could not be asked this time. */
export type Probe = (failures: readonly AccountFailure[]) => Promise<Diff>;

/** Instances of an account that could not be asked are neither gone nor changed. */
export function probeInstances(fleet: FleetReader): Probe {
  let before: readonly FleetInstance[] | undefined;
  return async () => {
    const { instances, failures } = await fleet.inventory('now');
    const unasked = new Set(failures.map(({ provider }) => provider));
    const after = [...instances, ...(before ?? []).filter((instance) => unasked.has(accountNameOf(instance)))];
    const diff = before ? compared(before, after) : { changed: [] };
    before = after;
    return { ...diff, failures };
  };
}

function compared(before: readonly FleetInstance[], after: readonly FleetInstance[]): Diff {
  const [old, young] = [byReference(before), byReference(after)];
  const other = [...old].filter(([reference, text]) => young.get(reference) !== text).map(([reference]) => reference);
  const isOther = [...young.keys()].some((reference) => !old.has(reference));
  const isGone = [...old.keys()].some((reference) => !young.has(reference));
  const changed = other.length > 0 || isOther ? [instancesUri, ...other.map(instanceUri)] : [];
  return { changed, isListChanged: isOther || isGone };
}

const byReference = (instances: readonly FleetInstance[]): Map<string, string> =>
  new Map(instances.map((instance) => [instance.reference, JSON.stringify(instance)]));

export function probeAttention(fleet: FleetReader): Probe {
  let before: readonly Finding[] | undefined;
  return async (failures) => {
    const unasked = new Set(failures.map(({ provider }) => provider));
    const kept = (before ?? []).filter(({ reference }) => unasked.has(accountOf(reference)));
    const after = [...(await fleet.attention()), ...kept];
    const isSame = before === undefined || linesOf(before) === linesOf(after);
    before = after;
    return { changed: isSame ? [] : [attentionUri] };
  };
}

/** The findings as text that does not depend on their order. */
const linesOf = (findings: readonly Finding[]): string =>
  findings
    .map((finding) => JSON.stringify(finding))
    .toSorted()
    .join('\n');

/** Providers may record an event some time after it happened. */
const lateMilliseconds = 600_000;
const longestWindowMilliseconds = 86_400_000;

export function probeEvents(fleet: FleetReader, now: () => number): Probe {
  let known: ReadonlySet<string> | undefined;
  let asked = now();
  return async () => {
    const to = now();
    const from = Math.max(asked - lateMilliseconds, to - longestWindowMilliseconds);
    const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const { events, failures } = await fleet.events(range);
    const fresh = known ? events.filter((event) => !known?.has(JSON.stringify(event))) : [];
    const isWhole = failures.length === 0;
    // While an account fails, the window grows, so that its events are reported once it answers again.
    known = new Set([...(isWhole ? [] : (known ?? [])), ...events.map((event) => JSON.stringify(event))]);
    if (isWhole) asked = to;
    return { changed: fresh.length > 0 ? [eventsUri, ...fresh.flatMap(ownEvents)] : [], failures };
  };
}

const ownEvents = ({ reference }: FleetEvent): string[] => (reference ? [instanceEventsUri(reference)] : []);

/** A job that cannot be read now is still followed. A job that has ended is not read again. */
export function probeJob(fleet: FleetReader, job: { uri: string; account: string; id: string }): Probe {
  let before: 'none' | 'running' | 'ended' = 'none';
  return async () => {
    if (before === 'ended') return { changed: [] };
    const { state } = await fleet.job(job.account, job.id).catch(() => ({ state: 'unknown' }));
    const hasEnded = isFinal({ state });
    const changed = hasEnded && before === 'running' ? [job.uri] : [];
    before = hasEnded ? 'ended' : 'running';
    return { changed };
  };
}

/** A look inside is no light question, so that it is asked with each so many polls only. */
const pollsBetweenLooks = 10;

/** Compares what is found inside the instances that an address is about. What could not be seen has not changed. */
export function probeInside(glance: () => Promise<ReadonlyMap<string, Glance>>, uri: string): Probe {
  const before = new Map<string, string>();
  let polls = 0;
  return async () => {
    polls += 1;
    if (polls % pollsBetweenLooks !== 1) return { changed: [] };
    const seen = [...(await glance())].flatMap(([reference, each]) =>
      'seen' in each ? [[reference, JSON.stringify(each.findings)] as const] : [],
    );
    const other = seen.filter(([reference, text]) => (before.get(reference) ?? text) !== text);
    for (const [reference, text] of seen) before.set(reference, text);
    const references = other.map(([reference]) => reference);
    return { changed: [], ...(references.length > 0 && { inside: new Map([[uri, references]]) }) };
  };
}
