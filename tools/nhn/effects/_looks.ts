import type { EffectCondition, EffectFacts, Impossibility, StateLook } from '../../../src/define/index.js';

/** The instance that `dbInstanceId` names. */
export const now = { read: 'nhn_get_db_instance' } as const satisfies StateLook;

/** Instances of the same group, by what else they have to be. `now` has to be a look of the same effect. */
export const inGroup = (where: NonNullable<StateLook['where']> = {}): StateLook => ({
  read: 'nhn_list_db_instances',
  with: {},
  at: 'dbInstances[]',
  where: { dbInstanceGroupId: '{now.dbInstanceGroupId}', ...where },
  says: '{dbInstanceName}',
});

/** No instance of the group is like that. Nobody can tell where the answer does not name the group. */
export const noneInGroup = (look: string): EffectCondition => ({
  all: [{ has: 'now.dbInstanceGroupId' }, { not: { has: look } }],
});

/** What the rules of security groups let in, by where their ids are. */
const letIn = (ids: string): StateLook => ({
  each: {
    read: 'nhn_list_db_security_groups',
    with: {},
    at: 'dbSecurityGroups[]',
    where: { dbSecurityGroupId: ids },
  },
  read: 'nhn_get_db_security_group',
  with: { dbSecurityGroupId: '{dbSecurityGroupId}' },
  at: ['dbSecurityGroup.rules[]', 'rules[]'],
  where: { direction: 'INGRESS' },
  ifGiven: 'dbSecurityGroupIds',
  says: '{cidr}',
});

export const groupsNow = letIn('{now.dbSecurityGroupIds}');
export const groupsThen = letIn('{dbSecurityGroupIds}');

/** The security groups themselves, by name. */
export const groupsNamed: StateLook = {
  read: 'nhn_list_db_security_groups',
  with: {},
  at: 'dbSecurityGroups[]',
  where: { dbSecurityGroupId: '{dbSecurityGroupIds}' },
  ifGiven: 'dbSecurityGroupIds',
  says: '{dbSecurityGroupName}',
};

/** The parameter group that the call gives. */
export const parameterGroup: StateLook = {
  read: 'nhn_get_parameter_group',
  with: { parameterGroupId: '{parameterGroupId}' },
  ifGiven: 'parameterGroupId',
};

/** Revisions of the guide write a version as `V146` and as `V14_6`. */
const plain = (version: unknown): string | undefined =>
  typeof version === 'string' ? version.replaceAll('_', '') : undefined;

/** A parameter group is for one version of the engine. */
export const foreignParameters = (versionOf: (facts: EffectFacts) => unknown): Impossibility => ({
  if: {
    test: (facts) => {
      const wanted = plain(versionOf(facts));
      const made = plain(facts.seen['parameters']?.records[0]?.['dbVersion']);
      return wanted === undefined || made === undefined ? undefined : wanted !== made;
    },
  },
  because: 'The parameter group {parameters.parameterGroupName} is for another version ({parameters.dbVersion}).',
  instead: 'nhn_list_parameter_groups with the version of the engine shows those that fit.',
});

/** The backup that `backupId` names. */
export const backup: StateLook = {
  read: 'nhn_list_backups',
  with: { page: 1, size: 100 },
  pageBy: 'page',
  at: 'backups[]',
  where: { backupId: '{backupId}' },
};

export const incomplete: Impossibility = {
  if: { is: { 'backup.backupStatus': ['BACKING_UP', 'DELETING', 'DELETED', 'ERROR'] } },
  because: 'The backup {backup.backupName} is not complete ({backup.backupStatus}).',
  instead: 'nhn_list_backups shows those that are COMPLETED.',
};

export const completedBackups = {
  read: 'nhn_list_backups',
  at: 'backups[]',
  newestBy: 'completedYmdt',
  says: '{backupName} of {completedYmdt}',
} as const;
