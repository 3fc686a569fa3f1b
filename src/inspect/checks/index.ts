import type { DatabaseCheck } from '../check.js';
import { lockChecks } from './locks.js';
import { replicationChecks } from './replication.js';
import { sessionChecks } from './sessions.js';
import { walChecks } from './wal.js';

/** All checks of a look inside. */
export const checks: readonly DatabaseCheck[] = [...sessionChecks, ...lockChecks, ...replicationChecks, ...walChecks];
