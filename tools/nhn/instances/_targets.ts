import { type NameList, type PlanRead, type Target, uuidForm } from '../../../src/define/index.js';

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

const instanceNames: NameList = {
  read: 'nhn_list_db_instances',
  with: {},
  at: 'dbInstances[]',
  id: 'dbInstanceId',
  name: 'dbInstanceName',
  tells: ['dbInstanceType', 'dbInstanceStatus', 'dbVersion', 'createdYmdt'],
};

const extensionNames: NameList = {
  read: 'nhn_list_extensions',
  with: { dbInstanceGroupId: '{dbInstanceGroupId}' },
  at: 'extensions[]',
  id: 'extensionId',
  name: 'extensionName',
  tells: ['extensionStatus'],
};

const databaseNames: NameList = {
  read: 'nhn_list_databases',
  with: { dbInstanceId: '{dbInstanceId}' },
  at: 'databases[]',
  id: 'databaseId',
  name: 'databaseName',
  tells: ['databaseStatus', 'createdYmdt'],
};

/** Calls about a group name no instance. Its databases are those of the instance that writes. */
const databaseNamesInGroup: NameList = {
  ...databaseNames,
  each: {
    read: 'nhn_list_db_instances',
    with: {},
    at: 'dbInstances[]',
    where: { dbInstanceGroupId: '{dbInstanceGroupId}', dbInstanceType: 'MASTER' },
  },
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
    // A group has no name of its own, so it is known by those of its instances.
    named: { form: uuidForm, lists: [{ ...instanceNames, id: 'dbInstanceGroupId', instance: 'dbInstanceId' }] },
  },
  {
    argument: 'extensionId',
    label: 'extension',
    read: 'nhn_list_extensions',
    at: 'extensions[]',
    where: { extensionId: '{extensionId}' },
    name: 'extensionName',
    shows: ['extensionStatus'],
    named: { form: uuidForm, lists: [extensionNames] },
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
    named: {
      form: uuidForm,
      lists: [
        {
          ...extensionNames,
          within: 'extensions[]',
          at: 'databases[]',
          id: 'dbInstanceGroupExtensionId',
          tells: ['databaseName', 'reservedAction'],
        },
      ],
    },
  },
  {
    argument: 'dbInstanceId',
    label: 'DB instance',
    read: 'nhn_get_db_instance',
    listedBy: 'nhn_list_db_instances',
    name: 'dbInstanceName',
    shows: ['dbInstanceType', 'dbInstanceStatus', 'progressStatus', 'dbVersion', 'useDeletionProtection'],
    also: [otherMembers, newestBackup],
    named: { also: ['dbInstanceIds[]', 'sourceId'], form: uuidForm, lists: [instanceNames] },
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
    named: {
      also: ['restore.backupId'],
      form: uuidForm,
      lists: [
        {
          read: 'nhn_list_backups',
          with: { size: 100 },
          pageBy: 'page',
          totalAt: 'totalCounts',
          at: 'backups[]',
          id: 'backupId',
          name: 'backupName',
          tells: ['backupType', 'backupStatus', 'completedYmdt'],
        },
      ],
    },
  },
  {
    argument: 'databaseId',
    label: 'database',
    read: 'nhn_list_databases',
    at: 'databases[]',
    where: { databaseId: '{databaseId}' },
    name: 'databaseName',
    shows: ['databaseStatus', 'createdYmdt'],
    named: { also: ['databaseIds[]'], form: uuidForm, lists: [databaseNames, databaseNamesInGroup] },
  },
];
