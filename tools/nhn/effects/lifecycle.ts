import type { Effect, EffectFacts, Impossibility } from '../../../src/define/index.js';
import { completedBackups, inGroup, noneInGroup, now } from './_looks.js';

const page = { page: 1, size: 100 };
const completed = { backupStatus: 'COMPLETED' };

const stopped: Impossibility = {
  if: { is: { 'now.dbInstanceStatus': 'SHUTDOWN' } },
  because: '{now.dbInstanceName} is stopped.',
  instead: 'nhn_start_db_instance starts it.',
};

/** Whether the newest backup that goes with the instance is newer than all that stay in its group. */
function isLastBackup({ seen: { automatic, elsewhere } }: EffectFacts): boolean | undefined {
  if (!automatic || !elsewhere || automatic.unread !== undefined) return undefined;
  const [goes] = automatic.records.map(timeOf);
  if (goes === undefined) return false;
  return elsewhere.unread === undefined ? elsewhere.records.every((record) => timeOf(record) < goes) : undefined;
}

const timeOf = (record: Readonly<Record<string, unknown>>): number => Date.parse(String(record['completedYmdt']));

export const deleteDbInstance: Effect = {
  looks: {
    now,
    primary: inGroup({ dbInstanceType: 'MASTER' }),
    // Only with a primary does the rest of its group go.
    gone: {
      ...inGroup(),
      each: { read: 'nhn_get_db_instance', at: '', where: { dbInstanceType: 'MASTER' } },
      where: { dbInstanceGroupId: '{dbInstanceGroupId}' },
      whereNot: { dbInstanceId: '{call.dbInstanceId}' },
    },
    manual: {
      ...completedBackups,
      with: { ...page, backupType: 'MANUAL', dbInstanceId: '{dbInstanceId}' },
      where: completed,
    },
    automatic: {
      ...completedBackups,
      with: { ...page, backupType: 'AUTO', dbInstanceId: '{dbInstanceId}' },
      where: completed,
    },
    elsewhere: {
      ...completedBackups,
      each: {
        read: 'nhn_list_db_instances',
        with: {},
        at: 'dbInstances[]',
        where: { dbInstanceGroupId: '{now.dbInstanceGroupId}' },
      },
      with: { ...page, dbInstanceId: '{dbInstanceId}' },
      where: completed,
      whereNot: { dbInstanceId: '{call.dbInstanceId}' },
    },
  },
  concerns: 'gone',
  dangers: [
    {
      risk: 'destructive',
      warning:
        '{now.dbInstanceName}, its data and its automatic backups (newest: {automatic.said}) are gone, and every ' +
        'client loses its database.',
      undo: 'None. Manual backups stay and can be restored to a new instance; the newest is: {manual.said}.',
      irreversible: true,
    },
    {
      if: { has: 'gone' },
      risk: 'destructive',
      warning: 'Since it is a primary, these go with it, with their data and automatic backups: {gone.said}.',
      undo: 'nhn_promote_db_instance keeps a read replica as an instance of its own, if it comes first.',
      irreversible: true,
    },
    {
      if: { all: [{ not: { is: { 'now.dbInstanceType': 'MASTER' } } }, { test: isLastBackup }] },
      risk: 'destructive',
      warning:
        'The backups that go with it are the newest of {primary.dbInstanceName}. Newest of the rest of its group: ' +
        '{elsewhere.said}.',
      undo: 'nhn_backup_db_instance backs up {primary.dbInstanceName}, if it comes first.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { is: { 'now.useDeletionProtection': true } },
      because: '{now.dbInstanceName} is protected against deletion.',
      instead: 'nhn_modify_deletion_protection switches the protection off, which is a decision of its own.',
    },
  ],
};

export const restartDbInstance: Effect = {
  looks: {
    now,
    standby: { ...inGroup({ dbInstanceType: 'CANDIDATE_MASTER' }), ifGiven: 'useOnlineFailover' },
  },
  concerns: 'standby',
  dangers: [
    {
      risk: 'disruptive',
      warning:
        'All connections to {now.dbInstanceName} are cut and open transactions roll back; new ones are accepted when ' +
        'an engine is up again.',
      undo: 'None needed: it comes back by itself.',
    },
    {
      if: { when: { useOnlineFailover: true } },
      risk: 'disruptive',
      warning: '{standby.said} takes over and is the primary from then on, and {now.dbInstanceName} is the standby.',
      undo: 'Restarting the new primary in the same way swaps the roles back.',
    },
  ],
  impossible: [
    stopped,
    {
      if: { all: [{ when: { useOnlineFailover: true } }, noneInGroup('standby')] },
      because: '{now.dbInstanceName} has no standby to fail over to.',
      instead: 'Without useOnlineFailover it restarts in place.',
    },
  ],
};

export const forceRestartDbInstance: Effect = { looks: { now }, impossible: [stopped] };

export const startDbInstance: Effect = {
  looks: { now },
  ordinary: { warning: '{now.dbInstanceName} starts and takes connections.', undo: 'nhn_stop_db_instance stops it.' },
  impossible: [
    {
      if: { is: { 'now.dbInstanceStatus': ['AVAILABLE', 'REPLICATION_DELAY'] } },
      because: '{now.dbInstanceName} runs already ({now.dbInstanceStatus}).',
      instead: 'nhn_restart_db_instance restarts it.',
    },
  ],
};

export const stopDbInstance: Effect = { looks: { now }, impossible: [stopped] };

export const promoteDbInstance: Effect = {
  looks: { now, primary: inGroup({ dbInstanceType: 'MASTER' }) },
  concerns: 'primary',
  dangers: [
    {
      risk: 'destructive',
      warning:
        '{now.dbInstanceName} leaves {primary.dbInstanceName} for good and takes writes itself: later changes there ' +
        'no longer reach it.',
      undo: 'None: it cannot be attached again. nhn_replicate_db_instance adds another replica.',
      irreversible: true,
    },
    {
      if: { not: { is: { 'primary.dbInstanceStatus': ['SHUTDOWN', 'FAILOVER', 'FAIL_TO_CONNECT'] } } },
      risk: 'destructive',
      warning:
        '{primary.dbInstanceName} still runs ({primary.dbInstanceStatus}), so that both take writes from then on and ' +
        'their data parts.',
      undo: 'Keep clients off one of them; nobody can join what was written to both.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { is: { 'now.dbInstanceType': ['MASTER', 'FAILED_MASTER', 'CANDIDATE_MASTER'] } },
      because: '{now.dbInstanceName} is no read replica but a {now.dbInstanceType}.',
      instead: 'nhn_list_db_instances shows the read replicas as READ_ONLY_SLAVE.',
    },
    stopped,
    {
      if: { is: { 'primary.dbInstanceStatus': ['SHUTDOWN', 'FAILOVER', 'FAIL_TO_CONNECT'] } },
      because: 'Its primary {primary.dbInstanceName} is not healthy ({primary.dbInstanceStatus}).',
      instead: 'It has to run before the replica can catch up and be promoted.',
    },
  ],
};
