import { type PlanRead, type Target, uuidForm } from '../../../src/define/index.js';

const newestBackup: PlanRead = {
  label: 'newest backup',
  read: 'nhn_list_backups',
  with: { page: 1, size: 100, dbInstanceId: '{dbInstanceId}' },
  at: 'backups[]',
  where: { backupStatus: 'COMPLETED' },
  newestBy: 'completedYmdt',
  shows: ['backupName', 'backupType', 'completedYmdt'],
};

const otherBackup: PlanRead = {
  ...newestBackup,
  label: 'newest other backup of the instance',
  whereNot: { backupId: '{backupId}' },
};

const members: PlanRead = {
  label: 'DB instances of the group',
  read: 'nhn_list_db_instances',
  at: 'dbInstances[]',
  where: { dbInstanceGroupId: '{dbInstanceGroupId}' },
  shows: ['dbInstanceName', 'dbInstanceType', 'dbInstanceStatus'],
};

const otherMembers: PlanRead = {
  ...members,
  label: 'DB instances in the same group',
  whereNot: { dbInstanceId: '{dbInstanceId}' },
};

const installedIn: PlanRead = {
  label: 'where it is installed',
  read: 'nhn_list_extensions',
  with: { dbInstanceGroupId: '{dbInstanceGroupId}' },
  at: 'extensions[].databases[]',
  where: { dbInstanceGroupExtensionId: '{dbInstanceGroupExtensionId}' },
  shows: ['databaseName', 'dbInstanceGroupExtensionStatus', 'reservedAction'],
};

/** Instances and what is theirs, by the argument that names it; of several in one call the last is what is lost. */
export const instanceTargets: readonly Target[] = [
  {
    argument: 'dbInstanceGroupId',
    label: 'DB instance group',
    read: 'nhn_get_db_instance_group',
    listedBy: 'nhn_list_db_instance_groups',
    name: 'dbInstanceGroupId',
    shows: ['replicationType', 'dbInstanceGroupStatus'],
    also: [members],
  },
  {
    argument: 'extensionId',
    label: 'extension',
    read: 'nhn_list_extensions',
    at: 'extensions[]',
    where: { extensionId: '{extensionId}' },
    name: 'extensionName',
    shows: ['extensionStatus'],
  },
  {
    argument: 'dbInstanceGroupExtensionId',
    label: 'extension',
    read: 'nhn_list_extensions',
    at: 'extensions[]',
    where: { 'databases[].dbInstanceGroupExtensionId': '{dbInstanceGroupExtensionId}' },
    name: 'extensionName',
    shows: ['extensionStatus'],
    also: [installedIn],
  },
  {
    argument: 'dbInstanceId',
    label: 'DB instance',
    read: 'nhn_get_db_instance',
    listedBy: 'nhn_list_db_instances',
    name: 'dbInstanceName',
    shows: ['dbInstanceType', 'dbInstanceStatus', 'progressStatus', 'dbVersion', 'useDeletionProtection'],
    also: [otherMembers, newestBackup],
    named: {
      also: ['dbInstanceIds[]', 'sourceId'],
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_db_instances',
          with: {},
          at: 'dbInstances[]',
          id: 'dbInstanceId',
          name: 'dbInstanceName',
          tells: ['dbInstanceType', 'dbInstanceStatus', 'dbVersion', 'createdYmdt'],
        },
      ],
    },
  },
  {
    argument: 'backupId',
    label: 'backup',
    read: 'nhn_list_backups',
    with: { page: 1, size: 100 },
    pageBy: 'page',
    at: 'backups[]',
    where: { backupId: '{backupId}' },
    name: 'backupName',
    shows: ['backupType', 'backupStatus', 'dbVersion', 'completedYmdt'],
    also: [otherBackup],
  },
  {
    argument: 'databaseId',
    label: 'database',
    read: 'nhn_list_databases',
    at: 'databases[]',
    where: { databaseId: '{databaseId}' },
    name: 'databaseName',
    shows: ['databaseStatus', 'createdYmdt'],
  },
];
