import { clockDigits, day, hour, midnight, minute } from '../core/dates.js';
import { repeat } from '../core/work.js';
import { contentsAt } from './contents.js';
import type { Backup, DbInstance } from './entities.js';
import { usedGbAt } from './metrics.js';
import { newRow } from './provisioning.js';
import type { Nhn, Store } from './store.js';

/** Seeded windows begin at two o'clock, and so do the automatic backups. */
export const windowBegins = 2 * hour;

type Taken = Pick<Backup, 'id' | 'createdAt' | 'updatedAt'>;

/** A finished backup. Without a name of its own, it is an automatic one. */
export const backupOf = (store: Store, instance: DbInstance, taken: Taken, name?: string): Backup => ({
  ...taken,
  name: name ?? `${instance.name}_${clockDigits(taken.createdAt, 'korea').slice(0, 12)}`,
  type: name ? 'MANUAL' : 'AUTO',
  status: 'COMPLETED',
  instanceId: instance.id,
  instanceName: instance.name,
  dbVersion: instance.dbVersion,
  usedGb: usedGbAt(instance, taken.createdAt),
  contents: contentsAt(store, instance.groupId, taken.createdAt),
});

export const takeBackup = (nhn: Nhn, instance: DbInstance, name?: string): Backup =>
  nhn.store.backups.add(backupOf(nhn.store, instance, newRow(nhn), name));

/** The backups to restore from, oldest first. */
export const restorableBackups = (store: Store, instance: DbInstance): Backup[] =>
  store.backups
    .all()
    .filter(({ instanceId, status }) => instanceId === instance.id && status === 'COMPLETED')
    .toSorted((a, b) => a.createdAt - b.createdAt);

/** Times to which an instance can be restored: logs are kept as far back as the automatic backups. */
export function restorableRange({ world, store }: Nhn, instance: DbInstance) {
  const first = restorableBackups(store, instance).find(({ type }) => type === 'AUTO');
  return first && { oldest: first.createdAt, latest: world.now() - 5 * minute };
}

/** Takes the automatic backups of each coming day. */
export function backUpDaily(nhn: Nhn): void {
  const { world, store } = nhn;
  const untilTomorrow = (now: number) => midnight(now, 'korea') + day + windowBegins - now;
  repeat(world, untilTomorrow, () => {
    for (const instance of store.instances.all()) {
      if (instance.status === 'AVAILABLE' && instance.backup.backupPeriod > 0) takeBackup(nhn, instance);
      dropExpired(nhn, instance);
    }
  });
}

/** Automatic backups beyond the retention are deleted at once. Manual ones never are. */
export function dropExpired({ world, store }: Nhn, instance: DbInstance): void {
  const oldest = world.now() - instance.backup.backupPeriod * day;
  store.backups.removeWhere(
    ({ instanceId, type, createdAt }) => instanceId === instance.id && type === 'AUTO' && createdAt < oldest,
  );
}
