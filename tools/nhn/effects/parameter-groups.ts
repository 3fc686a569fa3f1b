import type { Effect, PossibleDanger, StateLook } from '../../../src/define/index.js';

const group = { read: 'nhn_get_parameter_group' } as const;

/** How a value gets into an instance once its group is applied. */
const notes = {
  applyType: {
    FILE: 'takes a restart',
    BOTH: 'no restart',
    SESSION: 'new sessions only',
  },
} as const;

export const modifyParameterGroup: Effect = {
  looks: { now: group },
  changes: { parameterGroupName: 'now.parameterGroupName', description: 'now.description' },
  dangers: [],
};

/** With less of these, an instance takes fewer clients or has less memory, and it restarts to get there. */
const takenAway: Readonly<Record<string, string>> = {
  max_connections: 'clients beyond that number are refused',
  max_locks_per_transaction: 'transactions that touch many tables fail',
  max_prepared_transactions: 'transactions that are prepared beyond that number fail',
  max_replication_slots: 'replicas and subscribers beyond that number cannot follow',
  max_wal_senders: 'replicas and backups beyond that number cannot connect',
  max_worker_processes: 'background and parallel work beyond that number does not start',
  shared_buffers: 'less memory is left for data, so that queries wait for the disk',
};

/** Without these, a crash costs more than what was not committed. */
const protections: Readonly<Record<string, string>> = {
  fsync: 'a crash can damage the data beyond repair',
  full_page_writes: 'a crash can damage the data beyond repair',
};

const lessOf = ([name, what]: [string, string]): PossibleDanger => ({
  if: { falls: name },
  risk: 'disruptive',
  warning:
    `${name} falls from {before.${name}} to {after.${name}}: once the group is applied, its instances ` +
    `restart, and from then on ${what}.`,
  undo: 'Set the old value again with nhn_modify_parameters; instances that took the new one restart once more.',
});

const without = ([name, what]: [string, string]): PossibleDanger => ({
  if: { becomes: { [name]: ['off', 'false', 'no', '0'] } },
  risk: 'destructive',
  warning: `${name} is switched off: once the group is applied to its instances, ${what}.`,
  undo: `Switch ${name} on again before it is applied. Nothing repairs data that was damaged.`,
});

export const modifyParameters: Effect = {
  looks: { now: group },
  changes: {
    modifiedParameters: { items: 'now.parameters[]', key: 'parameterName', value: 'value', notes },
  },
  dangers: [
    ...Object.entries(takenAway).map(lessOf),
    ...Object.entries(protections).map(without),
    {
      if: { becomes: { wal_level: 'minimal' } },
      risk: 'destructive',
      warning:
        'wal_level is minimal: once the group is applied to its instances, they can neither be restored to a point ' +
        'in time nor have replicas.',
      undo: 'Set {before.wal_level} again before it is applied. Times in between cannot be restored later.',
    },
  ],
  impossible: [
    {
      if: {
        test: ({ args, seen }) => {
          if (seen['now']?.unread !== undefined) return undefined;
          const [record] = seen['now']?.records ?? [];
          const listed = [record?.['parameters'] ?? []].flat() as Readonly<Record<string, unknown>>[];
          const fixed = listed
            .filter(({ updateType }) => updateType === 'CONSTANT')
            .map((each) => each['parameterName']);
          const named = [args['modifiedParameters'] ?? []].flat() as Readonly<Record<string, unknown>>[];
          return named.some(({ parameterName }) => fixed.includes(parameterName));
        },
      },
      because: 'One of these parameters cannot be changed: its updateType is CONSTANT.',
      instead: 'Leave it out; nhn_get_parameter_group shows which can be changed (updateType VARIABLE).',
    },
  ],
};

const lost = {
  resets: 'now.parameters[]',
  key: 'parameterName',
  value: 'value',
  to: 'defaultValue',
} as const;

export const resetParameterGroup: Effect = {
  looks: { now: group },
  changes: { parameters: { ...lost, notes } },
  dangers: [
    {
      if: { given: 'parameterGroupId' },
      risk: 'destructive',
      warning:
        'Every value of {now.parameterGroupName} that is not the default is lost, as the changes below tell; its ' +
        'instances run with the defaults once the group is applied to them.',
      undo: 'None by itself. nhn_copy_parameter_group keeps the values before, or they are set one by one from here.',
      irreversible: true,
    },
  ],
};

/** The instances that have the group. */
const users: StateLook = {
  each: { read: 'nhn_list_db_instances', with: {}, at: 'dbInstances[]' },
  read: 'nhn_get_db_instance',
  with: { dbInstanceId: '{dbInstanceId}' },
  where: { parameterGroupId: '{call.parameterGroupId}' },
  says: '{dbInstanceName}',
};

export const deleteParameterGroup: Effect = {
  looks: { now: group, users },
  dangers: [
    {
      if: { given: 'parameterGroupId' },
      risk: 'destructive',
      warning: 'The group {now.parameterGroupName} and the values in it are gone.',
      undo: 'None; nhn_copy_parameter_group keeps the values before, or a group is created again and its values set.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { has: 'users' },
      because:
        'The service deletes no group that an instance has, and {now.parameterGroupName} is that of {users.said}.',
      instead: 'nhn_modify_db_instance with another parameterGroupId for each of them frees it.',
    },
  ],
};
