import * as z from 'zod';
import * as words from './_words.js';

export const alarmsAnswers = {
  nhn_list_user_groups: z.strictObject({
    userGroups: z.array(
      z.strictObject({
        userGroupId: z.string(),
        userGroupName: z.string(),
        userGroupStatus: words.userGroupStatus,
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
      }),
    ),
  }),

  nhn_get_user_group: z.strictObject({
    userGroupId: z.string(),
    userGroupName: z.string(),
    userGroupTypeCode: words.userGroupTypeCode,
    userGroupStatus: words.userGroupStatus,
    members: z.array(z.strictObject({ memberId: z.string() })),
    createdYmdt: z.string(),
    updatedYmdt: z.string(),
  }),

  nhn_list_notification_groups: z.strictObject({
    notificationGroups: z.array(
      z.strictObject({
        notificationGroupId: z.string(),
        notificationGroupName: z.string(),
        notificationGroupStatus: words.notificationGroupStatus.optional(),
        notifyEmail: z.boolean(),
        notifySms: z.boolean(),
        isEnabled: z.boolean(),
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
      }),
    ),
  }),

  nhn_get_notification_group: z.strictObject({
    notificationGroupId: z.string(),
    notificationGroupName: z.string(),
    notificationGroupStatus: words.notificationGroupStatus.optional(),
    notifyEmail: z.boolean(),
    notifySms: z.boolean(),
    isEnabled: z.boolean(),
    dbInstances: z.array(z.strictObject({ dbInstanceId: z.string(), dbInstanceName: z.string() })),
    userGroups: z.array(z.strictObject({ userGroupId: z.string(), userGroupName: z.string() })),
    createdYmdt: z.string(),
    updatedYmdt: z.string(),
  }),

  nhn_list_watchdogs: z.strictObject({
    watchdogs: z.array(
      z.strictObject({
        watchdogId: z.string(),
        metricName: z.string(),
        comparisonOperator: words.comparisonOperator,
        threshold: z.number(),
        duration: z.number(),
        createdYmdt: z.string(),
        updatedYmdt: z.string().optional(),
      }),
    ),
  }),
};
