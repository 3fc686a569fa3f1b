import type { Toolset } from '../../src/define/index.js';
import { targets, things } from './_targets.js';
import * as backups from './backups.js';
import * as catalog from './catalog.js';
import * as databases from './databases.js';
import * as dbUsers from './db-users.js';
import { effects, touches } from './effects/index.js';
import * as instances from './instances.js';
import * as logs from './logs.js';

export const naver: Toolset = {
  provider: 'naver',
  groups: {
    catalog: Object.values(catalog),
    instances: Object.values(instances),
    databases: Object.values(databases),
    'db-users': Object.values(dbUsers),
    backups: Object.values(backups),
    logs: Object.values(logs),
  },
  targets,
  things,
  touches,
  effects,
};
