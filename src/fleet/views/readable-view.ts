import { about, type Readable, type ReadRights } from '../../call/guard/read-rights.js';
import type { FleetEvent, FleetInstance } from '../instance.js';
import type { Age, Denied, Inventory } from '../reader.js';
import type { AccountView } from './account-view.js';

/** The view of an account without the instances that somebody may not read, and without their events. */
export function readableView(view: AccountView, rights: ReadRights): AccountView {
  const { name: account, provider } = view;
  let readable: ReadonlySet<string> = new Set();

  const mayRead = async (instances: Readable['instances']): Promise<boolean> =>
    (await rights({ provider, account, instances })) === undefined;

  async function readableOf({ instances, ...others }: Inventory): Promise<Inventory> {
    const kept = await filtered(instances, ({ name }: FleetInstance) => mayRead(about(name)));
    return { instances: kept, ...others, ...deniedOf(account, instances.length - kept.length) };
  }

  async function inventory(age: Age): Promise<Inventory> {
    const kept = await readableOf(await view.inventory(age));
    readable = new Set(kept.instances.map(({ reference }) => reference));
    return kept;
  }

  /** What happened to an instance that nobody can name any more could have happened to any. */
  async function instancesOf({ reference, name }: FleetEvent) {
    const { instances } = await view.inventory('minute');
    const present = instances.find((instance) => instance.reference === reference)?.name;
    const names = [present, name].filter((each) => each !== undefined);
    return { names, isUnknown: reference !== undefined && names.length === 0 };
  }

  return {
    ...view,
    inventory,
    names: async () => readableOf(await view.names()),
    known: () => view.known().filter(({ reference }) => readable.has(reference)),
    async events(query) {
      const { events, ...others } = await view.events(query);
      const kept = await filtered(events, (event: FleetEvent) => mayRead(() => instancesOf(event)));
      return { events: kept, ...others, ...deniedOf(account, events.length - kept.length) };
    },
  };
}

async function filtered<T>(items: readonly T[], isKept: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(isKept));
  return items.filter((_, index) => kept[index]);
}

const deniedOf = (provider: string, count: number): { denied?: readonly Denied[] } =>
  count > 0 ? { denied: [{ provider, count }] } : {};
