import type { Cluster, Disk, InstanceGroup, RequestRow, Row } from './entities.js';
import { nameTaken, notFound } from './replies.js';

/** Rows of one kind in the order they were added. */
export class Table<R extends Row> {
  readonly #rows = new Map<string, R>();

  constructor(readonly noun: string) {}

  add(row: R): R {
    this.#rows.set(row.id, row);
    return row;
  }

  /** Refuses the request when there is no such row. */
  get(id: string): R {
    const row = this.#rows.get(id);
    if (!row) throw notFound(this.noun, id);
    return row;
  }

  find(id: string): R | undefined {
    return this.#rows.get(id);
  }

  all(): R[] {
    return [...this.#rows.values()];
  }

  remove(id: string): void {
    this.#rows.delete(id);
  }
}

export type Store = ReturnType<typeof createStore>;

export const createStore = () => ({
  clusters: new Table<Cluster>('Cluster'),
  requests: new Table<RequestRow>('Request'),
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
