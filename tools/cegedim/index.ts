import type { Toolset } from '../../src/define/index.js';
import { targets, things } from './_targets.js';
import * as actions from './actions.js';
import * as resources from './catalog/resources.js';
import * as catalog from './catalog/versions.js';
import * as databases from './databases.js';
import { effects, touches } from './effects/index.js';
import * as instances from './instances.js';
import * as lifecycle from './lifecycle.js';
import * as maintenance from './maintenance.js';
import * as recovery from './recovery.js';
import * as topology from './topology.js';

export const cegedim: Toolset = {
  provider: 'cegedim',
  groups: {
    resources: Object.values(resources),
    instances: Object.values(instances),
    lifecycle: Object.values(lifecycle),
    recovery: Object.values(recovery),
    maintenance: Object.values(maintenance),
    databases: Object.values(databases),
    topology: Object.values(topology),
    catalog: Object.values(catalog),
    actions: Object.values(actions),
  },
  targets,
  things,
  touches,
  effects,
};
