import type { BuiltinTool } from '../../call/builtin/builtin-tool.js';
import type { CallContext } from '../../call/call-context.js';
import type { Databases } from '../../inspect/databases.js';
import type { AccessTools } from '../details/access-tools.js';
import type { Baselines } from '../details/baselines.js';
import type { FleetDetails } from '../details/details.js';
import type { Fleet } from '../fleet.js';
import type { OperationCatalogue } from './find-operation/described-operation.js';

/** What a call of a fleet tool needs. */
export type FleetToolContext = CallContext & {
  fleet: Fleet;
  details: FleetDetails;
  baselines: Baselines;
  databases: Databases;
  access?: AccessTools;
  catalogue: OperationCatalogue;
  /** The file of the font for pictures. */
  fontFile: string;
};

/** A tool over all accounts. */
export type FleetTool = BuiltinTool<FleetToolContext>;

/** A tool whose calls are about the instances that its arguments name, for rules of a policy about instances. */
export const aboutInstances = (tool: FleetTool): FleetTool => ({
  ...tool,
  about: async ({ instance, instances }, { fleet }) => {
    const texts = [instance, ...(Array.isArray(instances) ? instances : [])].filter((text) => typeof text === 'string');
    const found = await Promise.all(texts.map((text) => fleet.find(text)));
    return found.flatMap((each) => each.instances.map(({ name }) => name));
  },
});
