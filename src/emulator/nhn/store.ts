import type {
  Backup,
  Database,
  DbEvent,
  DbInstance,
  DbUser,
  GroupExtension,
  HbaRule,
  InstanceGroup,
  Job,
  NotificationGroup,
  ParameterGroup,
  Row,
  SecurityGroup,
  UserGroup,
} from './entities.js';
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

  removeWhere(isGone: (row: R) => boolean): void {
    for (const row of this.all()) if (isGone(row)) this.remove(row.id);
  }
}

/** Refuses the request when another of `rows` has the name. */
export function refuseTakenName(
  noun: string,
  rows: { id: string; name: string }[],
  name: string,
  ownId?: string,
): void {
  if (rows.some((row) => row.name === name && row.id !== ownId)) throw nameTaken(noun, name);
}

export type Store = ReturnType<typeof createStore>;

export const createStore = () => ({
  instances: new Table<DbInstance>('DB instance'),
  instanceGroups: new Table<InstanceGroup>('DB instance group'),
  databases: new Table<Database>('Database'),
  dbUsers: new Table<DbUser>('DB user'),
  hbaRules: new Table<HbaRule>('Access control rule'),
  groupExtensions: new Table<GroupExtension>('Extension of the DB instance group'),
  backups: new Table<Backup>('Backup'),
  securityGroups: new Table<SecurityGroup>('DB security group'),
  parameterGroups: new Table<ParameterGroup>('Parameter group'),
  userGroups: new Table<UserGroup>('User group'),
  notificationGroups: new Table<NotificationGroup>('Notification group'),
  jobs: new Table<Job>('Job'),
  events: [] as DbEvent[],
});

export const membersOf = (store: Store, groupId: string): DbInstance[] =>
  store.instances.all().filter((instance) => instance.groupId === groupId);

/** Changes of the parameter group wait for being applied to the instance. */
export const needsParameters = (store: Store, instance: DbInstance): boolean =>
  store.parameterGroups.get(instance.parameterGroupId).valuesChangedAt > instance.parametersAppliedAt;

export const sizeGbOf = (instance: DbInstance): number => instance.storageSizes.at(-1)?.sizeGb ?? 0;
