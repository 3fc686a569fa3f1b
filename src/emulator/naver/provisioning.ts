import { day } from '../core/dates.js';
import type { Instance, Role, Server } from './entities.js';
import { subnetOf } from './seed/catalog.js';
import type { Naver } from './store.js';

const freshBytes = 512 * 1024 ** 2;

/** Prepares a server to be created for the instance. */
export function newServer({ world, store }: Naver, instance: Instance, role: Role, subnetNo: string): Server {
  const id = store.newNo();
  const now = world.now();
  const server: Server = {
    id,
    name: `${instance.serverNamePrefix}-${String(nextPosition(instance)).padStart(3, '0')}`,
    role,
    status: 'creating',
    subnetNo,
    privateIp: addressIn(subnetNo, Number(id)),
    used: { bytes: freshBytes, measuredAt: now, growthPerDay: 0 },
    createdAt: now,
    upSince: now,
  };
  instance.servers.push(server);
  return server;
}

/** Counts from the highest position and not from the number of servers, so that a gap does not cause a duplicate. */
const nextPosition = ({ servers }: Instance): number =>
  1 + Math.max(0, ...servers.map(({ name }) => Number(name.split('-').at(-1))));

/** An address of the subnet. The first addresses are reserved, for example for the gateway. */
export const addressIn = (subnetNo: string, seed: number): string =>
  (subnetOf(subnetNo)?.cidr ?? '192.168.0.0/24').replace(/\d+\/\d+$/, String(6 + (seed % 240)));

/** A full storage does not grow any more. */
export function usedBytes({ storageBytes }: Instance, { used }: Server, at: number): number {
  const grown = used.bytes + (used.growthPerDay * (at - used.measuredAt)) / day;
  return Math.round(Math.min(Math.max(grown, 0), storageBytes));
}
