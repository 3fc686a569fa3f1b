import { aboutInstances, type FleetTool } from '../fleet-tool.js';
import { askingFirst } from './asking.js';
import { endSessionTool } from './end-session.js';
import { inspectDatabase } from './inspect-database.js';
import { listRelations } from './relations.js';
import { listSessions } from './sessions.js';
import { explainStatementTool } from './statements/explain-statement.js';
import { listStatements } from './statements/list-statements.js';

/** The tools that look inside databases. They are loaded only where there is a connection. */
export const inspectTools: readonly FleetTool[] = [
  ...[inspectDatabase, listSessions, listStatements, explainStatementTool, listRelations].map(askingFirst),
  // It asks about what it ends, whatever a policy says.
  endSessionTool,
].map(aboutInstances);
