import type { Account } from '../core/account.js';
import { fixedUuid } from '../core/ids.js';
import { Table } from '../core/table.js';
import type { World } from '../core/world.js';
import type {
  Backup,
  Contents,
  Database,
  DbEvent,
  DbInstance,
  DbUser,
  GroupExtension,
  HbaRule,
  InstanceGroup,
  Job,
  Member,
  NotificationGroup,
  ParameterGroup,
  SecurityGroup,
  Subnet,
  UserGroup,
} from './entities.js';
import { nameTaken, notFound } from './replies.js';

/** What every route works with. */
export interface Nhn {
  account: Account;
  world: World;
  store: Store;
}

/** The id of something that exists from the start, made from its kind and name. */
export const seededId = ({ account }: Nhn, name: string): string => fixedUuid(account.own(name));

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
  instances: new Table<DbInstance>('DB instance', notFound),
  instanceGroups: new Table<InstanceGroup>('DB instance group', notFound),
  databases: new Table<Database>('Database', notFound),
  dbUsers: new Table<DbUser>('DB user', notFound),
  hbaRules: new Table<HbaRule>('Access control rule', notFound),
  groupExtensions: new Table<GroupExtension>('Extension of the DB instance group', notFound),
  backups: new Table<Backup>('Backup', notFound),
  securityGroups: new Table<SecurityGroup>('DB security group', notFound),
  parameterGroups: new Table<ParameterGroup>('Parameter group', notFound),
  userGroups: new Table<UserGroup>('User group', notFound),
  notificationGroups: new Table<NotificationGroup>('Notification group', notFound),
  members: new Table<Member>('Project member', notFound),
  subnets: new Table<Subnet>('Subnet', notFound),
  jobs: new Table<Job>('Job', notFound),
  events: [] as DbEvent[],
  /** What was in a group from a time on, in the order of time. */
  pastContents: [] as { groupId: string; at: number; contents: Contents }[],
});

export const membersOf = (store: Store, groupId: string): DbInstance[] =>
  store.instances.all().filter((instance) => instance.groupId === groupId);

/** The names of parameters whose changes in the group are not applied to the instance yet. */
export function waitingParameters(store: Store, instance: DbInstance): string[] {
  const { changedAt } = store.parameterGroups.get(instance.parameterGroupId);
  return Object.keys(changedAt).filter((name) => (changedAt[name] ?? 0) > instance.parametersAppliedAt);
}

export const needsParameters = (store: Store, instance: DbInstance): boolean =>
  waitingParameters(store, instance).length > 0;

export const sizeGbOf = (instance: DbInstance): number => instance.storageSizes.at(-1)?.sizeGb ?? 0;
