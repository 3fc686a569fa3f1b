import type { BuiltinTool } from '../../call/builtin/builtin-tool.js';
import type { CallContext } from '../../call/call-context.js';
import type { Fleet } from '../fleet.js';

/** What a call of a fleet tool needs. */
export type FleetToolContext = CallContext & { fleet: Fleet };

/** A tool over all accounts. */
export type FleetTool = BuiltinTool<FleetToolContext>;
