import { Table } from '../core/table.js';
import type { Cluster, Disk, InstanceGroup, RequestRow } from './entities.js';
import { nameTaken, notFound } from './replies.js';

export type Store = ReturnType<typeof createStore>;

export const createStore = () => ({
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
