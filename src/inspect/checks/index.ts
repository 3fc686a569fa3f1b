import type { DatabaseCheck } from '../check.js';
import { counterChecks } from './counters.js';
import { indexChecks } from './indexes.js';
import { lockChecks } from './locks.js';
import { replicationChecks } from './replication.js';
import { securityChecks } from './security.js';
import { sequenceChecks } from './sequences.js';
import { sessionChecks } from './sessions.js';
import { settingChecks } from './settings.js';
import { statementChecks } from './statements.js';
import { transactionIdChecks } from './transaction-ids.js';
import { vacuumChecks } from './vacuum.js';
import { walChecks } from './wal.js';

/** All checks of a look inside. */
export const checks: readonly DatabaseCheck[] = [
  ...sessionChecks,
  ...lockChecks,
  ...replicationChecks,
  ...walChecks,
  ...vacuumChecks,
  ...transactionIdChecks,
  ...sequenceChecks,
  ...counterChecks,
  ...indexChecks,
  ...statementChecks,
  ...settingChecks,
  ...securityChecks,
];
