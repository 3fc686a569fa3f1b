import type { Account } from '../core/account.js';
import { fixedHex } from '../core/ids.js';
import { Table } from '../core/table.js';
import type { World } from '../core/world.js';
import type { Cluster, Disk, InstanceGroup, RequestRow } from './entities.js';
import { nameTaken, notFound } from './replies.js';

/** What every route works with. */
export interface Samsung {
  account: Account;
  world: World;
  store: Store;
}

/** 32 hexadecimal digits, as the service writes ids. */
export const newId = ({ world }: Samsung): string => world.newId().replaceAll('-', '');

/** The id of something that exists from the start, made from its kind and name. */
export const seededId = ({ account }: Samsung, name: string): string => fixedHex(account.own(name));

export type Store = ReturnType<typeof createStore>;

const firstAccountId = '5f1c7b0e2d9a4c63b8e4a1f0c2d3e4f5';

export const createStore = ({ isFirst, name }: Account) => ({
  accountId: isFirst ? firstAccountId : fixedHex(`account:${name}`),
  clusters: new Table<Cluster>('Cluster', notFound),
  requests: new Table<RequestRow>('Request', notFound),
});

export function groupOf(store: Store, id: string): { cluster: Cluster; group: InstanceGroup } {
  for (const cluster of store.clusters.all()) {
    const group = cluster.groups.find((each) => each.id === id);
    if (group) return { cluster, group };
  }
  throw notFound('Instance group', id);
}

export function diskOf(store: Store, id: string): { cluster: Cluster; disk: Disk } {
  for (const cluster of store.clusters.all()) {
    const disk = cluster.groups.flatMap(({ disks }) => disks).find((each) => each.id === id);
    if (disk) return { cluster, disk };
  }
  throw notFound('Block storage group', id);
}

export const replicasOf = (store: Store, originId: string): Cluster[] =>
  store.clusters.all().filter(({ replication }) => replication?.originClusterId === originId);

/** Refuses the request when another cluster has the name. */
export function refuseTakenName(store: Store, name: string): void {
  if (store.clusters.all().some((cluster) => cluster.name === name)) throw nameTaken(name);
}
