import * as z from 'zod';
import { id, name } from '../fields.js';
import { metrics } from '../metrics.js';
import { newRow } from '../provisioning.js';
import { invalidArgument, notFound } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { type Nhn, refuseTakenName } from '../store.js';
import { notificationGroupView, userGroupView, watchdogView } from '../views/groups.js';

/** Who receives alarms (user groups), about what and how (notification groups), and when (their watchdogs). */
export function alarmRoutes(nhn: Nhn): Routes {
  const { world, store } = nhn;
  const userGroupOf = (call: Call) => store.userGroups.get(call.path('userGroupId'));
  const alarmOf = (call: Call) => store.notificationGroups.get(call.path('notificationGroupId'));
  const watchdogOf = (call: Call) => {
    const group = alarmOf(call);
    const watchdog = group.watchdogs.find(({ id }) => id === call.path('watchdogId'));
    if (!watchdog) throw notFound(`Watchdog of notification group ${group.name}`, call.path('watchdogId'));
    return { group, watchdog };
  };
  const refuseUnknown = ({ dbInstanceIds = [], userGroupIds = [] }: z.infer<typeof alarmChange>) => {
    for (const instanceId of dbInstanceIds) store.instances.get(instanceId);
    for (const groupId of userGroupIds) store.userGroups.get(groupId);
  };

  return {
    'GET /v1.0/user-groups': () => ({ userGroups: store.userGroups.all().map(userGroupView) }),

    'GET /v1.0/user-groups/:userGroupId': (call) => {
      const group = userGroupOf(call);
      const memberIds = group.selectAll ? store.members.all().map(({ id }) => id) : group.memberIds;
      return {
        ...userGroupView(group),
        userGroupTypeCode: group.selectAll ? 'ENTIRE' : 'INDIVIDUAL_MEMBER',
        members: memberIds.map((memberId) => ({ memberId })),
      };
    },

    'POST /v1.0/user-groups': (call) => {
      const { userGroupName, memberIds, selectAllYN } = call.body(userGroup);
      if (!selectAllYN && !memberIds) throw invalidArgument('memberIds: needed unless selectAllYN is true.');
      refuseTakenName(store.userGroups.noun, store.userGroups.all(), userGroupName);
      for (const memberId of memberIds ?? []) store.members.get(memberId);
      const choice = { selectAll: selectAllYN ?? false, memberIds: memberIds ?? [] };
      return { userGroupId: store.userGroups.add({ ...newRow(nhn), name: userGroupName, ...choice }).id };
    },

    'PUT /v1.0/user-groups/:userGroupId': (call) => {
      const group = userGroupOf(call);
      const { userGroupName, memberIds, selectAllYN } = call.body(userGroup.partial());
      if (userGroupName) refuseTakenName(store.userGroups.noun, store.userGroups.all(), userGroupName, group.id);
      for (const memberId of memberIds ?? []) store.members.get(memberId);
      group.name = userGroupName ?? group.name;
      group.selectAll = selectAllYN ?? (memberIds ? false : group.selectAll);
      group.memberIds = memberIds ?? group.memberIds;
      group.updatedAt = world.now();
      return {};
    },

    'DELETE /v1.0/user-groups/:userGroupId': (call) => {
      const group = userGroupOf(call);
      store.userGroups.remove(group.id);
      for (const alarm of store.notificationGroups.all())
        alarm.userGroupIds = alarm.userGroupIds.filter((groupId) => groupId !== group.id);
      return {};
    },

    'GET /v1.0/notification-groups': () => ({
      notificationGroups: store.notificationGroups.all().map(notificationGroupView),
    }),

    'GET /v1.0/notification-groups/:notificationGroupId': (call) => {
      const group = alarmOf(call);
      const instances = group.instanceIds.map((instanceId) => store.instances.get(instanceId));
      const userGroups = group.userGroupIds.map((groupId) => store.userGroups.get(groupId));
      return {
        ...notificationGroupView(group),
        dbInstances: instances.map(({ id, name }) => ({ dbInstanceId: id, dbInstanceName: name })),
        userGroups: userGroups.map(({ id, name }) => ({ userGroupId: id, userGroupName: name })),
      };
    },

    'POST /v1.0/notification-groups': (call) => {
      const given = call.body(alarm);
      refuseTakenName(store.notificationGroups.noun, store.notificationGroups.all(), given.notificationGroupName);
      refuseUnknown(given);
      const group = store.notificationGroups.add({
        ...newRow(nhn),
        name: given.notificationGroupName,
        notifyEmail: given.notifyEmail ?? true,
        notifySms: given.notifySms ?? true,
        isEnabled: given.isEnabled ?? given.isEnable ?? true,
        instanceIds: given.dbInstanceIds ?? [],
        userGroupIds: given.userGroupIds ?? [],
        watchdogs: [],
      });
      return { notificationGroupId: group.id };
    },

    'PUT /v1.0/notification-groups/:notificationGroupId': (call) => {
      const group = alarmOf(call);
      const change = call.body(alarmChange);
      const wanted = change.notificationGroupName ?? group.name;
      refuseTakenName(store.notificationGroups.noun, store.notificationGroups.all(), wanted, group.id);
      refuseUnknown(change);
      group.name = wanted;
      group.notifyEmail = change.notifyEmail ?? group.notifyEmail;
      group.notifySms = change.notifySms ?? group.notifySms;
      group.isEnabled = change.isEnabled ?? group.isEnabled;
      group.instanceIds = change.dbInstanceIds ?? group.instanceIds;
      group.userGroupIds = change.userGroupIds ?? group.userGroupIds;
      group.updatedAt = world.now();
      return {};
    },

    'DELETE /v1.0/notification-groups/:notificationGroupId': (call) => {
      store.notificationGroups.remove(alarmOf(call).id);
      return {};
    },

    'GET /v1.0/notification-groups/:notificationGroupId/watchdogs': (call) => ({
      watchdogs: alarmOf(call).watchdogs.map(watchdogView),
    }),

    'POST /v1.0/notification-groups/:notificationGroupId/watchdogs': (call) => {
      const group = alarmOf(call);
      const watchdog = { ...newRow(nhn), ...call.body(watchdogBody) };
      group.watchdogs.push(watchdog);
      return { watchdogId: watchdog.id };
    },

    'PUT /v1.0/notification-groups/:notificationGroupId/watchdogs/:watchdogId': (call) => {
      const { watchdog } = watchdogOf(call);
      Object.assign(watchdog, call.body(watchdogBody), { updatedAt: world.now() });
      return {};
    },

    'DELETE /v1.0/notification-groups/:notificationGroupId/watchdogs/:watchdogId': (call) => {
      const { group, watchdog } = watchdogOf(call);
      group.watchdogs = group.watchdogs.filter((other) => other !== watchdog);
      return {};
    },
  };
}

const userGroup = z.strictObject({
  userGroupName: name,
  memberIds: z.array(id).optional(),
  selectAllYN: z.boolean().optional(),
});

const alarmChange = z.strictObject({
  notificationGroupName: name.optional(),
  notifyEmail: z.boolean().optional(),
  notifySms: z.boolean().optional(),
  isEnabled: z.boolean().optional(),
  dbInstanceIds: z.array(id).optional(),
  userGroupIds: z.array(id).optional(),
});

// The documented example spells it isEnable.
const alarm = alarmChange.extend({ notificationGroupName: name, isEnable: z.boolean().optional() });

const watchdogBody = z.strictObject({
  metricName: z.enum(Object.keys(metrics)),
  comparisonOperator: z.enum(['LE', 'LT', 'GE', 'GT']),
  threshold: z.number().int(),
  duration: z.number().int(),
});
