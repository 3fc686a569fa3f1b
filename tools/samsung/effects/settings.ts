import type { ChangeRule, Effect } from '../../../src/define/index.js';
import { cluster } from './_state.js';

export const setSecurityGroupRules: Effect = {
  looks: { now: cluster },
  changes: {
    add_ip_addresses: { addsTo: 'now.allowable_ip_addresses', admits: 'itself' },
    del_ip_addresses: { takesFrom: 'now.allowable_ip_addresses', admits: 'itself' },
  },
  dangers: [
    {
      if: { admitsWide: 'add_ip_addresses' },
      risk: 'exposing',
      warning: 'A wide range of addresses can reach the database at once.',
      undo: 'Send the added ranges in del_ip_addresses.',
    },
    {
      if: { all: [{ gains: 'add_ip_addresses' }, { not: { admitsWide: 'add_ip_addresses' } }] },
      risk: 'exposing',
      warning: 'Clients in the added ranges can reach the database at once.',
      undo: 'Send the added ranges in del_ip_addresses.',
    },
    {
      if: { loses: 'del_ip_addresses' },
      risk: 'disruptive',
      warning: 'Clients in the ranges that go are cut off, unless another range lets them in.',
      undo: 'Send the removed ranges in add_ip_addresses.',
    },
  ],
};

const option = 'now.maintenance_option';

/** A part of the present window, or none where there is no window. */
const windowPart = (field: string, part: (text: string) => string = (text) => text): ChangeRule => ({
  derived: (at) => {
    const [window] = at(option) ?? [];
    const [isUsed] = at(`${option}.use_maintenance_option`) ?? [];
    if (window === null || isUsed === false) return null;
    const [value] = at(`${option}.${field}`) ?? [];
    return typeof value === 'string' ? part(value) : value;
  },
});

/** The window is set hour and minute apart, and read as `0330`. */
export const setMaintenance: Effect = {
  looks: { now: cluster },
  changes: {
    start_day_of_week: windowPart('starting_day_of_week'),
    start_time: windowPart('starting_time', (text) => text.slice(0, 2)),
    start_minute: windowPart('starting_time', (text) => text.slice(2)),
    term_hour: windowPart('period_hour'),
  },
};

export const unsetMaintenance: Effect = {
  looks: { now: cluster },
  changes: Object.fromEntries(
    ['starting_day_of_week', 'starting_time', 'period_hour'].map((name) => [
      name,
      { value: `${option}.${name}`, becomes: null },
    ]),
  ),
};

export const setAuditLog: Effect = {
  looks: { now: cluster },
  changes: { use_audit_log: 'now.init_config_option.audit_enabled' },
  dangers: [
    {
      if: { becomes: { use_audit_log: true } },
      risk: 'disruptive',
      warning: 'The audit log goes on, and the database may restart for it, which is not documented.',
      undo: 'Switch it off again.',
    },
    {
      if: { becomes: { use_audit_log: false } },
      risk: 'disruptive',
      warning:
        'The audit log goes off: nobody can tell later who did what. The database may restart for it, which is not ' +
        'documented.',
      undo: 'Switch it on again; what was not logged stays missing.',
    },
  ],
};
