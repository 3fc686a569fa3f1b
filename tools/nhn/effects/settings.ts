import type { Effect } from '../../../src/define/index.js';

/** The rules for traffic to an instance: those of the groups that it has, and those of the groups that it gets. */
const ruleLooks = {
  now: { read: 'nhn_get_db_instance' },
  groupsNow: {
    each: {
      read: 'nhn_list_db_security_groups',
      with: {},
      at: 'dbSecurityGroups[]',
      where: { dbSecurityGroupId: '{now.dbSecurityGroupIds}' },
    },
    read: 'nhn_get_db_security_group',
    with: { dbSecurityGroupId: '{dbSecurityGroupId}' },
    at: ['dbSecurityGroup.rules[]', 'rules[]'],
    where: { direction: 'INGRESS' },
  },
  groupsThen: {
    each: {
      read: 'nhn_list_db_security_groups',
      with: {},
      at: 'dbSecurityGroups[]',
      where: { dbSecurityGroupId: '{dbSecurityGroupIds}' },
    },
    read: 'nhn_get_db_security_group',
    with: { dbSecurityGroupId: '{dbSecurityGroupId}' },
    at: ['dbSecurityGroup.rules[]', 'rules[]'],
    where: { direction: 'INGRESS' },
  },
} as const;

const restart = {
  risk: 'disruptive',
  undo: 'Set the old value again, which restarts it once more.',
} as const;

export const modifyDbInstance: Effect = {
  looks: ruleLooks,
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
      warning: 'It moves to another flavor and restarts: connections are cut until it is back.',
    },
    {
      if: { changes: 'parameterGroupId' },
      ...restart,
      warning: 'It takes another parameter group, which can restart it: connections are cut until it is back.',
    },
    {
      if: { admits: 'dbSecurityGroupIds' },
      risk: 'exposing',
      warning: 'The new security groups let in addresses that could not reach it before.',
      undo: 'Set the old security groups again.',
    },
    {
      if: { any: [{ excludes: 'dbSecurityGroupIds' }, { empties: 'dbSecurityGroupIds' }] },
      risk: 'disruptive',
      warning: 'The new security groups keep out addresses that can reach it now; without any group nobody gets in.',
      undo: 'Set the old security groups again.',
    },
  ],
};

export const modifyDeletionProtection: Effect = {
  looks: { now: { read: 'nhn_get_db_instance' } },
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
    backupSchedules: { list: 'now.backupSchedules[]' },
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
