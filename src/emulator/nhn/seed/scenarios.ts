import { hour, minute } from '../../core/dates.js';
import type { Scenario } from '../../core/world.js';
import type { Nhn } from '../store.js';
import { report } from '../work.js';
import { groupId, instanceId } from './fleet.js';

/** What a scenario changes in the usual fleet. The quiet one is seeded differently from the start. */
const turns: Record<Scenario, (nhn: Nhn) => void> = {
  normal: () => undefined,
  quiet: () => undefined,

  'storage-full': (nhn) => {
    const { world, store } = nhn;
    const analytics = store.instances.get(instanceId(nhn, 'analytics'));
    analytics.status = 'STORAGE_FULL';
    analytics.load.usedGb = 196;
    report(store, 'DB_INSTANCE_29_01', analytics, world.now() - 50 * minute);
  },

  failover: (nhn) => {
    const { world, store } = nhn;
    const at = world.now() - 20 * minute;
    const failed = store.instances.get(instanceId(nhn, 'orders-primary'));
    const promoted = store.instances.get(instanceId(nhn, 'orders-standby'));
    Object.assign(failed, { type: 'FAILED_MASTER', status: 'FAILOVER', updatedAt: at });
    Object.assign(promoted, { type: 'MASTER', updatedAt: at });
    failed.downtimes.push({ from: at - minute });
    promoted.load = { ...failed.load };
    const { highAvailability } = store.instanceGroups.get(groupId(nhn, 'orders'));
    if (highAvailability) highAvailability.haStatus = 'FAILOVER_COMPLETED';
    report(store, 'DB_INSTANCE_30_01', failed, at - minute);
    report(store, 'DB_INSTANCE_40_00', failed, at - minute / 2);
    report(store, 'DB_INSTANCE_40_01', promoted, at);
    report(store, 'DB_INSTANCE_49_01', promoted, at + 1000);
  },

  'replication-delay': (nhn) => {
    const { world, store } = nhn;
    const replica = store.instances.get(instanceId(nhn, 'orders-replica'));
    replica.status = 'REPLICATION_DELAY';
    replica.load.fallingBehind = { since: world.now() - 3 * hour };
    report(store, 'DB_INSTANCE_35_00', replica, world.now() - 3 * hour + 10 * minute);
  },

  // Both of the pair are gone, so nothing takes over.
  'region-down': (nhn) => {
    const { world, store } = nhn;
    const at = world.now() - 25 * minute;
    for (const name of ['orders-primary', 'orders-standby']) {
      const gone = store.instances.get(instanceId(nhn, name));
      Object.assign(gone, { status: 'FAIL_TO_CONNECT', updatedAt: at });
      gone.downtimes.push({ from: at });
      report(store, 'DB_INSTANCE_30_01', gone, at);
    }
    const replica = store.instances.get(instanceId(nhn, 'orders-replica'));
    replica.load.fallingBehind = { since: at };
  },
};

export const tell = (nhn: Nhn): void => turns[nhn.world.scenario](nhn);
