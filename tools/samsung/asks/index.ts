import type { Asks } from '../../../src/define/index.js';
import { archiveAsks } from './archive.js';
import { backupsAsks } from './backups.js';
import { catalogAsks } from './catalog.js';
import { clustersAsks } from './clusters.js';
import { lifecycleAsks } from './lifecycle.js';
import { logsAsks } from './logs.js';
import { maintenanceAsks } from './maintenance.js';
import { parametersAsks } from './parameters.js';
import { replicasAsks } from './replicas.js';
import { requestsAsks } from './requests.js';
import { securityAsks } from './security.js';
import { storageAsks } from './storage.js';

/** What people say when they want an operation of Samsung Cloud Platform. */
export const samsungAsks: Asks = {
  ...catalogAsks,
  ...requestsAsks,
  ...clustersAsks,
  ...lifecycleAsks,
  ...storageAsks,
  ...replicasAsks,
  ...backupsAsks,
  ...archiveAsks,
  ...parametersAsks,
  ...logsAsks,
  ...securityAsks,
  ...maintenanceAsks,
};
