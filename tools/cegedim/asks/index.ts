import type { Asks } from '../../../src/define/index.js';
import { actionsAsks } from './actions.js';
import { catalogAsks } from './catalog.js';
import { databasesAsks } from './databases.js';
import { instancesAsks } from './instances.js';
import { lifecycleAsks } from './lifecycle.js';
import { maintenanceAsks } from './maintenance.js';
import { recoveryAsks } from './recovery.js';
import { resourcesAsks } from './resources.js';
import { topologyAsks } from './topology.js';

/** What people say when they want an operation of cegedim.cloud. */
export const cegedimAsks: Asks = {
  ...resourcesAsks,
  ...instancesAsks,
  ...lifecycleAsks,
  ...recoveryAsks,
  ...maintenanceAsks,
  ...databasesAsks,
  ...topologyAsks,
  ...catalogAsks,
  ...actionsAsks,
};
