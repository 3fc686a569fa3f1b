import type { ReadRights } from '../call/guard/read-rights.js';
import type { ProviderName } from '../providers/settings.js';
import { type Values } from '../values/values.js';
import { accountNameOf, type FleetAccount } from './account.js';
import type { Adapter, EngineChange, Read, Step } from './adapter.js';
import type { Diagnosis } from './diagnose.js';
import { accountsMeantBy, type Found, findInstances } from './find.js';
import type { Rule, Topic } from './finding.js';
import type { FleetInstance } from './instance.js';
import type { Age, FleetReader, Inventory } from './reader.js';
import { accountOf, idOf } from './reference.js';
import { judgeRestore, type Restore } from './rules/restorable.js';
import { type AccountView, type AccountViewOptions, viewOf } from './views/account-view.js';
import { forEachInstance, type Work } from './views/each-instance.js';
import { readableFleet } from './views/readable-fleet.js';
import { readableView } from './views/readable-view.js';
import { relatedTo } from './views/related.js';

export type { Diagnosis } from './diagnose.js';
export type { Inventory } from './reader.js';

/** An instance that could not be read, and why. */
export interface Missed {
  instance: FleetInstance;
  why: string;
}

export interface Examination {
  diagnoses: readonly Diagnosis[];
  missed: readonly Missed[];
}

export interface Survey extends Examination {
  inventory: Inventory;
}

export interface Records {
  instances: readonly FleetInstance[];
  missed: readonly Missed[];
}

/** What is examined of many instances, and how long. */
export interface ExamineOptions {
  /** The time at which it ends, in epoch milliseconds. */
  until: number;
  /** Only the reads that the rules of this topic need. */
  topic?: Topic;
  /** Called for each that is done. */
  done?: () => void;
}

export interface SurveyOptions extends ExamineOptions {
  /** Called with how many an account has, once that is known. */
  found?: (count: number) => void;
}

/** The names of the accounts of one provider that hold something. */
export interface Location {
  holders: readonly string[];
  /** Accounts that could not be read. They may hold it too. */
  unread: readonly string[];
}

/** One view over all accounts. It only reads. */
export interface Fleet extends FleetReader {
  accounts: readonly FleetAccount[];
  /** The same without what somebody may not read. The fleet itself if they may read everything. */
  readableBy(rights: ReadRights | undefined): Fleet;
  /** Throws a `RefusedError` if the job may not be read. */
  requireJob: (account: string, id: string) => Promise<void>;
  /** Finds the instances that a text means. Throws an `InputError` when there is none. */
  find(text: string): Promise<Found>;
  /** Reads the whole records of many instances until the time is over. */
  records(instances: readonly FleetInstance[], until: number): Promise<Records>;
  /** The rest of its group: instances of the same group, its primary, and its replicas. */
  related(instance: FleetInstance): Promise<FleetInstance[]>;
  /** The references of those of the groups of instances that are left out. */
  deniedAround: (instances: readonly FleetInstance[]) => Promise<readonly string[]>;
  diagnose(instance: FleetInstance): Promise<Diagnosis>;
  /** The calls that make a change of the engine, or restart it. None where the provider has no operation for it. */
  engineSteps(instance: FleetInstance, change: EngineChange | 'restart'): Promise<readonly Step[]>;
  /** Whether each instance could be brought back to a moment, as far as the time allows to ask. */
  restores(instances: readonly FleetInstance[], moment: number, until: number): Promise<Restore[]>;
  /** Diagnoses many instances until the time is over. */
  examine(instances: readonly FleetInstance[], options: ExamineOptions): Promise<Examination>;
  /** Diagnoses every instance of these accounts until the time is over. None waits for another account. */
  survey(accounts: ReadonlySet<string>, options: SurveyOptions): Promise<Survey>;
  /** From here on, nothing is shown that was read before, of all accounts or of those named. */
  renew(accounts?: ReadonlySet<string>): Promise<void>;
  /** When the oldest of what is known was read, of all accounts or of those named. */
  readAt(accounts?: ReadonlySet<string>): number | undefined;
  /**
   * Finds which accounts of a provider hold an instance or a group with one of these ids, or an instance of such a
   * name. Reads again when `fresh`, and reads only the accounts of that provider.
   */
  locate: (provider: ProviderName, ids: readonly string[], fresh: boolean) => Promise<Location>;
}

export interface FleetOptions extends Pick<AccountViewOptions, 'clock' | 'reasonOf' | 'lastChange'> {
  accounts: readonly FleetAccount[];
  adapterFor: (provider: ProviderName) => Adapter;
  /** Calls the read tools of an account's provider, in that account. */
  readerOf: (account: string) => Read;
  /** The rules that are checked for every instance. */
  rules: readonly Rule[];
  job: (account: string, id: string) => Promise<Values>;
}

export function createFleet(options: FleetOptions): Fleet {
  const { accounts, adapterFor, readerOf, rules, lastChange, clock, reasonOf } = options;
  const views = accounts.map((account) => {
    const { name, provider } = account;
    const hasSiblings = accounts.some((other) => other.provider === provider && other.name !== name);
    const [adapter, read] = [adapterFor(provider), readerOf(name)];
    return viewOf({ account, adapter, read, rules, hasSiblings, lastChange, clock, reasonOf });
  });
  return fleetOver(views, options);
}

function fleetOver(views: readonly AccountView[], options: FleetOptions): Fleet {
  const { accounts, job, clock, reasonOf } = options;

  function ownViewOf(instance: FleetInstance): AccountView {
    const name = accountNameOf(instance);
    const view = views.find((each) => each.name === name);
    if (!view) throw new Error(`There is no account ${name}.`);
    return view;
  }

  const viewsOf = (names?: ReadonlySet<string>) => views.filter(({ name }) => names === undefined || names.has(name));

  const inventory = async (age: Age = 'minute', names?: ReadonlySet<string>): Promise<Inventory> =>
    joined(await Promise.all(viewsOf(names).map((view) => view.inventory(age))));

  /** A reference names the account, so the answer need not wait for other accounts. */
  async function find(text: string): Promise<Found> {
    const own = await views.find(({ name }) => name === accountOf(text))?.inventory('minute');
    const referred = own?.instances.find(({ reference }) => reference === text);
    if (referred) return { instances: [referred], alike: [] };
    // Names are known sooner than everything else, and tell which accounts are meant.
    const named = await Promise.all(views.map((view) => view.names()));
    const meant = accountsMeantBy(text, joined(named), accounts);
    const known = views.map((view, index) => (meant?.has(view.name) === false ? named[index] : undefined));
    const whole = await Promise.all(views.map(async (view, index) => known[index] ?? view.inventory('minute')));
    return findInstances(text, joined(whole), accounts);
  }

  async function related(instance: FleetInstance): Promise<FleetInstance[]> {
    const { instances } = await ownViewOf(instance).inventory('minute');
    return relatedTo(instance, instances);
  }

  const forEach = <T>(instances: readonly FleetInstance[], until: number, work: Work<T>): Promise<T[]> =>
    forEachInstance(views, instances, { ...work, until, clock, reasonOf });

  async function examine(
    instances: readonly FleetInstance[],
    { until, topic, done }: ExamineOptions,
  ): Promise<Examination> {
    const missed: Missed[] = [];
    const diagnoses = await forEach<Diagnosis | undefined>(instances, until, {
      work: (instance, view, own) => view.diagnose(instance.id, relatedTo(instance, own), topic),
      miss: (instance, why) => void missed.push({ instance, why }),
      done,
    });
    return { diagnoses: diagnoses.filter((each) => each !== undefined), missed };
  }

  const fleet: Fleet = {
    accounts,
    readableBy(rights) {
      if (!rights) return fleet;
      const readable = views.map((view) => readableView(view, rights));
      return readableFleet({ whole: fleet, readable: fleetOver(readable, options) }, rights);
    },
    requireJob: async () => undefined,
    deniedAround: async () => [],
    inventory,
    find,
    related,
    job,
    async get(reference) {
      const { instances } = await find(reference);
      const [instance = instances[0]] = instances.filter((each) => each.reference === reference);
      if (!instance) throw new Error(`There is no instance ${reference}.`);
      return ownViewOf(instance).get(instance.id);
    },
    async records(instances, until) {
      const missed: Missed[] = [];
      const records = await forEach<FleetInstance | undefined>(instances, until, {
        work: ({ id }, view) => view.get(id),
        miss: (instance, why) => void missed.push({ instance, why }),
      });
      return { instances: records.filter((each) => each !== undefined), missed };
    },
    diagnose: async (instance) => ownViewOf(instance).diagnose(instance.id, await related(instance)),
    engineSteps: (instance, change) => ownViewOf(instance).engineSteps(instance, change),
    async renew(names) {
      await Promise.all(viewsOf(names).map((view) => view.renew()));
    },
    readAt(names) {
      const times = viewsOf(names).flatMap((view) => view.readAt() ?? []);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
    async events({ reference, ...query }) {
      const asked = views.filter(({ name }) => reference === undefined || name === accountOf(reference));
      const instanceId = reference === undefined ? undefined : idOf(reference);
      const timelines = await Promise.all(asked.map((view) => view.events({ ...query, instanceId })));
      const denied = timelines.flatMap((each) => each.denied ?? []);
      return {
        events: timelines.flatMap(({ events }) => events).toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time)),
        failures: timelines.flatMap(({ failures }) => failures),
        incomplete: timelines.flatMap(({ incomplete = [] }) => incomplete),
        ...(denied.length > 0 && { denied }),
      };
    },
    examine,
    async survey(names, options) {
      const parts = viewsOf(names).map(async (view) => {
        const found = await view.inventory('minute');
        options.found?.(found.instances.length);
        return { found, ...(await examine(found.instances, options)) };
      });
      const surveys = await Promise.all(parts);
      return {
        inventory: joined(surveys.map(({ found }) => found)),
        diagnoses: surveys.flatMap(({ diagnoses }) => diagnoses),
        missed: surveys.flatMap(({ missed }) => missed),
      };
    },
    restores: (instances, moment, until) =>
      forEach<Restore>(instances, until, {
        work: async (instance, view, own) => {
          const source = own.find(({ reference }) => reference === instance.primary) ?? instance;
          const { verdict, why } = judgeRestore(moment, source, await view.restorable(source));
          const by = source === instance ? '' : `from its primary ${source.name}: `;
          return { reference: instance.reference, name: instance.name, verdict, why: `${by}${why}` };
        },
        miss: ({ reference, name }, why) => ({ reference, name, verdict: 'cannot be told', why }),
      }),
    async attention(names) {
      const found = viewsOf(names).map(async (view) => {
        const { instances: own } = await view.inventory('minute');
        const now = view.readAt() ?? clock.now();
        const { timeText } = clock;
        return own.flatMap((instance) =>
          view.findings({ instance, related: relatedTo(instance, own), now, timeText, unavailable: [] }),
        );
      });
      return (await Promise.all(found)).flat();
    },
    async locate(provider, ids, fresh) {
      const asked = views.filter((view) => view.provider === provider);
      const inventories = await Promise.all(
        asked.map(async (view) => ({ ...(await view.inventory(fresh ? 'now' : 'seconds')), name: view.name })),
      );
      const isMeant = ({ id, group, name }: FleetInstance) =>
        ids.includes(id) || ids.includes(name) || (group !== undefined && ids.includes(group));
      return {
        holders: inventories.filter(({ instances }) => instances.some(isMeant)).map(({ name }) => name),
        unread: inventories.filter(({ failures }) => failures.length > 0).map(({ name }) => name),
      };
    },
  };
  return fleet;
}

/** What is in several accounts together. */
function joined(inventories: readonly Inventory[]): Inventory {
  const denied = inventories.flatMap((each) => each.denied ?? []);
  return {
    instances: inventories.flatMap(({ instances }) => instances),
    failures: inventories.flatMap(({ failures }) => failures),
    ...(denied.length > 0 && { denied }),
  };
}
