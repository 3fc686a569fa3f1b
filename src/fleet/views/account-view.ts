import { type Clock, withDeadline } from '../../values/clock.js';
import { eventOf, type FleetAccount, instanceOf, observationsOf, restorableOf } from '../account.js';
import type { Adapter, EngineChange, EventQuery, Read, Step } from '../adapter.js';
import { type NotingRead, notingTimes } from '../adapters/times.js';
import { type Diagnosis, diagnose, factsFor } from '../diagnose.js';
import type { Finding, Rule, Topic } from '../finding.js';
import type { FleetEvent, FleetInstance, Observations, ProviderInstance, Restorable } from '../instance.js';
import { type AccountFailure, type Age, type Inventory, oldest, type Timeline } from '../reader.js';
import { referenceOf } from '../reference.js';
import { changesBetween } from './changes.js';
import { type AccountLook, attending, lookWith } from './look.js';

/** One account as the fleet reads it. A failure of this account does not affect the others. */
export interface AccountView extends FleetAccount {
  /** Every instance. A new look begins where the last one is older than this, or the account has been changed since. */
  inventory(age: Age): Promise<Inventory>;
  /** The same with less about each, where names are known sooner. */
  names(): Promise<Inventory>;
  /** Begins a new look. */
  renew(): Promise<void>;
  /** When the last look began. Everything below is of that look. */
  readAt(): number | undefined;
  /** The instances as they were read last. */
  known(): readonly FleetInstance[];
  /** The whole record, by the provider's id. Throws the same errors as a call. */
  get(id: string): Promise<FleetInstance>;
  /** What the rules find, those of one topic at least. Throws the same errors as a call where nothing can be read. */
  diagnose(id: string, related: readonly FleetInstance[], topic?: Topic): Promise<Diagnosis>;
  /** What the rules find in what was observed. */
  findings(seen: Observations): Finding[];
  /** The calls that make a change of the engine, or restart it. None where the provider has no operation for it. */
  engineSteps(instance: FleetInstance, change: EngineChange | 'restart'): Promise<readonly Step[]>;
  /** What an instance can be restored to. Throws the same errors as a call. */
  restorable(instance: FleetInstance): Promise<Restorable>;
  events(query: EventQuery): Promise<Timeline>;
}

export interface AccountViewOptions {
  account: FleetAccount;
  adapter: Adapter;
  read: Read;
  rules: readonly Rule[];
  /** Another account has the same provider, so a call has to name its account. */
  hasSiblings: boolean;
  /** What stands for the last change of an account through any replica. Rejects where that cannot be told. */
  lastChange: (account: string) => Promise<string>;
  clock: Clock;
  /** Says why an account could not be asked. */
  reasonOf: (error: unknown) => Omit<AccountFailure, 'provider'>;
}

/** A look, and what was made of it. */
interface Held {
  look: AccountLook;
  /** The last change before it. Undefined where that could not be told. */
  change: string | undefined;
  inventory: Promise<Inventory>;
  /** What the list tells, by the provider's ids. */
  listed: Promise<ReadonlyMap<string, ProviderInstance>>;
  /** The list could not be read. */
  hasFailed: boolean;
  records: Map<string, Promise<FleetInstance>>;
  diagnoses: Map<string, Promise<Diagnosis>>;
}

const mostChanges = 500;
/** Clients give up after a minute, so an account that takes this long must not delay the others. */
const longestMilliseconds = 20_000;

export function viewOf(options: AccountViewOptions): AccountView {
  const { account, adapter, read, rules, hasSiblings, lastChange, clock, reasonOf } = options;
  const { name, provider } = account;
  const needsComparing = adapter.events === undefined || adapter.tellsOnlyJobs === true;
  let held: Held | undefined;
  let last: readonly FleetInstance[] | undefined;
  let changes: readonly FleetEvent[] = [];
  let comparedSince: string | undefined;

  const failureOf = (error: unknown): AccountFailure => ({ provider: name, ...reasonOf(error) });

  function begin(change: string | undefined): Held {
    const look = lookWith(read, { time: clock.now(), bulky: adapter.bulky ?? [] });
    const rows = within(clock, longestMilliseconds, adapter.list(look.read));
    const begun: Held = {
      look,
      change,
      inventory: rows.then(
        (records) => ({ instances: compared(records), failures: [] }),
        (error: unknown) => {
          begun.hasFailed = true;
          return { instances: [], failures: [failureOf(error)] };
        },
      ),
      listed: rows.then(
        (records) => new Map(records.map((record) => [record.id, record])),
        () => new Map(),
      ),
      hasFailed: false,
      records: new Map(),
      diagnoses: new Map(),
    };
    held = begun;
    return begun;
  }

  function compared(records: readonly ProviderInstance[]): readonly FleetInstance[] {
    const instances = records.map((record) => instanceOf(account, record, clock.timeText));
    const time = new Date(clock.now()).toISOString();
    if (last && needsComparing) changes = [...changesBetween(last, instances, time), ...changes].slice(0, mostChanges);
    last = instances;
    comparedSince ??= time;
    return instances;
  }

  const latestChange = () => lastChange(name).catch(() => undefined);

  async function lookWithin(age: Age): Promise<Held> {
    const change = await latestChange();
    return held && isGood(held, age, change) ? held : begin(change);
  }

  const inventory = async (age: Age): Promise<Inventory> => (await lookWithin(age)).inventory;

  async function names(): Promise<Inventory> {
    const now = await lookWithin('minute');
    const known = await adapter.names?.(now.look.read).catch(() => undefined);
    if (!known) return now.inventory;
    return { instances: known.map((record) => instanceOf(account, record, clock.timeText)), failures: [] };
  }

  /** A failure, and a look of which it is not known what changed since, only serve the next few seconds. */
  function isGood({ look, change, hasFailed }: Held, age: Age, latest: string | undefined): boolean {
    const isSure = latest !== undefined && change === latest && !hasFailed;
    const most = isSure ? oldest[age] : Math.min(oldest[age], oldest.seconds);
    return (latest === undefined || change === latest) && clock.now() - look.time <= most;
  }

  const unreadableBy = ({ unreadable }: NotingRead) => (adapter.timesAreUtc ? [] : unreadable());

  async function record(id: string, { look }: Held): Promise<FleetInstance> {
    const noting = notingTimes(look.read);
    const found = instanceOf(account, await adapter.get(id, noting.read, look.time), clock.timeText);
    const unreadable = unreadableBy(noting);
    return unreadable.length > 0 ? { ...found, unreadable } : found;
  }

  /** What it made of some reads that failed is not kept. */
  async function observe(
    id: string,
    { related, topic }: { related: readonly FleetInstance[]; topic?: Topic },
    { look, listed }: Held,
  ): Promise<{ diagnosis: Diagnosis; isWhole: boolean }> {
    const attended = attending(look.read, adapter.own);
    const noting = notingTimes(attended.read);
    const line = (await listed).get(id) ?? (await adapter.get(id, noting.read, look.time));
    const seen = await adapter.observe(line, look.time, noting.read, factsFor(topic, rules));
    const failure = attended.failure();
    if (failure !== undefined) throw failure;
    const unavailable = [...seen.unavailable, ...unreadableBy(noting)];
    const around = { related, now: look.time, timeText: clock.timeText };
    const observed = observationsOf(account, { ...seen, unavailable }, around);
    const { instance, events = [], storageUsedPercent: used } = observed;
    const storageUsedPercent = used?.points.at(-1)?.[1] ?? instance.storage?.usedPercent;
    const diagnosis = { instance, findings: findings(observed), unavailable, events, storageUsedPercent };
    return { diagnosis, isWhole: !attended.hasFailed() };
  }

  function findings(seen: Observations): Finding[] {
    const step = (remedy: Parameters<Adapter['can']>[0]) => {
      const found = adapter.step(remedy, seen.instance, seen);
      return found && withAccount(found);
    };
    return diagnose(seen, step, rules, (remedy) => adapter.can(remedy));
  }

  /** Where an account has to be told, its name comes first. */
  const withAccount = (step: Step): Step =>
    hasSiblings && step.tool.startsWith(`${provider}_`)
      ? { ...step, arguments: { account: name, ...step.arguments } }
      : step;

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
    names,
    renew: async () => void begin(await latestChange()),
    readAt: () => held?.look.time,
    known: () => last ?? [],
    findings,
    get(id) {
      const { records, ...others } = held ?? begin(undefined);
      return kept(records, id, () => record(id, { records, ...others }));
    },

    async diagnose(id, related, topic) {
      const now = held ?? begin(undefined);
      // Next steps may name others of the group, so who sees others is told something else.
      const around = related.map(({ reference }) => reference).toSorted();
      const keyFor = (part: string) => JSON.stringify([id, part, around]);
      const whole = now.diagnoses.get(keyFor(''));
      // What the whole lacks may belong to another topic, and what has failed is asked again.
      if (whole && (topic === undefined || (await whole).unavailable.length === 0)) return whole;
      const key = keyFor(topic ?? '');
      return kept(now.diagnoses, key, async () => {
        const { diagnosis, isWhole } = await observe(id, { related, topic }, now);
        if (!isWhole) now.diagnoses.delete(key);
        return diagnosis;
      });
    },

    async engineSteps(instance, change) {
      const { look } = held ?? begin(undefined);
      const alone = { instance, related: [], now: look.time, timeText: clock.timeText, unavailable: [] };
      const steps =
        change === 'restart'
          ? [adapter.step(change, instance, alone)].filter((step) => step !== undefined)
          : await adapter.engineSteps(change, instance, look.read);
      return steps.map(withAccount);
    },

    async restorable(instance) {
      const { look } = held ?? begin(undefined);
      return restorableOf(await adapter.restorable(instance, look.time, look.read), clock.timeText);
    },

    async events(query) {
      const isUpToNow = Date.parse(query.to) >= clock.now() - 1_000;
      // When a provider reports no changes, reading again shows what has changed since the last time.
      const [told, compared] = await Promise.all([toldEvents(query), needsComparing ? inventory('now') : undefined]);
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
  };
}

/** What was made of this before, or is made of it now. What fails is not kept. */
function kept<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = made.get(key);
  if (found) return found;
  const now = make();
  made.set(key, now);
  now.catch(() => made.delete(key));
  return now;
}

/** The result of the work, or an error once the time is over. */
export const within = <T>(clock: Clock, milliseconds: number, work: Promise<T>): Promise<T> =>
  withDeadline(clock, milliseconds, work, () => {
    throw new Error(`No answer within ${Math.round(milliseconds / 1000)} seconds.`);
  });

const isWithin = ({ time }: FleetEvent, { from, to }: EventQuery): boolean =>
  Date.parse(time) >= Date.parse(from) && Date.parse(time) <= Date.parse(to);
