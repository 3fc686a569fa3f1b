import { recordsAt, textAt, valueAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';
import type { ProviderInstance, Restorable, Role, State } from '../instance.js';
import { flagAt, numberAt } from './answers.js';
import { newest, oldest, utcMomentAt } from './times.js';

/** A restored cluster (RECOVERY) stands alone. The documents do not say what SECONDARY and MIGRATION do. */
const roles: Readonly<Record<string, Role>> = { ORIGIN: 'primary', RECOVERY: 'primary', REPLICA: 'replica' };

const states: Readonly<Record<string, State>> = {
  RUNNING: 'available',
  STOPPED: 'stopped',
  ERROR: 'failed',
  FAILED: 'failed',
  CREATING: 'changing',
  STOPPING: 'changing',
  STARTING: 'changing',
  RESTARTING: 'changing',
  EDITING: 'changing',
  SYNCHRONIZING: 'changing',
  UPGRADING: 'changing',
  TERMINATING: 'changing',
  MIGRATING: 'changing',
};

export const originOf = (cluster: Values): string | undefined => textAt(cluster, 'origin_cluster_id') || undefined;

/** What further reads add to a cluster. */
export interface Additions {
  /** Its line in the list of its origin's replicas. */
  replication?: Values;
  /** The ids of its replicas. */
  replicas?: readonly string[];
  backups?: readonly Values[];
}

/** A record from a row of the list, or from the answer about one cluster, which has much more. */
export function recordOf(
  cluster: Values,
  id: string,
  { replication, replicas, backups }: Additions = {},
): ProviderInstance {
  const word = textAt(cluster, 'service_state') || 'none given';
  const own = states[word] ?? 'unknown';
  const hasNoServers = valueAt(cluster, 'instance_groups') !== undefined && servers(cluster).length === 0;
  const troubles = [
    ...(hasNoServers ? [noServers] : []),
    ...serversBeside(cluster, word),
    ...replicationTrouble(replication),
  ];
  const reasons = own === 'failed' ? failedBackups(backups ?? []).slice(0, 1) : [];
  return {
    id,
    name: textAt(cluster, 'name') || id,
    engineVersion: /\d+(\.\d+)*/.exec(textAt(cluster, 'software_version') ?? '')?.[0],
    role: roles[textAt(cluster, 'role_type') ?? ''],
    state: own === 'available' ? stateBeside(cluster, troubles) : own,
    // A failure comes without its reason. The newest backup may have failed for the same reason.
    providerState: [word, ...troubles, ...reasons.map((backup) => `newest backup ${backup.word}`)].join(', '),
    progress: own === 'changing' ? word : undefined,
    highAvailability: availabilityOf(cluster),
    endpoints: endpointsOf(cluster),
    publicAccess: flagAt(cluster, 'nat_enabled'),
    storage: storageOf(cluster),
    backups: backupsOf(cluster, backups),
    primary: originOf(cluster),
    replicas,
    created: utcMomentAt(cluster, 'created_at'),
    changed: utcMomentAt(cluster, 'modified_at'),
  };
}

function stateBeside(cluster: Values, troubles: readonly string[]): State {
  const own = servers(cluster).map((server) => states[textAt(server, 'service_state') ?? '']);
  if (troubles.includes(noServers)) return 'unknown';
  // Where no server is up, the cluster serves nobody, whatever its own state says.
  if (own.length > 0 && own.every((state) => state === 'failed' || state === 'stopped')) return 'failed';
  return troubles.length > 0 ? 'degraded' : 'available';
}

const noServers = 'no servers';

const servers = (cluster: Values): Values[] => recordsAt(cluster, 'instance_groups[].instances');

/** Describes each server whose state differs from that of its cluster, such as `orders001 ERROR`. */
const serversBeside = (cluster: Values, word: string): string[] =>
  servers(cluster).flatMap((server) => {
    const state = textAt(server, 'service_state');
    return !state || state === word ? [] : [`${textAt(server, 'name') || 'a server'} ${state}`];
  });

/** The documents do not list the states of a replica, so only clear words for problems count as problems. */
function replicationTrouble(replication: Values | undefined): string[] {
  const state = textAt(replication, 'replica_state') ?? '';
  return /delay|lag|stop|fail|error|broken|disconnect/i.test(state) ? [`replication ${state}`] : [];
}

/** The provider only reports the state of the standby server. */
function availabilityOf(cluster: Values): ProviderInstance['highAvailability'] {
  const standby = servers(cluster).find((server) => textAt(server, 'role_type') === 'STANDBY');
  // A standby that is there says more than a flag.
  const enabled = standby ? true : flagAt(cluster, 'ha_enabled');
  return enabled === undefined ? undefined : { enabled, state: textAt(standby, 'service_state') || undefined };
}

/** Clients connect to the virtual address of a pair, and to the own address of a single server. */
function endpointsOf(cluster: Values): ProviderInstance['endpoints'] {
  const port = numberAt(cluster, 'init_config_option.database_port');
  const at = (source: Values, inside: string, outside: string) => [
    { address: textAt(source, inside), isPublic: false },
    { address: textAt(source, outside), isPublic: true },
  ];
  const virtual = at(cluster, 'virtual_ip_address', 'vip_public_ip_address');
  const own = servers(cluster).flatMap((server) => at(server, 'service_ip_address', 'public_ip_address'));
  const endpoints = (virtual.some(({ address }) => address) ? virtual : own).flatMap(({ address, isPublic }) =>
    address ? [{ address, port, isPublic }] : [],
  );
  return endpoints.length > 0 ? endpoints : undefined;
}

/** Only the disks for data. The operating system, the archive and backups have their own disks. */
export const dataDisks = (cluster: Values): Values[] =>
  recordsAt(cluster, 'instance_groups[].block_storage_groups').filter((disk) => textAt(disk, 'role_type') === 'DATA');

function storageOf(cluster: Values): ProviderInstance['storage'] {
  const sizes = dataDisks(cluster).flatMap((disk) => numberAt(disk, 'size_gb') ?? []);
  return sizes.length > 0 ? { gigabytes: sizes.reduce((sum, size) => sum + size, 0) } : undefined;
}

/**
 * The backup settings stand among the initial settings, but are the current ones. They are null when there are none.
 */
function backupsOf(cluster: Values, backups: readonly Values[] | undefined): ProviderInstance['backups'] {
  const option = valueAt(cluster, 'init_config_option.backup_option');
  const retentionDays = numberAt(option, 'retention_period_day');
  const enabled = option === undefined ? undefined : retentionDays !== undefined;
  const time = newest(backups?.filter(isDone).map((backup) => utcMomentAt(backup, 'backup_end_at')) ?? []);
  const noneMade = enabled === true && backups?.some(isDone) === false;
  if (enabled === undefined && time === undefined) return undefined;
  return { enabled, retentionDays, newest: time, ...(noneMade && { noneMade }) };
}

/**
 * The documents do not list the states of a backup. A backup has failed when a word says so, and is done when it has an
 * end.
 */
const hasFailed = (backup: Values): boolean => /fail|error|abort|cancel/i.test(textAt(backup, 'backup_state') ?? '');

const isDone = (backup: Values): boolean =>
  !hasFailed(backup) && !/ing$|progress/i.test(textAt(backup, 'backup_state') ?? '');

/** The documents: from the start of the first finished backup to one interval of archiving before now. */
export function restorableOf(cluster: Values, backups: readonly Values[], now: number): Restorable {
  const done = backups.filter(isDone);
  if (done.length === 0) return { kind: 'nothing', why: 'there is no finished backup to restore from' };
  const from = oldest(done.map((backup) => utcMomentAt(backup, 'backup_start_at')));
  const option = valueAt(cluster, 'init_config_option.backup_option');
  if (option === null)
    return { kind: 'nothing', why: `archiving is off: only its ${done.length} backups can be restored` };
  const minutes = numberAt(option, 'archive_frequency_minute');
  if (from === undefined || minutes === undefined)
    return { kind: 'untold', from, why: 'the interval of archiving, or the time of a backup, is not told' };
  const to = new Date(now - minutes * minute).toISOString();
  const failed = failedBackups(backups).at(-1);
  const why = 'the backups since then have failed, and whether archiving goes on is not told';
  const doubts = failed && [{ from: failed.since, to, why }];
  return { kind: 'range', from, to, source: `the documents: archived every ${minutes} minutes`, doubts };
}

const minute = 60_000;

/** Backups that failed without a later successful one, newest first. */
export function failedBackups(backups: readonly Values[]): { number: string; word: string; since: string }[] {
  const lastGood = newest(backups.filter(isDone).map((backup) => utcMomentAt(backup, 'backup_start_at'))) ?? '';
  return backups
    .filter(hasFailed)
    .flatMap((backup) => {
      const since = utcMomentAt(backup, 'backup_start_at') ?? '';
      const words = [textAt(backup, 'backup_state'), textAt(backup, 'backup_state_detail')].filter(Boolean);
      const number = textAt(backup, 'backup_history_number') ?? '';
      return since > lastGood ? [{ number, word: words.join(': '), since }] : [];
    })
    .toSorted((a, b) => b.since.localeCompare(a.since));
}
