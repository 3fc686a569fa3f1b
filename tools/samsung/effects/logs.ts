import type { ChangeRule, Effect, Impossibility, PossibleDanger, StateLook } from '../../../src/define/index.js';

const now: StateLook = {
  read: 'samsung_list_log_export_configs',
  at: 'contents[]',
  where: { log_type: '{log_type}' },
};

const keys: ChangeRule = { unreadable: 'keys are never shown' };

const removesLogs = {
  risk: 'exposing',
  warning: 'The service removes the log from the server once it is exported.',
  undo: 'Leave delete_on_export off from then on; logs that were removed are in the bucket only.',
} as const;

const notRegistered: Impossibility = {
  if: { is: { 'now.is_registered': false } },
  because: 'The {log_type} log of this cluster has no export.',
  instead: 'samsung_register_log_export_config registers one.',
};

/** The first sentence of every call that sends logs out. */
const leaves = (warning: string, undo: string): PossibleDanger => ({
  risk: 'exposing',
  warning,
  undo,
});

export const registerLogExportConfig: Effect = {
  looks: { now },
  dangers: [
    leaves(
      'The {log_type} log goes to bucket {bucket_name} from now on, and the service keeps the keys of that storage.',
      'samsung_unregister_log_export_config ends it; what was exported stays in the bucket.',
    ),
    { if: { when: { delete_on_export: true } }, ...removesLogs },
  ],
};

export const setLogExportConfig: Effect = {
  looks: { now },
  changes: {
    access_key: keys,
    secret_key: keys,
    delete_on_export: 'now.delete_on_export',
    schedule_frequency_type: 'now.schedule_frequency_type',
    schedule_day_of_week: 'now.schedule_day_of_week',
    schedule_day_of_month: 'now.schedule_day_of_month',
    schedule_hour: 'now.schedule_hour',
  },
  dangers: [
    leaves(
      'The {log_type} log goes to bucket {now.bucket_name} with other keys, or at other times.',
      'Send the old settings and keys again.',
    ),
    { if: { becomes: { delete_on_export: true } }, ...removesLogs },
  ],
  impossible: [notRegistered],
};

export const exportLog: Effect = {
  looks: { now },
  dangers: [
    leaves(
      'The {log_type} log leaves the service now for bucket {now.bucket_name}.',
      'Delete it in the bucket; copies that others made stay.',
    ),
    { if: { not: { is: { 'now.delete_on_export': false } } }, ...removesLogs },
  ],
  impossible: [notRegistered],
};

export const unregisterLogExportConfig: Effect = {
  looks: { now },
  changes: { is_registered: { value: 'now.is_registered', becomes: false } },
};
