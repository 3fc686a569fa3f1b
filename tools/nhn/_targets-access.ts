import { type PlanRead, type Target, uuidForm } from '../../src/define/index.js';

const hbaRuleFields = [
  'databaseApplyType',
  'databases[].databaseName',
  'dbUserApplyType',
  'dbUsers[].dbUserName',
  'address',
  'authMethod',
  'reservedAction',
];

/** What goes live as soon as access rules are applied, whoever reserved it. */
export const reservedHbaRules: PlanRead = {
  label: 'reserved access rule changes',
  isWhole: true,
  read: 'nhn_list_hba_rules',
  at: 'hbaRules[]',
  whereNot: { reservedAction: 'NONE' },
  shows: hbaRuleFields,
};

/** Rules in the order in which they are tried; the first that matches decides. */
export const hbaRuleOrder: PlanRead = {
  label: 'access rules in their present order',
  read: 'nhn_list_hba_rules',
  at: 'hbaRules[]',
  shows: ['hbaRuleId', 'order', ...hbaRuleFields],
};

/** Rules that no longer fit anybody when what they name is gone. */
export const rulesNaming = (path: string, id: string): PlanRead => ({
  label: 'access rules that name it',
  isWhole: true,
  read: 'nhn_list_hba_rules',
  at: 'hbaRules[]',
  where: { [path]: id },
  shows: hbaRuleFields,
});

/** What decides about logins when a rule is gone. */
export const remainingHbaRules: PlanRead = {
  label: 'access rules that remain',
  read: 'nhn_list_hba_rules',
  at: 'hbaRules[]',
  whereNot: { hbaRuleId: '{hbaRuleId}' },
  shows: hbaRuleFields,
};

/** The instances that have a parameter group, and whether they run with older values of it. */
export const instancesOfParameterGroup: PlanRead = {
  label: 'instances that have the group',
  each: { read: 'nhn_list_db_instances', with: {}, at: 'dbInstances[]' },
  read: 'nhn_get_db_instance',
  with: { dbInstanceId: '{dbInstanceId}' },
  where: { parameterGroupId: '{parameterGroupId}' },
  shows: ['dbInstanceName', 'dbInstanceType', 'needToApplyParameterGroup'],
};

/** What tells the members of a user group. */
export const groupsThatTell: PlanRead = {
  label: 'notification groups that tell its members',
  isWhole: true,
  each: { read: 'nhn_list_notification_groups', with: {}, at: 'notificationGroups[]' },
  read: 'nhn_get_notification_group',
  with: { notificationGroupId: '{notificationGroupId}' },
  where: { 'userGroups[].userGroupId': '{userGroupId}' },
  shows: ['notificationGroupName', 'userGroups[].userGroupName'],
};

const securityRuleFields = ['direction', 'etherType', 'cidr', 'port.portType', 'port.minPort', 'port.maxPort'];

/** What a security group lets through, whose deletion loses it. */
export const rulesOfGroup = {
  label: 'rules of the group',
  read: 'nhn_get_db_security_group',
  at: ['dbSecurityGroup.rules[]', 'rules[]'],
  shows: securityRuleFields,
} as const satisfies PlanRead;

/** What a notification group tells of, whose deletion loses it. */
export const watchdogsOfGroup = {
  label: 'watchdogs of the group',
  read: 'nhn_list_watchdogs',
  at: ['watchdogs[]', 'notificationWatchdogs[]'],
  shows: ['metricName', 'comparisonOperator', 'threshold', 'duration'],
} as const satisfies PlanRead;

const securityRule = {
  read: 'nhn_get_db_security_group',
  at: ['dbSecurityGroup.rules[]', 'rules[]'],
  name: 'cidr',
  shows: [...securityRuleFields, 'description'],
};

/** Access to instances, their settings and their alarms, by the argument that names what is changed or lost. */
export const accessTargets: readonly Target[] = [
  {
    argument: 'dbUserId',
    label: 'DB user',
    read: 'nhn_list_db_users',
    at: 'dbUsers[]',
    where: { dbUserId: '{dbUserId}' },
    name: 'dbUserName',
    shows: ['authorityType', 'createdYmdt'],
    named: {
      also: ['dbUserIds[]'],
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_db_users',
          with: { dbInstanceId: '{dbInstanceId}' },
          at: 'dbUsers[]',
          id: 'dbUserId',
          name: 'dbUserName',
          tells: ['authorityType', 'dbUserStatus', 'createdYmdt'],
        },
      ],
    },
  },
  {
    argument: 'hbaRuleId',
    label: 'access rule',
    read: 'nhn_list_hba_rules',
    at: 'hbaRules[]',
    where: { hbaRuleId: '{hbaRuleId}' },
    name: 'address',
    shows: [...hbaRuleFields, 'order'],
  },
  {
    argument: 'dbSecurityGroupId',
    label: 'DB security group',
    read: 'nhn_get_db_security_group',
    listedBy: 'nhn_list_db_security_groups',
    at: ['dbSecurityGroup', ''],
    name: 'dbSecurityGroupName',
    shows: ['description', 'createdYmdt'],
    also: [rulesOfGroup],
    named: {
      also: ['dbSecurityGroupIds[]'],
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_db_security_groups',
          with: {},
          at: 'dbSecurityGroups[]',
          id: 'dbSecurityGroupId',
          name: 'dbSecurityGroupName',
          tells: ['description', 'createdYmdt'],
        },
      ],
    },
  },
  { argument: 'ruleId', label: 'security group rule', where: { ruleId: '{ruleId}' }, ...securityRule },
  { argument: 'ruleIds', label: 'security group rules', where: { ruleId: '{ruleIds}' }, ...securityRule },
  {
    argument: 'parameterGroupId',
    label: 'parameter group',
    read: 'nhn_get_parameter_group',
    listedBy: 'nhn_list_parameter_groups',
    name: 'parameterGroupName',
    shows: ['description', 'dbVersion', 'parameterGroupStatus', 'updatedYmdt'],
    named: {
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_parameter_groups',
          with: {},
          at: 'parameterGroups[]',
          id: 'parameterGroupId',
          name: 'parameterGroupName',
          tells: ['dbVersion', 'description', 'parameterGroupStatus'],
        },
      ],
    },
  },
  {
    argument: 'userGroupId',
    label: 'user group',
    read: 'nhn_get_user_group',
    listedBy: 'nhn_list_user_groups',
    name: 'userGroupName',
    shows: ['userGroupTypeCode', 'members[].memberId', 'createdYmdt'],
    named: {
      also: ['userGroupIds[]'],
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_user_groups',
          with: {},
          at: 'userGroups[]',
          id: 'userGroupId',
          name: 'userGroupName',
          tells: ['userGroupStatus', 'createdYmdt'],
        },
      ],
    },
  },
  {
    argument: 'notificationGroupId',
    label: 'notification group',
    read: 'nhn_get_notification_group',
    listedBy: 'nhn_list_notification_groups',
    name: 'notificationGroupName',
    shows: ['isEnabled', 'notifyEmail', 'notifySms', 'dbInstances[].dbInstanceName', 'userGroups[].userGroupName'],
    also: [watchdogsOfGroup],
    named: {
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_notification_groups',
          with: {},
          at: 'notificationGroups[]',
          id: 'notificationGroupId',
          name: 'notificationGroupName',
          tells: ['isEnabled', 'notifyEmail', 'notifySms', 'createdYmdt'],
        },
      ],
    },
  },
  {
    argument: 'watchdogId',
    label: 'watchdog',
    read: 'nhn_list_watchdogs',
    at: ['watchdogs[]', 'notificationWatchdogs[]'],
    where: { watchdogId: '{watchdogId}' },
    name: 'metricName',
    shows: ['comparisonOperator', 'threshold', 'duration', 'createdYmdt'],
    // A watchdog is known by what it watches.
    named: {
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_watchdogs',
          with: { notificationGroupId: '{notificationGroupId}' },
          at: ['watchdogs[]', 'notificationWatchdogs[]'],
          id: 'watchdogId',
          name: 'metricName',
          tells: ['comparisonOperator', 'threshold', 'duration'],
        },
      ],
    },
  },
];
