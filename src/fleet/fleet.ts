import { mapLimit } from '../values/map-limit.js';
import { type Values } from '../values/values.js';
import { eventOf, instanceOf, observationsOf } from './account.js';
import type { Adapter, EventQuery, Read, Step } from './adapter.js';
import { changesBetween } from './changes.js';
import { diagnose } from './diagnose.js';
import { findInstance } from './find.js';
import type { Finding, Rule } from './finding.js';
import type { FleetEvent, FleetInstance, Observations } from './instance.js';
import type { ProviderFailure } from './reader.js';
import { accountOf, idOf } from './reference.js';

export interface Inventory {
  instances: readonly FleetInstance[];
  failures: readonly ProviderFailure[];
}

export interface Diagnosis {
  instance: FleetInstance;
  findings: readonly Finding[];
  unavailable: Observations['unavailable'];
}

export interface Examination {
  diagnoses: readonly Diagnosis[];
  /** Instances that were not looked at, and why. */
  missed: readonly { instance: FleetInstance; why: string }[];
}

/** One view over all providers that are on. Everything here only reads. */
export interface Fleet {
  /** Every instance; asked anew unless a look of the last few seconds is at hand. */
  inventory(fresh?: boolean): Promise<Inventory>;
  /** The instance that a reference or a name means. */
  find(text: string): Promise<FleetInstance>;
  /** The whole record, by reference or name. */
  get(reference: string): Promise<FleetInstance>;
  /** The rest of its group: what shares the group, its primary, its replicas. */
  related(instance: FleetInstance): Promise<FleetInstance[]>;
  /** Newest first. */
  events(query: EventQuery & { reference?: string }): Promise<{ events: FleetEvent[]; failures: ProviderFailure[] }>;
  diagnose(instance: FleetInstance): Promise<Diagnosis>;
  /** Diagnoses many, as far as the time goes. */
  examine(instances: readonly FleetInstance[], until: number): Promise<Examination>;
  /** What the records alone show to be wrong, without further reads. */
  attention(): Promise<Finding[]>;
  /** The provider's answer about a job. */
  job(provider: string, id: string): Promise<Values>;
}

export interface FleetOptions {
  /** Those of the providers that are on. */
  adapters: readonly Adapter[];
  /** What is looked for in every instance. */
  rules: readonly Rule[];
  /** Calls the read tools of a provider. */
  readerOf: (provider: string) => Read;
  job: (provider: string, id: string) => Promise<Values>;
  /** Epoch milliseconds. */
  now: () => number;
  /** What to say of a provider that could not be asked. */
  reasonOf: (error: unknown) => Omit<ProviderFailure, 'provider'>;
}

/** A look this young serves the next question too. */
const freshMilliseconds = 3_000;
const mostChanges = 500;
/** Clients give up after a minute; a provider that takes this long must not take the others along. */
const longestLookMilliseconds = 20_000;
const atOnce = 4;

export function createFleet({ adapters, rules, readerOf, job, now, reasonOf }: FleetOptions): Fleet {
  const lastLooks = new Map<string, FleetInstance[]>();
  let changes: FleetEvent[] = [];
  let held: { time: number; inventory: Promise<Inventory> } | undefined;

  const adapterOf = (provider: string): Adapter => {
    const adapter = adapters.find((each) => each.provider === provider);
    if (!adapter) throw new Error(`The provider ${provider} is not on.`);
    return adapter;
  };

  async function look(adapter: Adapter): Promise<FleetInstance[] | ProviderFailure> {
    try {
      const records = await within(longestLookMilliseconds, adapter.list(readerOf(adapter.provider)));
      const instances = records.map((record) => instanceOf(ownAccount(adapter), record));
      const before = lastLooks.get(adapter.provider);
      if (before && needsComparing(adapter)) {
        const seen = changesBetween(before, instances, new Date(now()).toISOString());
        changes = [...seen, ...changes].slice(0, mostChanges);
      }
      lastLooks.set(adapter.provider, instances);
      return instances;
    } catch (error) {
      return { provider: adapter.provider, ...reasonOf(error) };
    }
  }

  async function lookAtAll(): Promise<Inventory> {
    const looks = await Promise.all(adapters.map(look));
    return {
      instances: looks.flatMap((each) => (Array.isArray(each) ? each : [])),
      failures: looks.flatMap((each) => (Array.isArray(each) ? [] : [each])),
    };
  }

  async function inventory(fresh = false): Promise<Inventory> {
    if (fresh || !held || now() - held.time > freshMilliseconds) held = { time: now(), inventory: lookAtAll() };
    return held.inventory;
  }

  async function find(text: string): Promise<FleetInstance> {
    const { instances, failures } = await inventory();
    return findInstance(text, instances, failures);
  }

  async function get(text: string): Promise<FleetInstance> {
    const { provider, id } = await find(text);
    return instanceOf(ownAccount(adapterOf(provider)), await adapterOf(provider).get(id, readerOf(provider), now()));
  }

  const stepOf =
    (seen: Observations) =>
    (remedy: Parameters<Adapter['step']>[0]): Step | undefined =>
      adapterOf(seen.instance.provider).step(remedy, seen.instance, seen);

  async function diagnosis(listed: FleetInstance, among: readonly FleetInstance[]): Promise<Diagnosis> {
    const { provider, id } = listed;
    const [adapter, read] = [adapterOf(provider), readerOf(provider)];
    const time = now();
    const record = await adapter.get(id, read, time);
    const observed = await adapter.observe(record, time, read);
    const seen = observationsOf(ownAccount(adapter), observed, { related: relatedTo(listed, among), now: time });
    return { instance: seen.instance, findings: diagnose(seen, stepOf(seen), rules), unavailable: seen.unavailable };
  }

  return {
    inventory,
    related: async (instance) => relatedTo(instance, (await inventory()).instances),
    get,
    job,
    find,
    diagnose: async (instance) => diagnosis(instance, (await inventory()).instances),
    async events({ reference, ...query }) {
      const provider = reference && accountOf(reference);
      const instanceId = reference && idOf(reference);
      const asked = adapters.filter((adapter) => provider === undefined || adapter.provider === provider);
      // Providers without events are looked at, so that what changed since the last look is among the answer.
      const isUpToNow = Date.parse(query.to) >= now() - 1_000;
      const compared = new Set<string>(asked.filter(needsComparing).map((adapter) => adapter.provider));
      const unasked = compared.size > 0 ? (await inventory(true)).failures : [];
      const answers = await Promise.all(asked.map((adapter) => eventsOf(adapter, { ...query, instanceId })));
      const failed = new Set(answers.flatMap((each) => (Array.isArray(each) ? [] : each.provider)));
      // What this very look has shown is later than the moment at which it was asked for.
      const range = isUpToNow ? { ...query, to: new Date(now()).toISOString() } : query;
      const own = changes.filter((event) => isWithin(event, range) && (!reference || event.reference === reference));
      const events = answers.flatMap((each) => (Array.isArray(each) ? each : []));
      return {
        events: [...events, ...own].toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time)),
        failures: [
          ...answers.flatMap((each) => (Array.isArray(each) ? [] : [each])),
          ...unasked.filter(({ provider: name }) => compared.has(name) && !failed.has(name)),
        ],
      };
    },
    async examine(instances, until) {
      const missed: { instance: FleetInstance; why: string }[] = [];
      const diagnoses = await mapLimit(instances, atOnce, async (instance) => {
        if (now() > until) return void missed.push({ instance, why: 'there was no time left' });
        return within(until - now(), diagnosis(instance, instances)).catch(
          (error: unknown) => void missed.push({ instance, why: reasonOf(error).message }),
        );
      });
      return { diagnoses: diagnoses.filter((each) => each !== undefined), missed };
    },
    async attention() {
      const { instances } = await inventory();
      return instances.flatMap((instance) => {
        const seen = { instance, related: relatedTo(instance, instances), now: now(), unavailable: [] };
        return diagnose(seen, stepOf(seen), rules);
      });
    },
  };

  async function eventsOf(adapter: Adapter, query: EventQuery): Promise<FleetEvent[] | ProviderFailure> {
    try {
      const events = (await adapter.events?.(query, readerOf(adapter.provider))) ?? [];
      return events.map((event) => eventOf(ownAccount(adapter), event));
    } catch (error) {
      return { provider: adapter.provider, ...reasonOf(error) };
    }
  }
}

/** What shares its group, its primary, its replicas. */
function relatedTo(instance: FleetInstance, among: readonly FleetInstance[]): FleetInstance[] {
  const linked = new Set([instance.primary, ...(instance.replicas ?? [])]);
  return among.filter(
    (other) =>
      other.reference !== instance.reference &&
      (linked.has(other.reference) ||
        other.primary === instance.reference ||
        (other.provider === instance.provider && other.group !== undefined && other.group === instance.group)),
  );
}

/** The result of the work, or an error once the time is over. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = Math.round(milliseconds / 1000);
    timer = setTimeout(() => reject(new Error(`No answer within ${seconds} seconds.`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const isWithin = ({ time }: FleetEvent, { from, to }: EventQuery): boolean =>
  Date.parse(time) >= Date.parse(from) && Date.parse(time) <= Date.parse(to);

const ownAccount = ({ provider }: Adapter) => ({ name: provider, provider });

const needsComparing = (adapter: Adapter): boolean => adapter.events === undefined || adapter.tellsOnlyJobs === true;
