import type { Toolset } from '../../src/define/index.js';
import { targets, things } from './_targets.js';
import * as archive from './backups/archive.js';
import * as backups from './backups/backups.js';
import * as catalog from './catalog.js';
import * as clusters from './clusters/clusters.js';
import * as lifecycle from './clusters/lifecycle.js';
import * as storage from './clusters/storage.js';
import { effects, touches } from './effects/index.js';
import * as logs from './logs.js';
import * as parameters from './parameters.js';
import * as replicas from './replicas.js';
import * as requests from './requests.js';
import { setMaintenance, setSecurityGroupRules, unsetMaintenance } from './settings.js';

export const samsung: Toolset = {
  provider: 'samsung',
  groups: {
    catalog: Object.values(catalog),
    requests: Object.values(requests),
    clusters: Object.values(clusters),
    lifecycle: Object.values(lifecycle),
    storage: Object.values(storage),
    replicas: Object.values(replicas),
    backups: Object.values(backups),
    archive: Object.values(archive),
    parameters: Object.values(parameters),
    logs: Object.values(logs),
    security: [setSecurityGroupRules],
    maintenance: [setMaintenance, unsetMaintenance],
  },
  targets,
  things,
  touches,
  effects,
};
