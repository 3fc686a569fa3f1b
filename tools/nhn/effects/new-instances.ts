import type { Effect, EffectFacts, Impossibility, PossibleDanger, Preparation } from '../../../src/define/index.js';
import {
  backup,
  foreignParameters,
  groupsNamed,
  groupsThen,
  incomplete,
  inGroup,
  now,
  parameterGroup,
} from './_looks.js';

/** What lets somebody in to a new instance. */
const exposing: readonly PossibleDanger[] = [
  {
    if: { when: { 'network.usePublicAccess': true } },
    risk: 'exposing',
    warning:
      'The new instance {dbInstanceName} can be reached from the internet, as far as its security groups and access ' +
      'rules allow.',
    undo: 'Turn public access off again with nhn_modify_network_info.',
  },
  {
    if: { opensWide: 'groups.cidr' },
    risk: 'exposing',
    warning: 'The security groups of the new instance {dbInstanceName} ({named.said}) let in {groups.said}.',
    undo: 'Give it other security groups with nhn_modify_db_instance.',
  },
];

const ordinary = {
  warning: 'The new instance {dbInstanceName} is made, and billed from then on.',
  undo: 'nhn_delete_db_instance deletes it, with what is in it by then.',
} as const;

const access = 'an access rule (nhn_create_hba_rule, nhn_apply_hba_rules)';

/** Of the two locks that keep everybody out of a new instance, the first that is missing. */
const noGroupLetsIn = {
  if: { not: { has: 'groups' } },
  say:
    'Nobody gets in yet: no security group that it has lets anybody in. Next is a rule of one ' +
    '(nhn_create_db_security_group_rule, and nhn_modify_db_instance to attach the group), and after that ' +
    `${access}. fleet_check with topic exposure says what is missing then.`,
} as const;

const noAccessRule = {
  if: { has: 'groups' },
  say:
    `Nobody gets in yet: its security groups let in {groups.said}, and what is missing is ${access} for the same ` +
    'addresses. fleet_check with topic exposure says whether both let in the same.',
} as const;

const looks = { groups: groupsThen, named: groupsNamed, parameters: parameterGroup };

const settingsOf = { with: { dbInstanceId: '{dbInstanceId}' } } as const;

/** Revisions of the guide call the endpoint of the internet one or the other. */
const publicEndpoints: readonly unknown[] = ['EXTERNAL', 'PUBLIC'];

/** A new instance like the one that is there. Who is told of alarms is not taken over. */
const asTheSource: Preparation = {
  looks: {
    network: { ...settingsOf, read: 'nhn_get_network_info' },
    disk: { ...settingsOf, read: 'nhn_get_storage_info' },
    backups: { ...settingsOf, read: 'nhn_get_backup_info' },
  },
  fills: {
    dbVersion: 'instance.dbVersion',
    dbFlavorId: 'instance.dbFlavorId',
    dbPort: 'instance.dbPort',
    parameterGroupId: 'instance.parameterGroupId',
    dbSecurityGroupIds: { list: 'instance.dbSecurityGroupIds' },
    useDeletionProtection: 'instance.useDeletionProtection',
    'network.subnetId': 'network.subnet.subnetId',
    'network.usePublicAccess': {
      derived: (at) => at('network.endPoints[].endPointType')?.some((type) => publicEndpoints.includes(type)),
    },
    'network.availabilityZone': 'network.availabilityZone',
    'storage.storageType': 'disk.storageType',
    'storage.storageSize': 'disk.storageSize',
    'backup.backupPeriod': 'backups.backupPeriod',
    'backup.backupRetryCount': 'backups.backupRetryCount',
    'backup.backupSchedules': { list: 'backups.backupSchedules' },
  },
  reachableFrom: 'groups.cidr',
};

export const createDbInstance: Effect = {
  looks,
  prepares: asTheSource,
  creates: 'dbInstanceName',
  ordinary,
  dangers: exposing,
  next: [noGroupLetsIn, noAccessRule],
  impossible: [foreignParameters(({ args }) => args['dbVersion'])],
};

/** More read replicas than this a primary cannot have. */
const mostReplicas = 5;

export const replicateDbInstance: Effect = {
  looks: { ...looks, now, replicas: inGroup({ dbInstanceType: 'READ_ONLY_SLAVE' }) },
  prepares: asTheSource,
  creates: 'dbInstanceName',
  ordinary,
  dangers: exposing,
  impossible: [
    {
      if: { is: { 'now.dbInstanceType': 'READ_ONLY_SLAVE' } },
      because: '{now.dbInstanceName} is a read replica itself, of which there can be none.',
      instead: 'The primary of its group can have another one.',
    },
    {
      if: { test: ({ seen: { replicas } }) => replicas && replicas.records.length >= mostReplicas },
      because: `{now.dbInstanceName} has ${mostReplicas} read replicas already, which is the most.`,
      instead: 'One of them has to be deleted or promoted first: {replicas.said}.',
    },
    foreignParameters(({ seen }) => seen['now']?.records[0]?.['dbVersion']),
  ],
};

/** Whether the wanted time is out of the span that the source can be restored to. */
function isOutside({ args, seen }: EffectFacts): boolean | undefined {
  const { restoreType, restoreYmdt } = args['restore'] as Readonly<Record<string, unknown>>;
  if (restoreType !== 'TIMESTAMP') return false;
  const span = seen['span']?.records[0];
  const [oldest, wanted, latest] = [span?.['oldestRestorableYmdt'], restoreYmdt, span?.['latestRestorableYmdt']].map(
    (time) => Date.parse(String(time)),
  );
  if (![oldest, wanted, latest].every(Number.isFinite)) return undefined;
  return Number(wanted) < Number(oldest) || Number(wanted) > Number(latest);
}

const restorable: Impossibility = {
  if: {
    all: [
      { when: { 'restore.restoreType': 'BACKUP' } },
      { not: { isAmong: { 'restore.backupId': 'usable.backupId' } } },
    ],
  },
  because: '{now.dbInstanceName} cannot be restored from the backup {restore.backupId}.',
  instead: 'nhn_get_restoration_info lists the backups that it can be restored from.',
};

export const restoreDbInstance: Effect = {
  looks: {
    ...looks,
    now,
    span: { read: 'nhn_get_restoration_info' },
    usable: {
      read: 'nhn_get_restoration_info',
      at: ['restorableBackups[].backup', 'restorableBackups[]'],
      ifGiven: 'restore.backupId',
    },
  },
  prepares: asTheSource,
  creates: 'dbInstanceName',
  ordinary,
  dangers: exposing,
  // Access rules come with what is restored.
  next: [noGroupLetsIn],
  impossible: [
    {
      if: { test: isOutside },
      because: '{now.dbInstanceName} cannot be restored to {restore.restoreYmdt}.',
      instead: 'It can be restored to a time from {span.oldestRestorableYmdt} to {span.latestRestorableYmdt}.',
    },
    restorable,
    foreignParameters(({ seen }) => seen['now']?.records[0]?.['dbVersion']),
  ],
};

export const restoreBackup: Effect = {
  looks: { ...looks, backup },
  prepares: asTheSource,
  creates: 'dbInstanceName',
  ordinary,
  dangers: exposing,
  // Access rules come with what is restored.
  next: [noGroupLetsIn],
  impossible: [incomplete, foreignParameters(({ seen }) => seen['backup']?.records[0]?.['dbVersion'])],
};
