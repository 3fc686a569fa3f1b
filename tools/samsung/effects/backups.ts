import type { Effect, EffectCondition } from '../../../src/define/index.js';
import { cluster, isNowhere } from './_state.js';

const option = 'now.init_config_option.backup_option';

/** Whether scheduled backups are on. Where the answer says nothing of them, it is not known. */
const areOn: EffectCondition = {
  test: ({ at }) => {
    const found = at(option);
    if (found === undefined || found.length === 0) return undefined;
    return found.some((each) => each !== null && Object.values(each as object).some((value) => value !== null));
  },
};

export const setBackup: Effect = {
  looks: { now: cluster },
  changes: {
    archive_frequency_minute: `${option}.archive_frequency_minute`,
    retention_period_day: `${option}.retention_period_day`,
    starting_time_hour: `${option}.starting_time_hour`,
  },
  dangers: [
    {
      if: { all: [areOn, { falls: 'retention_period_day' }] },
      risk: 'destructive',
      warning:
        'Backups older than {retention_period_day} days can expire; now they are kept ' +
        `{${option}.retention_period_day} days.`,
      undo: `None for backups that expired. The setting can be set back to {${option}.retention_period_day} days.`,
      irreversible: true,
    },
    {
      if: { all: [areOn, { rises: 'archive_frequency_minute' }] },
      risk: 'destructive',
      warning:
        'WAL is archived only every {archive_frequency_minute} minutes, so that as many minutes of changes can be ' +
        `missing after a loss; now it is every {${option}.archive_frequency_minute} minutes.`,
      undo: `Set it back to {${option}.archive_frequency_minute} minutes.`,
    },
  ],
};

export const unsetBackup: Effect = {
  looks: { now: cluster },
  changes: Object.fromEntries(
    ['archive_frequency_minute', 'retention_period_day', 'starting_time_hour'].map((name) => [
      name,
      { value: `${option}.${name}`, becomes: null },
    ]),
  ),
};

/** Backups of one cluster are few: none is kept for more than 35 days. */
export const backups = {
  read: 'samsung_list_backup_histories',
  with: { cluster_id: '{cluster_id}', limit: 100 },
  at: 'contents[]',
} as const;

export const noSuchBackup: EffectCondition = isNowhere('backups.backup_history_number', 'backup_history_number');

/** Whether no backup stays. Where an answer lacks their numbers, it is not known. */
const areAll: EffectCondition = {
  test: ({ args, at }) => {
    const numbers = at('backups.backup_history_number');
    if (numbers === undefined || numbers.includes('')) return undefined;
    return numbers.every((number) => [args['backup_history_number']].flat().includes(number));
  },
};

const inWords = '{backup_history_number} of {backup_end_at}';

export const removeBackupHistories: Effect = {
  looks: {
    backups,
    chosen: { ...backups, where: { backup_history_number: '{backup_history_number}' }, says: inWords },
    staying: {
      ...backups,
      whereNot: { backup_history_number: '{backup_history_number}' },
      newestBy: 'backup_end_at',
      says: inWords,
    },
  },
  dangers: [
    {
      risk: 'destructive',
      warning: 'These backups are deleted, and with them the way back to their moments: {chosen.said}.',
      undo: 'None. The newest backup that stays is: {staying.said}.',
      irreversible: true,
    },
    {
      if: areAll,
      risk: 'destructive',
      warning: 'These are all backups of the cluster, as far as is known, so that it cannot be restored at all.',
      undo: 'samsung_set_backup makes new ones, of the time from then on.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: noSuchBackup,
      because: 'Not all of these are backups of the cluster: {backup_history_number[]}.',
      instead: 'samsung_list_backup_histories shows which there are.',
    },
  ],
};
