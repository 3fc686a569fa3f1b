import type { Account } from '../core/account.js';
import { Table } from '../core/table.js';
import type { World } from '../core/world.js';
import type { Instance, Server } from './entities.js';
import { noInstance, notFound, wrongState } from './replies.js';

/** What every route works with. */
export interface Naver {
  account: Account;
  world: World;
  store: Store;
}

export type Store = ReturnType<typeof createStore>;

export function createStore() {
  let lastNo = 1_240_000;
  return {
    instances: new Table<Instance>('Instance', (_noun, id) => noInstance(id)),
    /** Instances and servers share one sequence of numbers. */
    newNo: () => String(++lastNo),
  };
}

/** Refuses the request when there is no such server. */
export function serverOf(store: Store, id: string): { instance: Instance; server: Server } {
  for (const instance of store.instances.all()) {
    const server = instance.servers.find((each) => each.id === id);
    if (server) return { instance, server };
  }
  throw notFound('Server instance', id);
}

/** Refuses the request while other work runs on the instance. */
export function refuseUnlessRunning({ id, serviceName, status }: Instance): void {
  if (status !== 'running')
    throw wrongState(`Instance ${serviceName} (${id}) is ${status}: it takes changes only while it is running.`);
}

/** The server that accepts writes. There is none while the instance is being created. */
export const primaryOf = (instance: Instance): Server | undefined =>
  instance.servers.find(({ role }) => role === 'M' || role === 'A');
