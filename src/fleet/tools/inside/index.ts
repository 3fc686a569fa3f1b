import { aboutInstances, type FleetTool } from '../fleet-tool.js';
import { databaseAccess } from './access/database-access.js';
import { askingFirst } from './asking.js';
import { inspectDatabase } from './inspect-database.js';
import { listRelations } from './relations.js';
import { endSessionTool } from './sessions/end-session.js';
import { listSessions } from './sessions/list-sessions.js';
import { explainStatementTool } from './statements/explain-statement.js';
import { listStatements } from './statements/list-statements.js';

/** The tools that look inside databases. They are loaded only where there is a connection. */
export const inspectTools: readonly FleetTool[] = [
  ...[inspectDatabase, listSessions, listStatements, explainStatementTool, listRelations].map(askingFirst),
  // It asks about what it ends, whatever a policy says.
  endSessionTool,
  databaseAccess,
].map(aboutInstances);
