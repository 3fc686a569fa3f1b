import type { Toolset } from '../../src/define/index.js';
import { accessTargets } from './_targets-access.js';
import * as accessControl from './access-control.js';
import * as notificationGroups from './alarms/notification-groups.js';
import * as userGroups from './alarms/user-groups.js';
import * as watchdogs from './alarms/watchdogs.js';
import * as databases from './databases.js';
import * as dbUsers from './db-users.js';
import { effects, touches } from './effects/index.js';
import { instanceTargets } from './instances/_targets.js';
import { things } from './instances/_things.js';
import * as backups from './instances/backups.js';
import * as catalog from './instances/catalog.js';
import * as extensions from './instances/extensions.js';
import * as highAvailability from './instances/high-availability.js';
import * as instanceGroups from './instances/instance-groups.js';
import * as instances from './instances/instances.js';
import * as jobs from './instances/jobs.js';
import * as lifecycle from './instances/lifecycle.js';
import * as replication from './instances/replication.js';
import * as restores from './instances/restores.js';
import * as settings from './instances/settings.js';
import * as events from './monitoring/events.js';
import * as monitoring from './monitoring/metrics.js';
import * as parameterGroups from './parameter-groups.js';
import * as securityGroups from './security-groups.js';

export const nhn: Toolset = {
  provider: 'nhn',
  groups: {
    catalog: Object.values(catalog),
    jobs: Object.values(jobs),
    'instance-groups': Object.values(instanceGroups),
    instances: [instances, settings, lifecycle].flatMap((file) => Object.values(file)),
    'high-availability': Object.values(highAvailability),
    replication: Object.values(replication),
    backups: [backups, restores].flatMap((file) => Object.values(file)),
    databases: Object.values(databases),
    extensions: Object.values(extensions),
    'db-users': Object.values(dbUsers),
    'access-control': Object.values(accessControl),
    'security-groups': Object.values(securityGroups),
    'parameter-groups': Object.values(parameterGroups),
    'user-groups': Object.values(userGroups),
    'notification-groups': [notificationGroups, watchdogs].flatMap((file) => Object.values(file)),
    monitoring: Object.values(monitoring),
    events: Object.values(events),
  },
  targets: [...instanceTargets, ...accessTargets],
  things,
  touches,
  effects,
};
