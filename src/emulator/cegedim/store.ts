import type { Account } from '../core/account.js';
import { Table } from '../core/table.js';
import type { World } from '../core/world.js';
import type { Action, Instance } from './entities.js';
import { conflict, notFound, wrongState } from './replies.js';

/** What every route works with. */
export interface Cegedim {
  account: Account;
  world: World;
  store: Store;
}

export type Store = ReturnType<typeof createStore>;

export function createStore() {
  const counts = { resource: 500_061_853, internal: 71_200, action: 910_000 };
  return {
    instances: new Table<Instance>('PostgreSQL instance', (noun, id) => notFound(`${noun} ${id}`)),
    actions: new Table<Action>('Action', (noun, id) => notFound(`${noun} ${id}`)),
    newResourceId: () => ++counts.resource,
    newInternalId: () => ++counts.internal,
    newActionId: () => ++counts.action,
  };
}

export function refuseTakenName({ instances }: Store, name: string): void {
  const taken = instances.all().some((instance) => instance.name.toLowerCase() === name.toLowerCase());
  if (taken) throw conflict(`there is a PostgreSQL instance ${name} already`);
}

export function refuseUnlessActive(instance: Instance): void {
  if (instance.status !== 'ACTIVE') throw wrongState(instance);
}

/** Refuses the request while an action runs on the instance. */
export function refuseBusy(instance: Instance): void {
  if (instance.status !== 'ACTIVE' && instance.status !== 'INACTIVE') throw wrongState(instance);
}
