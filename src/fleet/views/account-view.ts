import { type Clock, withDeadline } from '../../values/clock.js';
import { eventOf, type FleetAccount, instanceOf, observationsOf, restorableOf } from '../account.js';
import type { Adapter, EventQuery, Read, Remedy, Step } from '../adapter.js';
import { type NotingRead, notingTimes } from '../adapters/times.js';
import type { FleetEvent, FleetInstance, Observations, Restorable } from '../instance.js';
import type { AccountFailure, Inventory, Timeline } from '../reader.js';
import { referenceOf } from '../reference.js';
import { changesBetween } from './changes.js';

/** One account as the fleet reads it. A failure of this account does not affect the others. */
export interface AccountView extends FleetAccount {
  /** Every instance. They are read again when `fresh`. Otherwise a result of the last few seconds is used. */
  inventory(fresh: boolean): Promise<Inventory>;
  /** The instances as they were read last. */
  known(): readonly FleetInstance[];
  /** The whole record, by the provider's id. Throws the same errors as a call. */
  get(id: string): Promise<FleetInstance>;
  /** Everything that rules use. Throws the same errors as a call. */
  observe(id: string, related: readonly FleetInstance[]): Promise<Observations>;
  /** What an instance can be restored to. Throws the same errors as a call. */
  restorable(instance: FleetInstance): Promise<Restorable>;
  events(query: EventQuery): Promise<Timeline>;
  step(remedy: Remedy, seen: Observations): Step | undefined;
  /** Whether the provider has an operation for a remedy. */
  can: (remedy: Remedy) => boolean;
}

export interface AccountViewOptions {
  account: FleetAccount;
  adapter: Adapter;
  read: Read;
  /** Another account has the same provider, so a call has to name its account. */
  hasSiblings: boolean;
  clock: Clock;
  /** Says why an account could not be asked. */
  reasonOf: (error: unknown) => Omit<AccountFailure, 'provider'>;
}

/** A result of this age is used for the next question too. */
const freshMilliseconds = 3_000;
const mostChanges = 500;
/** Clients give up after a minute, so an account that takes this long must not delay the others. */
const longestMilliseconds = 20_000;

export function viewOf({ account, adapter, read, hasSiblings, clock, reasonOf }: AccountViewOptions): AccountView {
  const { name, provider } = account;
  const needsComparing = adapter.events === undefined || adapter.tellsOnlyJobs === true;
  let held: { time: number; inventory: Promise<Inventory> } | undefined;
  let last: readonly FleetInstance[] | undefined;
  let changes: readonly FleetEvent[] = [];
  let comparedSince: string | undefined;

  const failureOf = (error: unknown): AccountFailure => ({ provider: name, ...reasonOf(error) });

  async function readNow(): Promise<Inventory> {
    try {
      const records = await within(clock, longestMilliseconds, adapter.list(read));
      const instances = records.map((record) => instanceOf(account, record, clock.timeText));
      const time = new Date(clock.now()).toISOString();
      if (last && needsComparing)
        changes = [...changesBetween(last, instances, time), ...changes].slice(0, mostChanges);
      last = instances;
      comparedSince ??= time;
      return { instances, failures: [] };
    } catch (error) {
      return { instances: [], failures: [failureOf(error)] };
    }
  }

  async function inventory(fresh: boolean): Promise<Inventory> {
    if (fresh || !held || clock.now() - held.time > freshMilliseconds)
      held = { time: clock.now(), inventory: readNow() };
    return held.inventory;
  }

  const unreadableBy = ({ unreadable }: NotingRead) => (adapter.timesAreUtc ? [] : unreadable());

  async function toldEvents(query: EventQuery): Promise<Timeline> {
    const noting = notingTimes(read);
    try {
      const events = adapter.events ? await within(clock, longestMilliseconds, adapter.events(query, noting.read)) : [];
      const unread = unreadableBy(noting).map(({ what, why }) => `${what} ${why}`);
      const failures = unread.length > 0 ? [{ provider: name, message: unread.join('; '), isPartial: true }] : [];
      return { events: events.map((event) => eventOf(account, event, clock.timeText)), failures };
    } catch (error) {
      return { events: [], failures: [failureOf(error)] };
    }
  }

  return {
    name,
    provider,
    inventory,
    known: () => last ?? [],
    async get(id) {
      const noting = notingTimes(read);
      const record = instanceOf(account, await adapter.get(id, noting.read, clock.now()), clock.timeText);
      const unreadable = unreadableBy(noting);
      return unreadable.length > 0 ? { ...record, unreadable } : record;
    },

    async observe(id, related) {
      const time = clock.now();
      const noting = notingTimes(askingOnce(read));
      const record = await adapter.get(id, noting.read, time);
      const seen = await adapter.observe(record, time, noting.read);
      const unavailable = [...seen.unavailable, ...unreadableBy(noting)];
      return observationsOf(account, { ...seen, unavailable }, { related, now: time, timeText: clock.timeText });
    },

    restorable: async (instance) => restorableOf(await adapter.restorable(instance, clock.now(), read), clock.timeText),

    async events(query) {
      const isUpToNow = Date.parse(query.to) >= clock.now() - 1_000;
      // When a provider reports no changes, reading again shows what has changed since the last time.
      const [told, compared] = await Promise.all([toldEvents(query), needsComparing ? inventory(true) : undefined]);
      // The changes that this read found are later than the time at which it was asked for.
      const range = isUpToNow ? { ...query, to: new Date(clock.now()).toISOString() } : query;
      const reference = query.instanceId === undefined ? undefined : referenceOf(name, query.instanceId);
      const seen = changes
        .filter((change) => isWithin(change, range) && (reference === undefined || change.reference === reference))
        .map((change) => ({ ...change, time: clock.timeText(change.time) }));
      const [failure] = [...told.failures, ...(compared?.failures ?? [])];
      const keeps = adapter.events ? 'only jobs' : 'no events';
      const since = comparedSince === undefined ? undefined : clock.timeText(comparedSince);
      return {
        events: [...told.events, ...seen],
        failures: failure ? [failure] : [],
        ...(needsComparing && { incomplete: [{ provider: name, keeps, comparedSince: since }] }),
      };
    },

    step(remedy, seen) {
      const step = adapter.step(remedy, seen.instance, seen);
      if (!step || !hasSiblings || !step.tool.startsWith(`${provider}_`)) return step;
      return { ...step, arguments: { account: name, ...step.arguments } };
    },
    can: (remedy) => adapter.can(remedy),
  };
}

/** Asks each question once, because parts of a diagnosis need the same answer. What failed is asked again. */
function askingOnce(read: Read): Read {
  const answers = new Map<string, ReturnType<Read>>();
  return async (tool, input) => {
    const question = JSON.stringify([tool, input]);
    const answer = answers.get(question) ?? read(tool, input);
    answers.set(question, answer);
    try {
      return await answer;
    } catch (error) {
      answers.delete(question);
      throw error;
    }
  };
}

/** The result of the work, or an error once the time is over. */
export const within = <T>(clock: Clock, milliseconds: number, work: Promise<T>): Promise<T> =>
  withDeadline(clock, milliseconds, work, () => {
    throw new Error(`No answer within ${Math.round(milliseconds / 1000)} seconds.`);
  });

const isWithin = ({ time }: FleetEvent, { from, to }: EventQuery): boolean =>
  Date.parse(time) >= Date.parse(from) && Date.parse(time) <= Date.parse(to);
