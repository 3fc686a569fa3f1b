import { day, fixedId } from '../dates.js';
import type { Watchdog } from '../entities.js';
import type { Nhn } from '../jobs.js';
import { members } from './catalog.js';

export function addAlarms({ world, store }: Nhn): void {
  const createdAt = world.now() - 300 * day;
  const times = { createdAt, updatedAt: createdAt };
  const isQuiet = world.scenario === 'quiet';

  const dba = store.userGroups.add({
    ...times,
    id: fixedId('user group dba'),
    name: 'dba',
    selectAll: false,
    memberIds: members.slice(0, 2).map(({ memberId }) => memberId),
  });
  const everyone = store.userGroups.add({
    ...times,
    id: fixedId('user group everyone'),
    name: 'everyone',
    selectAll: true,
    memberIds: [],
  });

  const watchdog = (metricName: string, comparisonOperator: Watchdog['comparisonOperator'], threshold: number) => ({
    ...times,
    id: fixedId(`watchdog ${metricName}`),
    metricName,
    comparisonOperator,
    threshold,
    duration: 5,
  });
  // The old and the small ones were forgotten, except where all is well.
  const watched = store.instances.all().filter(({ name }) => isQuiet || !['billing-legacy', 'staging'].includes(name));
  store.notificationGroups.add({
    ...times,
    id: fixedId('notification group ops-alerts'),
    name: 'ops-alerts',
    notifyEmail: true,
    notifySms: true,
    isEnabled: true,
    instanceIds: watched.map(({ id }) => id),
    userGroupIds: [dba.id],
    watchdogs: [
      watchdog('DATABASE_STATUS', 'LE', 0),
      watchdog('CPU_USAGE', 'GE', 90),
      watchdog('STORAGE_USAGE', 'GE', 90),
      watchdog('REPLICATION_LAG_SECONDS', 'GE', 120),
    ],
  });
  if (isQuiet) return;
  store.notificationGroups.add({
    ...times,
    id: fixedId('notification group night-shift'),
    name: 'night-shift',
    notifyEmail: false,
    notifySms: true,
    isEnabled: false,
    instanceIds: watched.slice(0, 1).map(({ id }) => id),
    userGroupIds: [everyone.id],
    watchdogs: [],
  });
}
