import type { World } from '../core/world.js';
import type { Instance, Server } from './entities.js';
import { noInstance, notFound, wrongState } from './replies.js';

/** What every route works on. */
export interface Naver {
  world: World;
  store: Store;
}

export type Store = ReturnType<typeof createStore>;

export function createStore() {
  const instances = new Map<string, Instance>();
  let lastNo = 1_240_000;
  return {
    /** Instances and servers are numbered in one row. */
    newNo: () => String(++lastNo),
    add: (instance: Instance) => void instances.set(instance.no, instance),
    remove: (instance: Instance) => void instances.delete(instance.no),
    all: () => [...instances.values()],

    /** Refuses the request when there is no such instance. */
    get(no: string): Instance {
      const instance = instances.get(no);
      if (!instance) throw noInstance(no);
      return instance;
    },

    /** Refuses the request when there is no such server. */
    getServer(no: string): { instance: Instance; server: Server } {
      for (const instance of instances.values()) {
        const server = instance.servers.find((each) => each.no === no);
        if (server) return { instance, server };
      }
      throw notFound('Server instance', no);
    },
  };
}

/** Refuses the request while something is being done to the instance. */
export function refuseUnlessRunning({ no, serviceName, status }: Instance): void {
  if (status !== 'running')
    throw wrongState(`Instance ${serviceName} (${no}) is ${status}: it takes changes only while it is running.`);
}

/** The server that takes writes; none while the instance is being created. */
export const primaryOf = (instance: Instance): Server | undefined =>
  instance.servers.find(({ role }) => role === 'M' || role === 'A');
