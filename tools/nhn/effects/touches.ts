import type { Touches } from '../../../src/define/index.js';

/** The documents give no list of the instances that use a group, so each instance is read. */
const everyInstance = {
  each: { read: 'nhn_list_db_instances', with: {}, at: 'dbInstances[]' },
  read: 'nhn_get_db_instance',
  with: { dbInstanceId: '{dbInstanceId}' },
  id: 'dbInstanceId',
  orNone: true,
} as const;

/** Which instances a call concerns, by the argument that names it or something of it. */
export const touches: Touches = {
  instance: {
    argument: 'dbInstanceId',
    read: 'nhn_get_db_instance',
    with: { dbInstanceId: '{dbInstanceId}' },
    id: 'dbInstanceId',
    name: 'dbInstanceName',
    state: 'dbInstanceStatus',
    role: 'dbInstanceType',
  },
  inventory: { read: 'nhn_list_db_instances', with: {}, at: 'dbInstances[]' },
  ways: [
    {
      arguments: ['dbInstanceIds'],
      read: 'nhn_list_db_instances',
      with: {},
      at: 'dbInstances[]',
      where: { dbInstanceId: '{named}' },
      id: 'dbInstanceId',
    },
    {
      arguments: ['dbInstanceGroupId'],
      read: 'nhn_list_db_instances',
      with: {},
      at: 'dbInstances[]',
      where: { dbInstanceGroupId: '{named}' },
      id: 'dbInstanceId',
    },
    {
      arguments: ['backupId', 'restore.backupId'],
      read: 'nhn_list_backups',
      with: { page: 1, size: 100 },
      pageBy: 'page',
      at: 'backups[]',
      where: { backupId: '{named}' },
      id: 'dbInstanceId',
    },
    {
      arguments: ['jobId'],
      read: 'nhn_get_job',
      with: { jobId: '{named}' },
      at: 'resourceRelations[]',
      where: { resourceType: ['INSTANCE', 'DB_INSTANCE'] },
      id: 'resourceId',
    },
    {
      arguments: ['sourceId'],
      read: 'nhn_list_db_instances',
      with: {},
      at: 'dbInstances[]',
      where: { dbInstanceId: '{named}' },
      id: 'dbInstanceId',
    },
    { ...everyInstance, arguments: ['dbSecurityGroupId'], where: { dbSecurityGroupIds: '{named}' } },
    { ...everyInstance, arguments: ['parameterGroupId'], where: { parameterGroupId: '{named}' } },
    {
      arguments: ['notificationGroupId'],
      read: 'nhn_get_notification_group',
      with: { notificationGroupId: '{named}' },
      within: '',
      at: 'dbInstances[]',
      id: 'dbInstanceId',
      orNone: true,
    },
    {
      arguments: ['userGroupId'],
      each: { read: 'nhn_list_notification_groups', with: {}, at: 'notificationGroups[]' },
      read: 'nhn_get_notification_group',
      with: { notificationGroupId: '{notificationGroupId}' },
      within: '',
      at: 'dbInstances[]',
      where: { 'userGroups[].userGroupId': '{named}' },
      id: 'dbInstanceId',
      orNone: true,
    },
    {
      arguments: ['databaseId', 'dbUserId', 'hbaRuleId', 'extensionId', 'dbInstanceGroupExtensionId'],
      through: ['dbInstanceId', 'dbInstanceGroupId'],
    },
    { arguments: ['ruleId', 'ruleIds'], through: ['dbSecurityGroupId'] },
    { arguments: ['watchdogId'], through: ['notificationGroupId'] },
  ],
  uses: [
    'dbFlavorId',
    'parameterGroupId',
    'dbSecurityGroupIds',
    'userGroupIds',
    'network.subnetId',
    'tenantId',
    'memberIds',
    'databaseId',
    'databaseIds',
    'dbUserIds',
    'hbaRuleIds',
  ],
  lists: {
    nhn_list_db_instances: { at: 'dbInstances', name: 'dbInstanceName' },
    nhn_list_backups: { at: 'backups', id: 'dbInstanceId' },
    // The name that it bears is that of its source, which can be a backup of any instance.
    nhn_list_events: { at: 'events', id: 'sourceId' },
  },
};
