import { subnetOf } from './catalog.js';
import type { Instance, Role, Server } from './entities.js';
import type { Naver } from './store.js';

const freshBytes = 512 * 1024 ** 2;

/** A server that is about to be created for the instance. */
export function newServer({ world, store }: Naver, instance: Instance, role: Role, subnetNo: string): Server {
  const no = store.newNo();
  const now = world.now();
  const server: Server = {
    no,
    name: `${instance.serverNamePrefix}-${String(nextPosition(instance)).padStart(3, '0')}`,
    role,
    status: 'creating',
    subnetNo,
    privateIp: addressIn(subnetNo, Number(no)),
    used: { bytes: freshBytes, measuredAt: now, growthPerDay: 0 },
    createdAt: now,
    upSince: now,
  };
  instance.servers.push(server);
  return server;
}

/** Counted from the highest there is, not from how many there are: a gap in the middle must not make a twin. */
const nextPosition = ({ servers }: Instance): number =>
  1 + Math.max(0, ...servers.map(({ name }) => Number(name.split('-').at(-1))));

/** An address of the subnet; the first ones belong to the gateway and the like. */
export const addressIn = (subnetNo: string, seed: number): string =>
  (subnetOf(subnetNo)?.cidr ?? '192.168.0.0/24').replace(/\d+\/\d+$/, String(6 + (seed % 240)));
