import { fleetCheck } from './check.js';
import { fleetCompare } from './compare.js';
import { fleetDiagnoseInstance } from './diagnose.js';
import { fleetListEvents } from './events.js';
import { findOperation } from './find-operation/find-operation.js';
import { aboutInstances, type FleetTool } from './fleet-tool.js';
import { fleetGetInstance } from './instance.js';
import { fleetGetMetrics } from './metrics.js';
import { fleetOverview } from './overview.js';

export type { FleetToolContext } from './fleet-tool.js';

/** The tools over all accounts. */
export const fleetTools: readonly FleetTool[] = [
  fleetOverview,
  fleetGetInstance,
  fleetDiagnoseInstance,
  fleetCheck,
  fleetListEvents,
  fleetGetMetrics,
  fleetCompare,
  findOperation,
].map(aboutInstances);
