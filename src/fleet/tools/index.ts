import type { BuiltinTool } from '../../call/builtin/builtin-tool.js';
import type { Fleet } from '../fleet.js';
import { fleetCheck } from './check.js';
import { fleetListEvents } from './events.js';
import { fleetDiagnoseInstance, fleetGetInstance } from './instance.js';
import { fleetOverview } from './overview.js';

/** The tools over all providers. The fleet is asked for with the first call, so that they can be listed without one. */
export const fleetTools = (fleet: () => Fleet): readonly BuiltinTool[] =>
  [fleetOverview, fleetGetInstance, fleetDiagnoseInstance, fleetCheck, fleetListEvents].map((make) => ({
    ...make(fleet),
    about: async ({ instance }) => (typeof instance === 'string' ? [(await fleet().find(instance)).name] : []),
  }));
