import type { Asks } from '../../../src/define/index.js';
import { accessControlAsks } from './access-control.js';
import { notificationGroupsAsks } from './alarms/notification-groups.js';
import { userGroupsAsks } from './alarms/user-groups.js';
import { watchdogsAsks } from './alarms/watchdogs.js';
import { databasesAsks } from './databases.js';
import { dbUsersAsks } from './db-users.js';
import { eventsAsks } from './events.js';
import { backupsAsks } from './instances/backups.js';
import { catalogAsks } from './instances/catalog.js';
import { extensionsAsks } from './instances/extensions.js';
import { highAvailabilityAsks } from './instances/high-availability.js';
import { instanceGroupsAsks } from './instances/instance-groups.js';
import { instancesAsks } from './instances/instances.js';
import { jobsAsks } from './instances/jobs.js';
import { lifecycleAsks } from './instances/lifecycle.js';
import { replicationAsks } from './instances/replication.js';
import { restoresAsks } from './instances/restores.js';
import { settingsAsks } from './instances/settings.js';
import { monitoringAsks } from './monitoring.js';
import { parameterGroupsAsks } from './parameter-groups.js';
import { securityGroupsAsks } from './security-groups.js';

/** What people say when they want an operation of NHN Cloud. */
export const nhnAsks: Asks = {
  ...accessControlAsks,
  ...notificationGroupsAsks,
  ...userGroupsAsks,
  ...watchdogsAsks,
  ...databasesAsks,
  ...dbUsersAsks,
  ...eventsAsks,
  ...backupsAsks,
  ...catalogAsks,
  ...extensionsAsks,
  ...highAvailabilityAsks,
  ...instanceGroupsAsks,
  ...instancesAsks,
  ...jobsAsks,
  ...lifecycleAsks,
  ...replicationAsks,
  ...restoresAsks,
  ...settingsAsks,
  ...monitoringAsks,
  ...parameterGroupsAsks,
  ...securityGroupsAsks,
};
