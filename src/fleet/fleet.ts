import type { ReadRights } from '../call/guard/read-rights.js';
import type { ProviderName } from '../providers/settings.js';
import { mapLimit } from '../values/map-limit.js';
import { type Values } from '../values/values.js';
import { accountNameOf, type FleetAccount } from './account.js';
import type { Adapter, Read } from './adapter.js';
import { diagnose } from './diagnose.js';
import { type Found, findInstances } from './find.js';
import type { Finding, Rule } from './finding.js';
import type { FleetInstance, Observations } from './instance.js';
import type { FleetReader, Inventory } from './reader.js';
import { accountOf, idOf } from './reference.js';
import { judgeRestore, type Restore } from './rules/restorable.js';
import { type AccountView, type AccountViewOptions, viewOf, within } from './views/account-view.js';
import { readableFleet } from './views/readable-fleet.js';
import { readableView } from './views/readable-view.js';

export type { Inventory } from './reader.js';

export interface Diagnosis {
  instance: FleetInstance;
  findings: readonly Finding[];
  unavailable: Observations['unavailable'];
}

/** An instance that could not be read, and why. */
export interface Missed {
  instance: FleetInstance;
  why: string;
}

export interface Examination {
  diagnoses: readonly Diagnosis[];
  missed: readonly Missed[];
}

export interface Records {
  instances: readonly FleetInstance[];
  missed: readonly Missed[];
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
  /** Whether each instance could be brought back to a moment, as far as the time allows to ask. */
  restores(instances: readonly FleetInstance[], moment: number, until: number): Promise<Restore[]>;
  /** Diagnoses many instances until the time is over. */
  examine(instances: readonly FleetInstance[], until: number): Promise<Examination>;
  /**
   * Finds which accounts of a provider hold an instance or a group with one of these ids, or an instance of such a
   * name. Reads again when `fresh`, and reads only the accounts of that provider.
   */
  locate: (provider: ProviderName, ids: readonly string[], fresh: boolean) => Promise<Location>;
}

export interface FleetOptions extends Pick<AccountViewOptions, 'clock' | 'reasonOf'> {
  accounts: readonly FleetAccount[];
  adapterFor: (provider: ProviderName) => Adapter;
  /** Calls the read tools of an account's provider, in that account. */
  readerOf: (account: string) => Read;
  /** The rules that are checked for every instance. */
  rules: readonly Rule[];
  job: (account: string, id: string) => Promise<Values>;
}

interface Work<T> {
  /** `own` are all instances of the same account. */
  work: (instance: FleetInstance, view: AccountView, own: readonly FleetInstance[]) => Promise<T>;
  /** Instead, when it fails or no time is left. */
  miss: (instance: FleetInstance, why: string) => T;
}

/** How many instances of one account are diagnosed at once. */
const atOnce = 4;

export function createFleet(options: FleetOptions): Fleet {
  const { accounts, adapterFor, readerOf, clock, reasonOf } = options;
  const views = accounts.map((account) => {
    const { name, provider } = account;
    const hasSiblings = accounts.some((other) => other.provider === provider && other.name !== name);
    return viewOf({ account, adapter: adapterFor(provider), read: readerOf(name), hasSiblings, clock, reasonOf });
  });
  return fleetOver(views, options);
}

function fleetOver(views: readonly AccountView[], options: FleetOptions): Fleet {
  const { accounts, rules, job, clock, reasonOf } = options;

  function ownViewOf(instance: FleetInstance): AccountView {
    const name = accountNameOf(instance);
    const view = views.find((each) => each.name === name);
    if (!view) throw new Error(`There is no account ${name}.`);
    return view;
  }

  async function inventory(fresh = false): Promise<Inventory> {
    const inventories = await Promise.all(views.map((view) => view.inventory(fresh)));
    const denied = inventories.flatMap((each) => each.denied ?? []);
    return {
      instances: inventories.flatMap(({ instances }) => instances),
      failures: inventories.flatMap(({ failures }) => failures),
      ...(denied.length > 0 && { denied }),
    };
  }

  /** A reference names the account, so the answer need not wait for other accounts. */
  async function find(text: string): Promise<Found> {
    const own = await views.find(({ name }) => name === accountOf(text))?.inventory(false);
    const referred = own?.instances.find(({ reference }) => reference === text);
    if (referred) return { instances: [referred], alike: [] };
    return findInstances(text, await inventory(), accounts);
  }

  async function related(instance: FleetInstance): Promise<FleetInstance[]> {
    const { instances } = await ownViewOf(instance).inventory(false);
    return relatedTo(instance, instances);
  }

  function findingsOf(seen: Observations): Finding[] {
    const view = ownViewOf(seen.instance);
    return diagnose(seen, (remedy) => view.step(remedy, seen), rules, view.can);
  }

  async function diagnosis({ id }: FleetInstance, view: AccountView, group: FleetInstance[]): Promise<Diagnosis> {
    const seen = await view.observe(id, group);
    return { instance: seen.instance, findings: findingsOf(seen), unavailable: seen.unavailable };
  }

  /** Each account has its own limit, so that a slow account does not delay the others. */
  async function forEach<T>(instances: readonly FleetInstance[], until: number, { work, miss }: Work<T>): Promise<T[]> {
    const done = views.map((view) => {
      const own = instances.filter((instance) => accountNameOf(instance) === view.name);
      return mapLimit(own, atOnce, async (instance) => {
        if (clock.now() > until) return miss(instance, 'there was no time left');
        return within(clock, until - clock.now(), work(instance, view, view.known())).catch((error: unknown) =>
          miss(instance, reasonOf(error).message),
        );
      });
    });
    return (await Promise.all(done)).flat();
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
    diagnose: async (instance) => diagnosis(instance, ownViewOf(instance), await related(instance)),
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
    async examine(instances, until) {
      const missed: Missed[] = [];
      const diagnoses = await forEach<Diagnosis | undefined>(instances, until, {
        work: (instance, view, own) => diagnosis(instance, view, relatedTo(instance, own)),
        miss: (instance, why) => void missed.push({ instance, why }),
      });
      return { diagnoses: diagnoses.filter((each) => each !== undefined), missed };
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
    async attention() {
      const inventories = await Promise.all(views.map((view) => view.inventory(false)));
      return inventories.flatMap(({ instances: own }) =>
        own.flatMap((instance) =>
          findingsOf({
            instance,
            related: relatedTo(instance, own),
            now: clock.now(),
            timeText: clock.timeText,
            unavailable: [],
          }),
        ),
      );
    },
    async locate(provider, ids, fresh) {
      const asked = views.filter((view) => view.provider === provider);
      const inventories = await Promise.all(
        asked.map(async (view) => ({ ...(await view.inventory(fresh)), name: view.name })),
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

/**
 * Instances of the same group, its primary, and its replicas. `own` are the instances of its account alone, because ids
 * are only unique there.
 */
function relatedTo(instance: FleetInstance, own: readonly FleetInstance[]): FleetInstance[] {
  const linked = new Set([instance.primary, ...(instance.replicas ?? [])]);
  return own.filter(
    (other) =>
      other.reference !== instance.reference &&
      (linked.has(other.reference) ||
        other.primary === instance.reference ||
        (other.group !== undefined && other.group === instance.group)),
  );
}
