import { day } from '../../core/dates.js';
import type { Watchdog } from '../entities.js';
import { type Nhn, seededId } from '../store.js';
import { instanceId } from './fleet.js';

export function addAlarms(nhn: Nhn): void {
  const { world, store } = nhn;
  const createdAt = world.now() - 300 * day;
  const times = { createdAt, updatedAt: createdAt };
  const isQuiet = world.scenario === 'quiet';

  const dba = store.userGroups.add({
    ...times,
    id: seededId(nhn, 'user group dba'),
    name: 'dba',
    selectAll: false,
    memberIds: store.members
      .all()
      .slice(0, 2)
      .map(({ id }) => id),
  });
  const everyone = store.userGroups.add({
    ...times,
    id: seededId(nhn, 'user group everyone'),
    name: 'everyone',
    selectAll: true,
    memberIds: [],
  });

  const watchdog = (metricName: string, comparisonOperator: Watchdog['comparisonOperator'], threshold: number) => ({
    ...times,
    id: seededId(nhn, `watchdog ${metricName}`),
    metricName,
    comparisonOperator,
    threshold,
    duration: 5,
  });
  // The old and the small instances have no alarms, except in the fleet without problems.
  const forgotten = ['billing-legacy', 'staging'].map((name) => instanceId(nhn, name));
  const watched = store.instances.all().filter(({ id }) => isQuiet || !forgotten.includes(id));
  store.notificationGroups.add({
    ...times,
    id: seededId(nhn, 'notification group ops-alerts'),
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
    id: seededId(nhn, 'notification group night-shift'),
    name: 'night-shift',
    notifyEmail: false,
    notifySms: true,
    isEnabled: false,
    instanceIds: watched.slice(0, 1).map(({ id }) => id),
    userGroupIds: [everyone.id],
    watchdogs: [],
  });
}
