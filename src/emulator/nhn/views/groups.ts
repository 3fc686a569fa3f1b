import type {
  NotificationGroup,
  ParameterGroup,
  SecurityGroup,
  SecurityGroupRule,
  UserGroup,
  Watchdog,
} from '../entities.js';
import { shownTimes } from './time.js';

export const securityGroupView = (group: SecurityGroup) => ({
  dbSecurityGroupId: group.id,
  dbSecurityGroupName: group.name,
  dbSecurityGroupStatus: 'CREATED',
  description: group.description,
  progressStatus: group.progress,
  ...shownTimes(group),
});

export const securityGroupRuleView = ({ id, createdAt, updatedAt, ...rule }: SecurityGroupRule) => ({
  ruleId: id,
  ...rule,
  ...shownTimes({ createdAt, updatedAt }),
});

/** `isWaiting` means that an instance has not applied the group's latest values. */
export const parameterGroupView = (group: ParameterGroup, isWaiting: boolean) => ({
  parameterGroupId: group.id,
  parameterGroupName: group.name,
  parameterGroupStatus: isWaiting ? 'NEED_TO_APPLY' : 'STABLE',
  description: group.description,
  dbVersion: group.dbVersion,
  ...shownTimes(group),
});

export const userGroupView = (group: UserGroup) => ({
  userGroupId: group.id,
  userGroupName: group.name,
  userGroupStatus: 'CREATED',
  ...shownTimes(group),
});

export const notificationGroupView = (group: NotificationGroup) => ({
  notificationGroupId: group.id,
  notificationGroupName: group.name,
  notificationGroupStatus: 'CREATED',
  notifyEmail: group.notifyEmail,
  notifySms: group.notifySms,
  isEnabled: group.isEnabled,
  ...shownTimes(group),
});

export const watchdogView = ({ id, createdAt, updatedAt, ...watchdog }: Watchdog) => ({
  watchdogId: id,
  ...watchdog,
  ...shownTimes({ createdAt, updatedAt }),
});
