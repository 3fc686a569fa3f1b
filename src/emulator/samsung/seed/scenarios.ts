import { day, hour, minute } from '../../core/dates.js';
import type { Scenario } from '../../core/world.js';
import { record } from '../replication.js';
import type { Samsung } from '../store.js';
import { clusterId } from './fleet.js';

/** What a scenario changes in the usual fleet. The quiet one is seeded differently from the start. */
const turns: Record<Scenario, (samsung: Samsung) => void> = {
  normal: () => undefined,
  quiet: () => undefined,

  // The API shows no disk use. A full disk shows by the state, and by the backups that failed because of it.
  'storage-full': (samsung) => {
    const { world, store } = samsung;
    const partners = store.clusters.get(clusterId(samsung, 'partners'));
    Object.assign(partners, { diskFull: true, serviceState: 'ERROR', modifiedAt: world.now() - 50 * minute });
    for (const backup of partners.backups)
      if (backup.startAt > world.now() - 2 * day)
        Object.assign(backup, { failure: 'No space left on device.', sizeGb: 0 });
  },

  failover: (samsung) => {
    const { world, store } = samsung;
    const orders = store.clusters.get(clusterId(samsung, 'orders'));
    orders.modifiedAt = world.now() - 20 * minute;
    for (const instance of orders.groups.flatMap(({ instances }) => instances)) {
      instance.failed = instance.role === 'ACTIVE';
      instance.role = instance.failed ? 'STANDBY' : 'ACTIVE';
    }
  },

  'replication-delay': (samsung) => {
    const { world, store } = samsung;
    const { replication } = store.clusters.get(clusterId(samsung, 'orders-east'));
    if (!replication) return;
    replication.fallingBehindSince = world.now() - 3 * hour;
    record(replication, world.now() - 5 * minute);
  },

  // The region of the origin is gone. What its replica in another region received last is from just before.
  'region-down': (samsung) => {
    const { world, store } = samsung;
    const at = world.now() - 25 * minute;
    Object.assign(store.clusters.get(clusterId(samsung, 'orders')), { serviceState: 'ERROR', modifiedAt: at });
    const { replication } = store.clusters.get(clusterId(samsung, 'orders-east'));
    if (!replication) return;
    replication.fallingBehindSince = at;
    record(replication, at - minute);
  },
};

export const tell = (samsung: Samsung): void => turns[samsung.world.scenario](samsung);
