import type { World } from '../core/world.js';
import type { Action, Instance } from './entities.js';
import { conflict, notFound } from './replies.js';

/** What every route works on. */
export interface Cegedim {
  world: World;
  store: Store;
}

export type Store = ReturnType<typeof createStore>;

/** What has an id of its own and can be looked up by it. */
class Table<R extends { id: number }> {
  readonly #rows = new Map<number, R>();

  constructor(readonly noun: string) {}

  add(row: R): R {
    this.#rows.set(row.id, row);
    return row;
  }

  find(id: number): R | undefined {
    return this.#rows.get(id);
  }

  /** Refuses the request when there is no such row. */
  get(id: number): R {
    const row = this.find(id);
    if (!row) throw notFound(`${this.noun} ${id}`);
    return row;
  }

  all(): R[] {
    return [...this.#rows.values()];
  }

  remove(id: number): void {
    this.#rows.delete(id);
  }
}

export function createStore() {
  const counts = { resource: 500_061_853, internal: 71_200, action: 910_000 };
  return {
    instances: new Table<Instance>('PostgreSQL instance'),
    actions: new Table<Action>('Action'),
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
  if (instance.status !== 'ACTIVE') throw conflict(`${instance.name} is ${instance.status}, not ACTIVE`);
}

/** Refuses the request while an action runs on the instance. */
export function refuseBusy(instance: Instance): void {
  if (instance.status !== 'ACTIVE' && instance.status !== 'INACTIVE')
    throw conflict(`${instance.name} is ${instance.status}`);
}
