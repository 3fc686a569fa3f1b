import * as z from 'zod';
import { defineTool, type PlanRead } from '../../../src/define/index.js';
import * as fields from '../_fields.js';

const { dbInstanceId, newInstance } = fields;

const replica = {
  dbInstanceName: newInstance.dbInstanceName,
  description: newInstance.description,
  dbFlavorId: newInstance.dbFlavorId.optional(),
  dbPort: newInstance.dbPort.optional(),
  parameterGroupId: newInstance.parameterGroupId.optional(),
  dbSecurityGroupIds: newInstance.dbSecurityGroupIds,
  userGroupIds: newInstance.userGroupIds,
  useDefaultNotification: newInstance.useDefaultNotification,
  useDeletionProtection: newInstance.useDeletionProtection,
  network: newInstance.network.omit({ subnetId: true }).optional(),
  storage: newInstance.storage.partial().optional(),
  backup: newInstance.backup.omit({ backupSchedules: true }).partial().optional(),
};

export const replicateDbInstance = defineTool({
  name: 'nhn_replicate_db_instance',
  title: 'Create read replica',
  description:
    'Adds a read replica in the subnet of its primary, at most five each. Flavor, port, parameter and security ' +
    'groups, storage size, backup period and retries are those of the primary when left out. Deletion protection, ' +
    'public access and alarms are not taken over: each is off unless given.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/replicate',
  permission: 'RDSforPostgreSQL:DbInstance.Replicate',
  risk: 'write',
  input: z.object({ dbInstanceId, ...replica }),
  async: true,
});

const lag: PlanRead = {
  label: 'replication lag now',
  read: 'nhn_get_metric_statistics',
  with: {
    dbInstanceId: '{dbInstanceId}',
    metricNames: ['REPLICATION_LAG_SECONDS'],
    from: '{time.tenMinutesAgo}',
    to: '{time.now}',
  },
  at: 'metricStatistics[]',
  lastOf: 'values',
  shows: ['last', 'unit'],
  says: '{last} {unit}',
  moves: ['last'],
};

export const promoteDbInstance = defineTool({
  name: 'nhn_promote_db_instance',
  title: 'Promote read replica',
  description:
    'Makes a read replica an instance of its own that takes writes, once it has caught up. ' +
    'Refused while its primary is unhealthy.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/promote',
  permission: 'RDSforPostgreSQL:DbInstance.Promote',
  risk: 'destructive',
  warning: 'The replica leaves its primary for good: later changes there no longer reach it, and reads see old data.',
  undo: 'None: it cannot be attached again. nhn_replicate_db_instance adds another replica.',
  irreversible: true,
  input: z.object({ dbInstanceId }),
  planReads: [lag],
  async: true,
});
