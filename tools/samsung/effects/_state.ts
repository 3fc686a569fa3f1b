import type { EffectCondition, StateValues } from '../../../src/define/index.js';
import { everyCluster } from '../_targets.js';

/** The cluster that cluster_id names. */
export const cluster = { read: 'samsung_get_cluster' } as const;

/** Every cluster of the region as a whole, for what can be in any of them. */
export const clusters = everyCluster;

/** Whether an id is among none of those that were read. Records without ids tell nothing. */
export const isNowhere = (path: string, argument: string): EffectCondition => ({
  test: ({ args, at }) => {
    const ids = at(path);
    if (ids === undefined || ids.some((id) => typeof id !== 'string' || id === '')) return undefined;
    if (ids.length === 0 && at(path.split('.')[0] ?? '')?.length !== 0) return undefined;
    return [args[argument]].flat().some((id) => !ids.includes(id));
  },
});

/** The service writes times without a zone, and means UTC. */
export const timeOf = (text: unknown): number =>
  typeof text === 'string' ? Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`) : Number.NaN;

/** Somebody gets in from a wide range of public addresses as soon as what is made runs. */
export const opensWide = {
  if: { opensWide: 'allowable_ip_addresses' },
  risk: 'exposing',
  warning: 'From the start, a wide range of addresses may connect to it: {allowable_ip_addresses[]}.',
  undo: 'Take ranges away with samsung_set_security_group_rules.',
} as const;

interface Disk {
  role_type: string;
  size_gb: number;
  volume_type: string;
}

/** The disks of the cluster `now` of some roles, as a new cluster takes them. */
export const disksAt = (at: StateValues, roles: readonly string[]): object[] | undefined =>
  at('now.instance_groups.block_storage_groups')
    ?.flat()
    .map((disk) => disk as Disk)
    .filter(({ role_type }) => roles.includes(role_type))
    .map(({ role_type, size_gb, volume_type }) => ({ role_type, size_gb, volume_type }));

interface Maintenance {
  use_maintenance_option?: boolean;
  starting_day_of_week: string;
  starting_time: string;
  period_hour: string;
}

/** The maintenance window of the cluster `now`, where it has one. */
export function maintenanceAt(at: StateValues): object | undefined {
  const [option] = (at('now.maintenance_option') ?? []) as (Maintenance | null)[];
  if (!option?.use_maintenance_option) return undefined;
  const { starting_day_of_week, starting_time, period_hour } = option;
  return { starting_day_of_week, starting_time, period_hour };
}
