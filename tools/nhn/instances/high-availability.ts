import * as z from 'zod';
import { defineTool, type PlanRead } from '../../../src/define/index.js';
import { dbInstanceId, highAvailabilityLimits, highAvailabilityRules } from '../_fields.js';

const highAvailability: PlanRead = {
  label: 'high availability now',
  read: 'nhn_get_high_availability',
  shows: ['haStatus', 'pingInterval', 'failoverReplWaitingTime'],
};

export const getHighAvailability = defineTool({
  name: 'nhn_get_high_availability',
  title: 'Get high availability',
  description:
    'Reads state and failover settings of the high availability of a DB instance. haStatus tells whether there is ' +
    'one: useHighAvailability was seen false for pairs too.',
  route: 'GET /v1.0/db-instances/{dbInstanceId}/high-availability',
  permission: 'RDSforPostgreSQL:HighAvailability.Get',
  risk: 'read',
  input: z.object({ dbInstanceId }),
});

export const modifyHighAvailability = defineTool({
  name: 'nhn_modify_high_availability',
  title: 'Modify high availability',
  description:
    'Turns high availability on or off, or changes when it fails over. ' +
    'For planned work nhn_pause_high_availability keeps the standby.',
  route: 'PUT /v1.0/db-instances/{dbInstanceId}/high-availability',
  permission: 'RDSforPostgreSQL:HighAvailability.Modify',
  risk: 'disruptive',
  warning:
    'useHighAvailability becomes {useHighAvailability}. With false the standby is given up, and a failure of the ' +
    'primary is an outage; with true a missing standby is built, which puts load on the primary.',
  undo: 'Set it back; a standby that was given up is built anew.',
  input: z.object({ dbInstanceId, useHighAvailability: z.boolean(), ...highAvailabilityLimits }),
  rules: highAvailabilityRules,
  planReads: [highAvailability],
  async: true,
  idempotent: true,
});

export const resumeHighAvailability = defineTool({
  name: 'nhn_resume_high_availability',
  title: 'Resume high availability',
  description: 'Turns failover on again after nhn_pause_high_availability; restarts nothing.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/high-availability/resume',
  permission: 'RDSforPostgreSQL:HighAvailability.Resume',
  risk: 'write',
  input: z.object({ dbInstanceId }),
  async: true,
});

export const pauseHighAvailability = defineTool({
  name: 'nhn_pause_high_availability',
  title: 'Pause high availability',
  description: 'Stops failure detection and failover; the standby stays.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/high-availability/pause',
  permission: 'RDSforPostgreSQL:HighAvailability.Pause',
  risk: 'disruptive',
  warning: 'Until it is resumed, a failure of the primary is an outage: nothing takes over.',
  undo: 'Resume it with nhn_resume_high_availability.',
  input: z.object({ dbInstanceId }),
  planReads: [highAvailability],
  async: true,
  next: 'There is no failover until nhn_resume_high_availability.',
});

export const repairHighAvailability = defineTool({
  name: 'nhn_repair_high_availability',
  title: 'Repair high availability',
  description:
    'Joins a primary that was failed over (FAILED_MASTER) to its pair again; dbInstanceId is that of the failed one. ' +
    'nhn_split_high_availability gives it up instead.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/high-availability/repair',
  permission: 'RDSforPostgreSQL:HighAvailability.Repair',
  risk: 'disruptive',
  warning: 'Replication and roles of the pair change while it runs, which can interrupt service.',
  undo: 'None needed: the pair works as one again afterwards.',
  input: z.object({ dbInstanceId }),
  planReads: [highAvailability],
  async: true,
});

export const splitHighAvailability = defineTool({
  name: 'nhn_split_high_availability',
  title: 'Split high availability',
  description:
    'Separates a primary that was failed over (FAILED_MASTER) from its pair; two instances on their own remain.',
  route: 'POST /v1.0/db-instances/{dbInstanceId}/high-availability/split',
  permission: 'RDSforPostgreSQL:HighAvailability.Split',
  risk: 'destructive',
  warning: 'The pair ends for good: the instance in service has no standby, and the two never become a pair again.',
  undo: 'None. nhn_modify_high_availability can build a new standby.',
  irreversible: true,
  input: z.object({ dbInstanceId }),
  planReads: [highAvailability],
  async: true,
});
