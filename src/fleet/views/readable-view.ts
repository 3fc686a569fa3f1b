import { about, type Readable, type ReadRights } from '../../call/guard/read-rights.js';
import type { Finding } from '../finding.js';
import type { FleetEvent, FleetInstance } from '../instance.js';
import type { Age, Denied, Inventory } from '../reader.js';
import type { AccountView } from './account-view.js';

/** The view of an account without the instances that somebody may not read, and without their events. */
export function readableView(view: AccountView, rights: ReadRights): AccountView {
  const { name: account, provider } = view;
  let shown: readonly FleetInstance[] = [];

  const mayRead = async (instances: Readable['instances']): Promise<boolean> =>
    (await rights({ provider, account, instances })) === undefined;

  /** A link is as good as a list: what it leads to is known by its name there, or could be any. */
  async function linksOf({ primary, replicas }: FleetInstance, around: readonly FleetInstance[]) {
    const isShown = (reference: string) => {
      const name = around.find((each) => each.reference === reference)?.name;
      return mayRead(name === undefined ? unknown : about(name));
    };
    const [first, others] = await Promise.all([
      filtered(primary === undefined ? [] : [primary], isShown),
      replicas && filtered(replicas, isShown),
    ]);
    return { primary: first[0], replicas: others };
  }

  const narrowed = async (instance: FleetInstance, around: readonly FleetInstance[]): Promise<FleetInstance> => ({
    ...instance,
    ...(await linksOf(instance, around)),
  });

  async function readableOf({ instances, ...others }: Inventory): Promise<Inventory> {
    const kept = await filtered(instances, ({ name }: FleetInstance) => mayRead(about(name)));
    const alone = await Promise.all(kept.map((instance) => narrowed(instance, instances)));
    return { instances: alone, ...others, ...deniedOf(account, instances.length - kept.length) };
  }

  async function inventory(age: Age): Promise<Inventory> {
    const kept = await readableOf(await view.inventory(age));
    shown = kept.instances;
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
    known: () => shown,
    get: async (id) => narrowed(await view.get(id), (await view.inventory('minute')).instances),
    /** A next step that leads to another instance is none for somebody who may not read that one. */
    async diagnose(id, related, topic) {
      const { instances } = await view.inventory('minute');
      const [diagnosis, denied] = await Promise.all([
        view.diagnose(id, related, topic),
        filtered(instances, async ({ name }) => !(await mayRead(about(name)))),
      ]);
      const ids = new Set(denied.map((instance) => instance.id));
      const findings = diagnosis.findings.map(({ next, ...finding }): Finding => {
        const isOpen = next !== undefined && !Object.values(next.arguments).some((value) => ids.has(String(value)));
        return isOpen ? { ...finding, next } : finding;
      });
      return { ...diagnosis, instance: await narrowed(diagnosis.instance, instances), findings };
    },
    async events(query) {
      const { events, ...others } = await view.events(query);
      const kept = await filtered(events, (event: FleetEvent) => mayRead(() => instancesOf(event)));
      return { events: kept, ...others, ...deniedOf(account, events.length - kept.length) };
    },
  };
}

const unknown = async () => ({ names: [], isUnknown: true });

async function filtered<T>(items: readonly T[], isKept: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(isKept));
  return items.filter((_, index) => kept[index]);
}

const deniedOf = (provider: string, count: number): { denied?: readonly Denied[] } =>
  count > 0 ? { denied: [{ provider, count }] } : {};
