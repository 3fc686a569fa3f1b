import * as z from 'zod';
import { defineTool, type PlanRead } from '../../../src/define/index.js';
import { dbInstanceId } from '../_fields.js';

const automaticBackups: PlanRead = {
  label: 'automatic backups, which go with it',
  read: 'nhn_list_backups',
  with: { page: 1, size: 1, backupType: 'AUTO', dbInstanceId: '{dbInstanceId}' },
  at: '',
  shows: ['totalCounts'],
  says: '{totalCounts}',
};

export const deleteDbInstance = defineTool({
  name: 'nhn_delete_db_instance',
  title: 'Delete DB instance',
  description:
    'Deletes a DB instance with its automatic backups, and with the read replicas of a primary; manual backups stay. ' +
    'Refused while nhn_modify_deletion_protection has it protected.',
  route: 'DELETE /v1.0/db-instances/{dbInstanceId}',
  permission: 'RDSforPostgreSQL:DbInstance.Delete',
  risk: 'destructive',
  warning:
    'The instance, its data and its automatic backups are gone, and if it is a primary, its read replicas too. ' +
    'Every client loses its database.',
  undo: 'None. A manual backup, if there is one, can be restored to a new instance.',
  irreversible: true,
  input: z.object({ dbInstanceId }),
  planReads: [automaticBackups],
  async: true,
});

export const restartDbInstance = defineTool({
  name: 'nhn_restart_db_instance',
  title: 'Restart DB instance',
  description: 'Restarts a DB instance.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/restart',
  permission: 'RDSforPostgreSQL:DbInstance.Restart',
  core: true,
  risk: 'disruptive',
  warning: 'All connections are cut and open transactions roll back; it accepts new ones when the engine is up again.',
  undo: 'None needed: it comes back by itself.',
  input: z.object({
    dbInstanceId,
    useOnlineFailover: z.boolean().describe('with high availability: by a failover, which swaps the roles').optional(),
    executeBackup: z.boolean().describe('also takes a backup').optional(),
  }),
  async: true,
});

export const forceRestartDbInstance = defineTool({
  name: 'nhn_force_restart_db_instance',
  title: 'Force restart DB instance',
  description:
    'Restarts a DB instance where nhn_restart_db_instance does not help: what has not ended within 10 minutes is cut ' +
    'off by a reset of its machine. A last resort.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/force-restart',
  permission: 'RDSforPostgreSQL:DbInstance.ForceRestart',
  risk: 'destructive',
  warning:
    'After a grace of 10 minutes the machine is reset under the running engine: open transactions can be lost and ' +
    'the volume can be damaged. It is down until the engine has recovered.',
  undo: 'None. If the volume is damaged, a backup is the way back.',
  irreversible: true,
  input: z.object({ dbInstanceId }),
  next: 'There is no job: progressStatus in nhn_get_db_instance shows when it is back.',
});

export const startDbInstance = defineTool({
  name: 'nhn_start_db_instance',
  title: 'Start DB instance',
  description: 'Starts a stopped DB instance.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/start',
  permission: 'RDSforPostgreSQL:DbInstance.Start',
  core: true,
  risk: 'write',
  input: z.object({ dbInstanceId }),
  async: true,
});

export const stopDbInstance = defineTool({
  name: 'nhn_stop_db_instance',
  title: 'Stop DB instance',
  description: 'Stops a DB instance; its data stays. nhn_start_db_instance brings it back.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/stop',
  permission: ['RDSforPostgreSQL:DbInstance.Start', 'RDSforPostgreSQL:DbInstance.Stop'],
  core: true,
  risk: 'disruptive',
  warning: 'All connections are cut, and the database stays unreachable until someone starts it.',
  undo: 'Start it with nhn_start_db_instance.',
  input: z.object({ dbInstanceId }),
  async: true,
});
