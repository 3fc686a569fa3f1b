import * as z from 'zod';
import { defineTool, uuid } from '../../../src/define/index.js';
import { notificationGroupId } from '../_fields.js';

const condition = {
  metricName: z.string().min(1).describe('from nhn_list_metrics'),
  comparisonOperator: z.enum(['LE', 'LT', 'GE', 'GT']),
  threshold: z.int().describe('in the unit of the metric'),
  duration: z.int().min(0).describe('minutes the condition has to hold'),
};

export const listWatchdogs = defineTool({
  name: 'nhn_list_watchdogs',
  title: 'List watchdogs',
  description: 'Lists the alarm conditions of a notification group.',
  route: 'GET /v1.0/notification-groups/{notificationGroupId}/watchdogs',
  permission: 'RDSforPostgreSQL:NotificationWatchdog.List',
  risk: 'read',
  input: z.object({ notificationGroupId }),
});

export const createWatchdog = defineTool({
  name: 'nhn_create_watchdog',
  title: 'Add watchdog',
  description: 'Adds an alarm condition to a notification group, for all its instances.',
  route: 'POST /v1.0/notification-groups/{notificationGroupId}/watchdogs',
  permission: 'RDSforPostgreSQL:NotificationWatchdog.Create',
  risk: 'write',
  input: z.object({ notificationGroupId, ...condition }),
});

export const modifyWatchdog = defineTool({
  name: 'nhn_modify_watchdog',
  title: 'Replace watchdog',
  description: 'Replaces an alarm condition: what is to stay is sent again.',
  route: 'PUT /v1.0/notification-groups/{notificationGroupId}/watchdogs/{watchdogId}',
  permission: 'RDSforPostgreSQL:NotificationWatchdog.Modify',
  risk: 'write',
  input: z.object({ notificationGroupId, watchdogId: uuid(), ...condition }),
  idempotent: true,
});

export const deleteWatchdog = defineTool({
  name: 'nhn_delete_watchdog',
  title: 'Delete watchdog',
  description: 'Deletes an alarm condition of a notification group.',
  route: 'DELETE /v1.0/notification-groups/{notificationGroupId}/watchdogs/{watchdogId}',
  permission: 'RDSforPostgreSQL:NotificationWatchdog.Delete',
  risk: 'destructive',
  warning: 'This condition raises no alarm any more, on none of the instances of the group.',
  undo: 'Add it again with nhn_create_watchdog.',
  input: z.object({ notificationGroupId, watchdogId: uuid() }),
  idempotent: true,
});
