import type { Effect } from '../../../src/define/index.js';
import { foreignParameters, groupsNamed, groupsNow, groupsThen, now, parameterGroup } from './_looks.js';

const restart = {
  risk: 'disruptive',
  undo: 'Set the old value again, which restarts it once more.',
} as const;

const flavors = {
  read: 'nhn_list_db_flavors',
  with: {},
  at: 'dbFlavors[]',
  ifGiven: 'dbFlavorId',
  says: '{dbFlavorName} ({vcpus} CPU, {ram} MB)',
} as const;

export const modifyDbInstance: Effect = {
  looks: {
    now,
    groupsNow,
    groupsThen,
    named: groupsNamed,
    parameters: parameterGroup,
    flavorNow: { ...flavors, where: { dbFlavorId: '{now.dbFlavorId}' } },
    flavorThen: { ...flavors, where: { dbFlavorId: '{dbFlavorId}' } },
  },
  renames: 'dbInstanceName',
  changes: {
    dbInstanceName: 'now.dbInstanceName',
    description: 'now.description',
    dbPort: 'now.dbPort',
    dbFlavorId: 'now.dbFlavorId',
    parameterGroupId: 'now.parameterGroupId',
    dbSecurityGroupIds: {
      list: 'now.dbSecurityGroupIds[]',
      admits: { before: 'groupsNow.cidr', after: 'groupsThen.cidr' },
    },
    executeBackup: { action: 'takes a backup' },
  },
  dangers: [
    {
      if: { changes: 'dbPort' },
      ...restart,
      warning: 'It listens on port {dbPort} from then on: it restarts, and clients that use port {now.dbPort} fail.',
    },
    {
      if: { changes: 'dbFlavorId' },
      ...restart,
      warning:
        'It moves from flavor {flavorNow.said} to {flavorThen.said} and restarts: connections are cut until it is ' +
        'back.',
    },
    {
      if: { changes: 'parameterGroupId' },
      ...restart,
      warning:
        'It takes the parameter group {parameters.parameterGroupName}, which restarts it where a value that differs ' +
        'needs that: connections are cut until it is back.',
    },
    {
      if: { admits: 'dbSecurityGroupIds' },
      risk: 'exposing',
      warning: 'Its security groups become {named.said}, which let in who could not reach it before.',
      undo: 'Set the old security groups again.',
    },
    {
      if: { any: [{ excludes: 'dbSecurityGroupIds' }, { empties: 'dbSecurityGroupIds' }] },
      risk: 'disruptive',
      warning:
        'Its security groups become {named.said}, which keep out who can reach it now; without any nobody gets in.',
      undo: 'Set the old security groups again.',
    },
  ],
  impossible: [foreignParameters(({ seen }) => seen['now']?.records[0]?.['dbVersion'])],
};

export const modifyStorageInfo: Effect = {
  looks: { now: { read: 'nhn_get_storage_info' } },
  changes: { storageSize: 'now.storageSize' },
  dangers: [
    {
      risk: 'disruptive',
      warning:
        'The disk ({now.storageType}) grows from {now.storageSize} to {storageSize} GB, and the instance restarts: ' +
        'connections are cut until it is back.',
      undo: 'None: a disk only grows. Less of it takes a new instance.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { falls: 'storageSize' },
      because: 'The disk has {now.storageSize} GB, and it only grows.',
      instead: 'More than that works; less takes a new instance.',
    },
  ],
};

export const modifyDeletionProtection: Effect = {
  looks: { now },
  changes: { useDeletionProtection: 'now.useDeletionProtection' },
  dangers: [
    {
      if: { becomes: { useDeletionProtection: false } },
      risk: 'destructive',
      warning: 'The provider no longer refuses to delete this instance and its data.',
      undo: 'Switch it on again, as long as the instance is there.',
    },
  ],
};

export const modifyNetworkInfo: Effect = {
  looks: { now: { read: 'nhn_get_network_info' } },
  changes: { usePublicAccess: 'now.subnet.publicAccessible' },
  dangers: [
    {
      if: { becomes: { usePublicAccess: true } },
      risk: 'exposing',
      warning: 'Anyone whom security groups and access rules let through can connect from the internet.',
      undo: 'Switch public access off again.',
    },
    {
      if: { becomes: { usePublicAccess: false } },
      risk: 'disruptive',
      warning: 'Clients on the internet lose the database.',
      undo: 'Switch public access on again.',
    },
  ],
};

export const modifyBackupInfo: Effect = {
  looks: { now: { read: 'nhn_get_backup_info' } },
  changes: {
    backupPeriod: 'now.backupPeriod',
    backupRetryCount: 'now.backupRetryCount',
    backupSchedules: { list: 'now.backupSchedules[]', says: '{backupWndBgnTime} for {backupWndDuration}' },
  },
  dangers: [
    {
      if: { becomes: { backupPeriod: 0 } },
      risk: 'destructive',
      warning: 'Automatic backups are deleted at once, and no more are made.',
      undo: 'None for deleted backups. The setting can be set back to {now.backupPeriod} days.',
      irreversible: true,
    },
    {
      if: { all: [{ falls: 'backupPeriod' }, { not: { becomes: { backupPeriod: 0 } } }] },
      risk: 'destructive',
      warning: 'Automatic backups older than {backupPeriod} days are deleted at once.',
      undo: 'None for deleted backups. The setting can be set back to {now.backupPeriod} days.',
      irreversible: true,
    },
    {
      if: { empties: 'backupSchedules' },
      risk: 'destructive',
      warning: 'No time is left at which automatic backups are made.',
      undo: 'Set the old windows again; backups that were not made meanwhile stay missing.',
    },
    {
      if: { becomes: { backupRetryCount: 0 } },
      risk: 'destructive',
      warning: 'An automatic backup that fails is not tried again.',
      undo: 'Set the old number of retries again.',
    },
  ],
};

export const modifyMaintenanceInfo: Effect = {
  looks: { now: { read: 'nhn_get_maintenance_info' } },
  changes: {
    allowAutoMaintenance: 'now.allowAutoMaintenance',
    useAutoStorageCleanup: 'now.useAutoStorageCleanup',
    maintWndBgnTime: 'now.maintWndBgnTime',
    maintWndDuration: 'now.maintWndDuration',
    logRetentionPeriod: 'now.logRetentionPeriod',
  },
  dangers: [
    {
      if: { falls: 'logRetentionPeriod' },
      risk: 'destructive',
      warning: 'Logs older than {logRetentionPeriod} days can be removed.',
      undo: 'None for removed logs. The setting can be set back to {now.logRetentionPeriod} days.',
      irreversible: true,
    },
    {
      if: { becomes: { useAutoStorageCleanup: true } },
      risk: 'destructive',
      warning: 'Expired logs, and archived WAL that no restore needs, are removed from then on.',
      undo: 'None for what was removed. The clean-up can be switched off again.',
      irreversible: true,
    },
    {
      if: { becomes: { allowAutoMaintenance: true } },
      risk: 'disruptive',
      warning: 'The provider may interrupt the service within the maintenance window.',
      undo: 'Switch automatic maintenance off again.',
    },
    {
      if: { any: [{ changes: 'maintWndBgnTime' }, { changes: 'maintWndDuration' }] },
      risk: 'disruptive',
      warning: 'The provider may interrupt the service at another time than now.',
      undo: 'Set the old window again.',
    },
  ],
};

/** Parameters of the group whose value is not the default. The service does not tell which of them wait. */
const parameters = {
  read: 'nhn_get_parameter_group',
  with: { parameterGroupId: '{now.parameterGroupId}' },
  at: 'parameters[]',
  differ: ['value', 'defaultValue'],
  says: '{parameterName}',
} as const;

export const applyParameterGroup: Effect = {
  looks: {
    now,
    group: { read: 'nhn_get_parameter_group', with: { parameterGroupId: '{now.parameterGroupId}' } },
    restarting: { ...parameters, where: { applyType: 'FILE' } },
  },
  dangers: [
    {
      risk: 'disruptive',
      warning:
        'The values of {group.parameterGroupName} that wait go live, and if one of them needs it, the instance ' +
        'restarts: connections are cut until it is back. Of those that are not the default, these need it: ' +
        '{restarting.said}.',
      undo: 'Set the old values with nhn_modify_parameters and apply again, which can restart it once more.',
    },
  ],
};
