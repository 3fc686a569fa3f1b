import { hour, minute, second } from '../../core/dates.js';
import type { Scenario } from '../../core/world.js';
import type { Instance } from '../entities.js';
import type { Naver, Store } from '../store.js';
import { dailyAt, type ServerSpec, type Spec } from './fleet.js';

/** What a scenario changes in the usual fleet. The quiet one is seeded differently from the start. */
const turns: Record<Scenario, (naver: Naver) => void> = {
  normal: () => undefined,
  quiet: () => undefined,

  'storage-full': ({ store }) => {
    const { servers, storageBytes } = instanceOf(store, 'events');
    for (const { used } of servers) used.bytes = Math.round(storageBytes * 0.98);
  },

  failover: ({ world, store }) => {
    const [failed, promoted] = instanceOf(store, 'orders').servers;
    if (!failed || !promoted) return;
    Object.assign(failed, { role: 'H', status: 'recovering', upSince: world.now() - 18 * minute });
    Object.assign(promoted, { role: 'M', upSince: world.now() - 20 * minute });
    world.later(30 * minute, () => {
      failed.status = 'running';
    });
  },

  // No answer of this API shows the lag itself. The replica is only smaller than its primary, and stays smaller.
  'replication-delay': ({ world, store }) => {
    const replica = instanceOf(store, 'orders').servers.find(({ role }) => role === 'S');
    if (!replica) return;
    replica.used.bytes -= 2 * 1024 ** 3;
    replica.used.growthPerDay = 0;
    replica.upSince = world.now() - 3 * hour - 10 * second;
  },

  'region-down': ({ world, store }) => {
    for (const server of instanceOf(store, 'orders').servers)
      Object.assign(server, { status: 'recovering', upSince: world.now() - 25 * minute });
  },
};

/** Finds an instance by the prefix of its servers, which is the same in every account. */
function instanceOf(store: Store, prefix: string): Instance {
  const found = store.instances.all().find(({ serverNamePrefix }) => serverNamePrefix === prefix);
  if (!found) throw new Error(`The fleet has no instance with the prefix ${prefix}.`);
  return found;
}

export const tell = (naver: Naver): void => turns[naver.world.scenario](naver);

/** The same fleet without problems. */
export const healthy = (spec: Spec): Spec => ({
  ...spec,
  engineVersion: '17.7',
  size: 'C004.M016.G003',
  usedGb: Math.round(spec.storageGb * 0.4),
  growthGbPerDay: 0.01,
  isStorageEncryption: true,
  isMultiZone: true,
  backup: dailyAt(spec.backup?.time ?? '02:30', 7),
  servers: [...pairOf(spec), ...spec.servers.filter(({ role }) => role === 'S')],
  users: spec.users.map((user) => ({ ...user, clientCidr: user.clientCidr.replace('0.0.0.0/0', '192.168.11.0/24') })),
});

const pairOf = ({ servers: [first, second] }: Spec): ServerSpec[] => {
  const no = first?.no ?? '';
  return [
    { no, role: 'M', subnetNo: '5051' },
    { no: second?.no ?? String(Number(no) + 1), role: 'H', subnetNo: '5052' },
  ];
};
