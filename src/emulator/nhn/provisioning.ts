import type { DbInstance, InstanceGroup, Load, Row } from './entities.js';
import { invalidArgument } from './replies.js';
import { availabilityZones } from './seed/catalog.js';
import { membersOf, type Nhn, type Store } from './store.js';

/** A row that is created now. */
export const newRow = ({ world }: Nhn): Row => ({
  id: world.newId(),
  createdAt: world.now(),
  updatedAt: world.now(),
});

export const emptyLoad = (now: number): Load => ({
  cpuPercent: 4,
  memoryPercent: 35,
  connections: 6,
  usedGb: 1.5,
  growthGbPerDay: 0.02,
  asOf: now,
  lagSeconds: 0,
});

/** A second instance that starts as a copy of the first: a standby, a replica, or a restored one. */
export function copyOf(nhn: Nhn, source: DbInstance, changes: Partial<DbInstance>): DbInstance {
  const now = nhn.world.now();
  const sizeGb = source.storageSizes.at(-1)?.sizeGb ?? 0;
  return {
    ...structuredClone(source),
    ...newRow(nhn),
    parametersAppliedAt: now,
    host: undefined,
    storageSizes: [{ since: now, sizeGb }],
    status: 'BEFORE_CREATE',
    progress: 'CREATING',
    useDeletionProtection: false,
    downtimes: [],
    load: { ...source.load, lagSeconds: 0.3, fallingBehind: undefined },
    ...changes,
  };
}

export function newGroup(nhn: Nhn): InstanceGroup {
  return nhn.store.instanceGroups.add(newRow(nhn));
}

/** Where an instance goes whose zone was not given: the zone with the fewest instances. */
export function anyZone({ instances }: Store): string {
  const countIn = (zone: string) => instances.all().filter(({ availabilityZone }) => availabilityZone === zone).length;
  const [emptiest = ''] = availabilityZones.toSorted((a, b) => countIn(a) - countIn(b));
  return emptiest;
}

/** Creates the standby of a group. It appears once the job that calls this is done. */
export function addStandby(nhn: Nhn, master: DbInstance): DbInstance {
  const zone = availabilityZones.find((zone) => zone !== master.availabilityZone) ?? master.availabilityZone;
  return nhn.store.instances.add(
    copyOf(nhn, master, {
      name: `${master.name}-standby`,
      type: 'CANDIDATE_MASTER',
      status: 'AVAILABLE',
      progress: 'NONE',
      availabilityZone: zone,
      useDeletionProtection: master.useDeletionProtection,
    }),
  );
}

/** The standby becomes the primary: it takes over what clients do, and the automatic backups. */
export function swapRoles({ backups }: Store, master: DbInstance, standby: DbInstance): void {
  [master.type, standby.type] = [standby.type, master.type];
  [master.load, standby.load] = [standby.load, master.load];
  for (const backup of backups.all())
    if (backup.instanceId === master.id && backup.type === 'AUTO')
      Object.assign(backup, { instanceId: standby.id, instanceName: standby.name });
}

/** The parameter group has to be for exactly the version of the engine. */
export function refuseForeignParameters({ store }: Nhn, parameterGroupId: string, dbVersion: string): void {
  const group = store.parameterGroups.get(parameterGroupId);
  if (group.dbVersion !== dbVersion)
    throw invalidArgument(`parameterGroupId: ${group.name} is for ${group.dbVersion}, not for ${dbVersion}.`);
}

/** Removes instances with everything that belongs to them. Manual backups stay. */
export function removeInstances({ store }: Nhn, instances: DbInstance[]): void {
  for (const { id, groupId } of instances) {
    store.instances.remove(id);
    store.backups.removeWhere((backup) => backup.instanceId === id && backup.type === 'AUTO');
    for (const group of store.notificationGroups.all())
      group.instanceIds = group.instanceIds.filter((instanceId) => instanceId !== id);
    dissolveIfEmpty(store, groupId);
  }
}

function dissolveIfEmpty(store: Nhn['store'], groupId: string): void {
  const group = store.instanceGroups.find(groupId);
  const left = membersOf(store, groupId);
  if (group && !left.some(({ type }) => type === 'CANDIDATE_MASTER' || type === 'FAILED_MASTER'))
    group.highAvailability = undefined;
  if (left.length > 0) return;
  store.instanceGroups.remove(groupId);
  const isIn = (row: { groupId: string }) => row.groupId === groupId;
  store.databases.removeWhere(isIn);
  store.dbUsers.removeWhere(isIn);
  store.hbaRules.removeWhere(isIn);
  store.groupExtensions.removeWhere(isIn);
}
