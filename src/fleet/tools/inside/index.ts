import { aboutInstances, type FleetTool } from '../fleet-tool.js';
import { endSessionTool } from './end-session.js';
import { inspectDatabase } from './inspect-database.js';
import { listRelations } from './relations.js';
import { listSessions } from './sessions.js';
import { listStatements } from './statements.js';

/** The tools that look inside databases. They are loaded only where there is a connection. */
export const inspectTools: readonly FleetTool[] = [
  inspectDatabase,
  listSessions,
  listStatements,
  listRelations,
  endSessionTool,
].map(aboutInstances);
