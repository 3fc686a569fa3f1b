import { isFinal } from '../../call/builtin/jobs.js';
import { accountNameOf } from '../account.js';
import type { Finding } from '../finding.js';
import type { FleetEvent, FleetInstance } from '../instance.js';
import type { AccountFailure, FleetReader } from '../reader.js';
import { accountOf } from '../reference.js';
import { attentionUri, eventsUri, instanceEventsUri, instancesUri, instanceUri } from './uris.js';

export interface Diff {
  /** Addresses of what has changed since the last look; none at the first one. */
  changed: readonly string[];
  /** There are resources that were not there, or are not there any more. */
  isListChanged?: boolean;
  failures?: readonly AccountFailure[];
}

/** Looks at one part of the fleet and remembers what it saw. Takes the accounts that could not be asked this time. */
export type Probe = (failures: readonly AccountFailure[]) => Promise<Diff>;

/** Instances of an account that could not be asked are neither gone nor changed. */
export function probeInstances(fleet: FleetReader): Probe {
  let before: readonly FleetInstance[] | undefined;
  return async () => {
    const { instances, failures } = await fleet.inventory(true);
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

/** Whatever their order. */
const linesOf = (findings: readonly Finding[]): string =>
  findings
    .map((finding) => JSON.stringify(finding))
    .toSorted()
    .join('\n');

/** Providers may write an event down a while after it happened. */
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
    // While an account fails, the window grows: what happens there meanwhile is told once it answers again.
    known = new Set([...(isWhole ? [] : (known ?? [])), ...events.map((event) => JSON.stringify(event))]);
    if (isWhole) asked = to;
    return { changed: fresh.length > 0 ? [eventsUri, ...fresh.flatMap(ownEvents)] : [], failures };
  };
}

const ownEvents = ({ reference }: FleetEvent): string[] => (reference ? [instanceEventsUri(reference)] : []);

/** A job that cannot be read now goes on being followed; one that has ended is not asked about again. */
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
