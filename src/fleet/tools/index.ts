import { fleetCheck } from './check.js';
import { fleetDiagnoseInstance } from './diagnose.js';
import { fleetListEvents } from './events.js';
import { findOperation } from './find-operation.js';
import type { FleetTool } from './fleet-tool.js';
import { fleetGetInstance } from './instance.js';
import { fleetOverview } from './overview.js';

export type { FleetToolContext } from './fleet-tool.js';

/** The tools over all accounts. */
export const fleetTools: readonly FleetTool[] = [
  fleetOverview,
  fleetGetInstance,
  fleetDiagnoseInstance,
  fleetCheck,
  fleetListEvents,
  findOperation,
].map((tool) => ({
  ...tool,
  about: async ({ instance }, { fleet }) =>
    typeof instance === 'string' ? (await fleet.find(instance)).instances.map(({ name }) => name) : [],
}));
