import type { BuiltinTool } from '../../call/builtin/builtin-tool.js';
import type { CallContext } from '../../call/call-context.js';
import type { Fleet } from '../fleet.js';
import type { OperationCatalogue } from './described-operation.js';

/** What a call of a fleet tool needs. */
export type FleetToolContext = CallContext & { fleet: Fleet; catalogue: OperationCatalogue };

/** A tool over all accounts. */
export type FleetTool = BuiltinTool<FleetToolContext>;
