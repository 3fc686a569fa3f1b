import type { Effect, EffectFacts, StateValues } from '../../../src/define/index.js';
import { cluster, disksAt, maintenanceAt, opensWide, timeOf } from './_state.js';
import { backups, noSuchBackup } from './backups.js';

type Facts = Omit<EffectFacts, 'changes'> & { at: StateValues };

/** No moment before the first backup began can be restored. Undefined where its time is not known. */
function firstMoment({ at }: Facts): number | undefined {
  const times = at('backups.backup_start_at')?.map(timeOf) ?? [];
  return times.length === 0 || times.some(Number.isNaN) ? undefined : Math.min(...times);
}

/** What was not archived yet cannot be restored. Where it is not known how often it is, that is left out. */
function lastMoment({ at, now }: Facts): number {
  const [minutes] = at('now.init_config_option.backup_option.archive_frequency_minute') ?? [];
  return now - (Number(minutes ?? 0) || 0) * 60_000;
}

const wantedMoment = ({ args }: Facts): number => timeOf(args['backup_recovery_time']);

const textOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Each data disk has to be at least as large as the one of the source that it stands for, whichever that is. */
function areTooSmall({ args, at }: Facts): boolean {
  const given = ((args['block_storage_groups'] ?? []) as { role_type: string; size_gb: number }[])
    .filter(({ role_type }) => role_type === 'DATA')
    .map(({ size_gb }) => size_gb);
  const originals = (at('disks.size_gb') ?? []).map(Number).toSorted(ascending);
  return given.toSorted(ascending).some((size, index) => size < (originals[index] ?? 0));
}

const ascending = (one: number, other: number): number => one - other;

export const createRestoreCluster: Effect = {
  looks: {
    now: cluster,
    backups,
    disks: {
      ...cluster,
      at: 'instance_groups[].block_storage_groups[]',
      where: { role_type: 'DATA' },
      says: '{size_gb} GB',
    },
  },
  measures: {
    span: {
      label: 'times that can be restored',
      of: (facts) => {
        const first = firstMoment(facts);
        return first === undefined ? undefined : { from: textOf(first), to: textOf(lastMoment(facts)) };
      },
    },
  },
  creates: 'name',
  ordinary: {
    warning: 'The new cluster {name} is made of a backup of {now.name}, and billed from then on. {now.name} goes on.',
    undo: 'samsung_terminate_cluster ends it, with what is in it by then.',
  },
  prepares: {
    fills: {
      server_type_name: 'now.instance_groups.server_type_name',
      block_storage_groups: { derived: (at) => disksAt(at, ['OS', 'DATA', 'ARCHIVE', 'TEMP', 'BACKUP']) },
      allowable_ip_addresses: { list: 'now.allowable_ip_addresses' },
      maintenance_option: { derived: maintenanceAt },
    },
    reachableFrom: 'allowable_ip_addresses',
  },
  dangers: [opensWide],
  impossible: [
    {
      if: { not: { has: 'backups' } },
      because: '{now.name} has no backup to restore from.',
      instead: 'samsung_set_backup switches scheduled backups on.',
    },
    {
      if: { all: [{ given: 'backup_history_number' }, noSuchBackup] },
      because: '{now.name} has no backup {backup_history_number}.',
      instead: 'samsung_list_backup_histories shows which there are.',
    },
    {
      if: {
        all: [
          { given: 'backup_recovery_time' },
          {
            test: (facts) => {
              const first = firstMoment(facts);
              return first === undefined ? undefined : wantedMoment(facts) < first;
            },
          },
        ],
      },
      because: 'The first backup of {now.name} began at {span.from}, so no time before it can be restored.',
      instead: 'A time from {span.from} to {span.to} can be.',
    },
    {
      if: {
        all: [{ given: 'backup_recovery_time' }, { test: (facts) => wantedMoment(facts) > lastMoment(facts) }],
      },
      because: 'WAL is archived up to {span.to} at most, so no later time can be restored.',
      instead: 'A time from {span.from} to {span.to} can be.',
    },
    {
      if: { test: areTooSmall },
      because: 'A data disk is smaller than the one of {now.name}, whose data disks have {disks.said}.',
      instead: 'Data disks of at least that size can be restored to.',
    },
  ],
};
