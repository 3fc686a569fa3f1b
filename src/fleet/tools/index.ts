import { fleetCheck } from './check.js';
import { fleetCompare } from './compare.js';
import { fleetDiagnoseInstance } from './diagnose.js';
import { fleetListEvents } from './events.js';
import { findOperation } from './find-operation/find-operation.js';
import type { FleetTool } from './fleet-tool.js';
import { endSessionTool } from './inside/end-session.js';
import { inspectDatabase } from './inside/inspect-database.js';
import { listRelations } from './inside/relations.js';
import { listSessions } from './inside/sessions.js';
import { listStatements } from './inside/statements.js';
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
  inspectDatabase,
  listSessions,
  listStatements,
  listRelations,
  endSessionTool,
].map((tool) => ({
  ...tool,
  about: async ({ instance, instances }, { fleet }) => {
    const texts = [instance, ...(Array.isArray(instances) ? instances : [])].filter((text) => typeof text === 'string');
    const found = await Promise.all(texts.map((text) => fleet.find(text)));
    return found.flatMap((each) => each.instances.map(({ name }) => name));
  },
}));
