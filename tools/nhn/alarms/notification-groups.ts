import * as z from 'zod';
import { defineTool, listOf, uuid } from '../../../src/define/index.js';
import { notificationGroupId } from '../_fields.js';
import { watchdogsOfGroup } from '../_targets-access.js';

const notificationGroupName = z.string().min(1);

const delivery = {
  notifyEmail: z.boolean().optional(),
  notifySms: z.boolean().optional(),
  isEnabled: z.boolean().describe('false: sends nothing').optional(),
  dbInstanceIds: listOf(uuid()).describe('from nhn_list_db_instances').optional(),
  userGroupIds: listOf(uuid()).describe('from nhn_list_user_groups').optional(),
};

export const listNotificationGroups = defineTool({
  name: 'nhn_list_notification_groups',
  title: 'List notification groups',
  description: 'Lists the notification groups: which instances are watched, and who is told.',
  route: 'GET /v1.0/notification-groups',
  permission: 'RDSforPostgreSQL:NotificationGroup.List',
  risk: 'read',
  input: z.object({}),
});

export const getNotificationGroup = defineTool({
  name: 'nhn_get_notification_group',
  title: 'Get notification group',
  description: 'Reads a notification group with its instances and user groups.',
  route: 'GET /v1.0/notification-groups/{notificationGroupId}',
  permission: 'RDSforPostgreSQL:NotificationGroup.Get',
  risk: 'read',
  input: z.object({ notificationGroupId }),
});

export const createNotificationGroup = defineTool({
  name: 'nhn_create_notification_group',
  title: 'Create notification group',
  description:
    'Creates an alarm route from DB instances to user groups. E-mail, SMS and the group are on unless false.',
  route: 'POST /v1.0/notification-groups',
  permission: 'RDSforPostgreSQL:NotificationGroup.Create',
  risk: 'write',
  input: z.object({ notificationGroupName, ...delivery }),
  about: ['dbInstanceIds'],
  next: 'nhn_create_watchdog says which metric raises an alarm.',
});

export const modifyNotificationGroup = defineTool({
  name: 'nhn_modify_notification_group',
  title: 'Change notification group',
  description:
    'Changes an alarm route, or switches it off; what is left out stays. A list is expected to replace the old one.',
  route: 'PUT /v1.0/notification-groups/{notificationGroupId}',
  permission: 'RDSforPostgreSQL:NotificationGroup.Modify',
  risk: 'write',
  input: z.object({
    notificationGroupId,
    notificationGroupName: notificationGroupName.optional(),
    ...delivery,
  }),
  rules: [{ anyOf: ['notificationGroupName', ...Object.keys(delivery)] }],
  about: ['dbInstanceIds'],
  idempotent: true,
});

export const deleteNotificationGroup = defineTool({
  name: 'nhn_delete_notification_group',
  title: 'Delete notification group',
  description: 'Deletes a notification group with its watchdogs. To silence it for a while, set isEnabled to false.',
  route: 'DELETE /v1.0/notification-groups/{notificationGroupId}',
  permission: 'RDSforPostgreSQL:NotificationGroup.Delete',
  risk: 'destructive',
  warning: 'The group and its watchdogs are gone; nobody is told through them any more.',
  undo: 'Create the group and its watchdogs again.',
  input: z.object({ notificationGroupId }),
  planReads: [{ ...watchdogsOfGroup, isWhole: true }],
  idempotent: true,
});
