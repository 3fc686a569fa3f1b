import type { Effect, EffectCondition } from '../../../src/define/index.js';
import { cluster } from './_state.js';

const config = { read: 'samsung_get_archive_config' } as const;

const staysOn: EffectCondition = {
  all: [{ when: { archive_enabled: true } }, { is: { 'now.archive_enabled': true } }],
};

export const setArchiveConfig: Effect = {
  looks: { now: config },
  changes: {
    archive_enabled: 'now.archive_enabled',
    retention_period_day: { value: 'now.retention_period_day', whole: true },
  },
  dangers: [
    {
      if: { becomes: { archive_enabled: false } },
      risk: 'destructive',
      warning: 'WAL is no longer archived, so that no later moment can be restored.',
      undo: 'Switch archiving on again; WAL that was not archived stays missing.',
      irreversible: true,
    },
    {
      if: { all: [{ given: 'retention_period_day' }, { falls: 'retention_period_day' }] },
      risk: 'destructive',
      warning:
        'Archived WAL older than {retention_period_day} days can go; now it is kept ' +
        '{now.retention_period_day} days.',
      undo: 'None for WAL that went. The setting can be set back to {now.retention_period_day} days.',
      irreversible: true,
    },
    {
      if: { all: [{ not: { given: 'retention_period_day' } }, staysOn] },
      risk: 'destructive',
      warning:
        'Without retention_period_day the service chooses how long it keeps archived WAL, now ' +
        '{now.retention_period_day} days; what it chooses is not documented.',
      undo: 'None for WAL that went. The setting can be set back to {now.retention_period_day} days.',
      irreversible: true,
    },
  ],
};

const option = 'cluster.init_config_option.backup_option';

/** The service has two records of the archive: its own, and that of the backup settings. */
const differ: EffectCondition = {
  test: ({ at }) => {
    const [isOn] = at('now.archive_enabled') ?? [];
    const [days] = at('now.retention_period_day') ?? [];
    const [settings] = at(option) ?? [];
    const [wanted] = at(`${option}.retention_period_day`) ?? [];
    if (isOn === undefined || settings === undefined) return undefined;
    if (settings === null || isOn === false) return (settings === null) === isOn;
    return days === undefined || wanted === undefined ? undefined : Number(days) !== Number(wanted);
  },
};

export const syncArchiveConfig: Effect = {
  looks: { now: config, cluster },
  dangers: [
    {
      if: differ,
      risk: 'disruptive',
      warning:
        'The recorded archive settings (archiving {now.archive_enabled}, {now.retention_period_day} days) are not ' +
        `those of the backups ({${option}.retention_period_day} days), and which of them holds afterwards is not ` +
        'documented.',
      undo: 'Set the archive with samsung_set_archive_config again.',
    },
  ],
};
