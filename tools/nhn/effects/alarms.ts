import type { Effect, EffectFacts } from '../../../src/define/index.js';

const route = { read: 'nhn_get_notification_group' } as const;

const switchedOnAgain = 'Switch it on again. Alarms that were not sent meanwhile stay unsent.';
const oldList = 'Send the old list again. Alarms that were not sent meanwhile stay unsent.';

export const modifyNotificationGroup: Effect = {
  looks: {
    now: route,
    unwatched: {
      ...route,
      at: 'dbInstances[]',
      whereNot: { dbInstanceId: '{dbInstanceIds}' },
      says: '{dbInstanceName}',
    },
    untold: { ...route, at: 'userGroups[]', whereNot: { userGroupId: '{userGroupIds}' }, says: '{userGroupName}' },
  },
  changes: {
    notificationGroupName: 'now.notificationGroupName',
    notifyEmail: 'now.notifyEmail',
    notifySms: 'now.notifySms',
    isEnabled: 'now.isEnabled',
    dbInstanceIds: { list: 'now.dbInstances.dbInstanceId' },
    userGroupIds: { list: 'now.userGroups.userGroupId' },
  },
  dangers: [
    {
      if: { becomes: { isEnabled: false } },
      risk: 'destructive',
      warning: 'The group is switched off: nobody is told through {now.notificationGroupName} any more.',
      undo: switchedOnAgain,
    },
    {
      if: { becomes: { notifyEmail: false } },
      risk: 'destructive',
      warning: 'Nobody gets an e-mail through {now.notificationGroupName} any more.',
      undo: switchedOnAgain,
    },
    {
      if: { becomes: { notifySms: false } },
      risk: 'destructive',
      warning: 'Nobody gets an SMS through {now.notificationGroupName} any more.',
      undo: switchedOnAgain,
    },
    {
      if: { empties: 'dbInstanceIds' },
      risk: 'destructive',
      warning: 'No instance is watched by {now.notificationGroupName} any more.',
      undo: oldList,
    },
    {
      if: { all: [{ loses: 'dbInstanceIds' }, { not: { empties: 'dbInstanceIds' } }] },
      risk: 'destructive',
      warning: '{unwatched.said} is no longer watched by {now.notificationGroupName} and raises no alarm through it.',
      undo: oldList,
    },
    {
      if: { empties: 'userGroupIds' },
      risk: 'destructive',
      warning: 'Nobody receives the alarms of {now.notificationGroupName} any more.',
      undo: oldList,
    },
    {
      if: { all: [{ loses: 'userGroupIds' }, { not: { empties: 'userGroupIds' } }] },
      risk: 'destructive',
      warning: '{untold.said} no longer receives the alarms of {now.notificationGroupName}.',
      undo: oldList,
    },
  ],
};

export const deleteNotificationGroup: Effect = {
  looks: { now: route },
  dangers: [
    {
      if: { given: 'notificationGroupId' },
      risk: 'destructive',
      warning: '{now.notificationGroupName} and its watchdogs are gone; nobody is told through them any more.',
      undo: 'Create the group and its watchdogs again, as they are shown here.',
    },
  ],
};

const everybody = 'ENTIRE';

export const modifyUserGroup: Effect = {
  looks: { now: { read: 'nhn_get_user_group' } },
  changes: {
    userGroupName: 'now.userGroupName',
    memberIds: { list: 'now.members.memberId' },
    selectAllYN: {
      derived: (at) => {
        const [kind] = at('now.userGroupTypeCode') ?? [];
        return kind === undefined ? undefined : kind === everybody;
      },
    },
  },
  dangers: [
    {
      if: { all: [{ empties: 'memberIds' }, { not: { when: { selectAllYN: true } } }] },
      risk: 'destructive',
      warning: 'Nobody is left in {now.userGroupName}, so nobody receives alarms through it.',
      undo: oldList,
    },
    {
      if: {
        all: [{ loses: 'memberIds' }, { not: { empties: 'memberIds' } }, { not: { when: { selectAllYN: true } } }],
      },
      risk: 'destructive',
      warning: 'Some members of {now.userGroupName} no longer receive alarms through it.',
      undo: oldList,
    },
    {
      if: { all: [{ becomes: { selectAllYN: false } }, { not: { given: 'memberIds' } }] },
      risk: 'destructive',
      warning: 'Not every project member receives alarms through {now.userGroupName} any more.',
      undo: 'Set selectAllYN to true again.',
    },
  ],
};

export const deleteUserGroup: Effect = {
  looks: {
    now: { read: 'nhn_get_user_group' },
    routes: {
      each: { read: 'nhn_list_notification_groups', with: {}, at: 'notificationGroups[]' },
      read: 'nhn_get_notification_group',
      with: { notificationGroupId: '{notificationGroupId}' },
      where: { 'userGroups[].userGroupId': '{userGroupId}' },
    },
  },
  dangers: [
    {
      if: { given: 'userGroupId' },
      risk: 'destructive',
      warning: '{now.userGroupName} is gone, and its members get no more alarms through it.',
      undo: 'Create the group again and name it in the notification groups that are shown here.',
    },
    {
      if: {
        test: ({ seen }) => {
          const { records = [], unread } = seen['routes'] ?? {};
          return unread === undefined
            ? records.some((each) => [each['userGroups'] ?? []].flat().length === 1)
            : undefined;
        },
      },
      risk: 'destructive',
      warning: 'A notification group has no other receiver: nobody is told through it any more.',
      undo: 'Create the group again and name it in the notification groups that are shown here.',
    },
  ],
};

const watchdog = {
  read: 'nhn_list_watchdogs',
  at: ['watchdogs[]', 'notificationWatchdogs[]'],
} as const;

/** Whether the condition cannot hold, as that of a share above 100 %. */
function isUnreachable({ args, seen }: EffectFacts): boolean | undefined {
  const [threshold, operator] = [Number(args['threshold']), args['comparisonOperator']];
  if (operator === 'LT' || operator === 'LE') return operator === 'LT' ? threshold <= 0 : threshold < 0;
  const { records = [], unread } = seen['metrics'] ?? {};
  if (unread !== undefined) return undefined;
  if (records.find((each) => each['metricName'] === args['metricName'])?.['unit'] !== '%') return false;
  return operator === 'GT' ? threshold >= 100 : threshold > 100;
}

const oldCondition = 'Send the old condition again: {now.metricName} {now.comparisonOperator} {now.threshold}.';

export const modifyWatchdog: Effect = {
  looks: {
    now: { ...watchdog, where: { watchdogId: '{watchdogId}' } },
    metrics: { read: 'nhn_list_metrics', with: {}, at: 'metrics[]' },
  },
  changes: {
    metricName: 'now.metricName',
    comparisonOperator: 'now.comparisonOperator',
    threshold: 'now.threshold',
    duration: 'now.duration',
  },
  dangers: [
    {
      if: { changes: 'metricName' },
      risk: 'destructive',
      warning: 'No alarm is raised about {now.metricName} by this watchdog any more.',
      undo: oldCondition,
    },
    {
      if: { all: [{ changes: 'comparisonOperator' }, { not: { changes: 'metricName' } }] },
      risk: 'destructive',
      warning: 'An alarm is raised on other values than now: {comparisonOperator} instead of {now.comparisonOperator}.',
      undo: oldCondition,
    },
    {
      if: { all: [{ any: [{ changes: 'threshold' }, { changes: 'comparisonOperator' }] }, { test: isUnreachable }] },
      risk: 'destructive',
      warning: '{metricName} does not reach {threshold}, so that this watchdog raises no alarm any more.',
      undo: oldCondition,
    },
  ],
};

export const deleteWatchdog: Effect = {
  looks: { now: { ...watchdog, where: { watchdogId: '{watchdogId}' } }, all: watchdog },
  dangers: [
    {
      if: { given: 'watchdogId' },
      risk: 'destructive',
      warning: 'No alarm is raised any more about {now.metricName} ({now.comparisonOperator} {now.threshold}).',
      undo: 'Add it again with nhn_create_watchdog, as it is shown here.',
    },
    {
      if: { test: ({ seen: { all } }) => (all?.unread === undefined ? all?.records.length === 1 : undefined) },
      risk: 'destructive',
      warning: 'It is the last one of the group, which then raises no alarm at all.',
      undo: 'Add it again with nhn_create_watchdog, as it is shown here.',
    },
  ],
};
