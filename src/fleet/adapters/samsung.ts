import { openToAll } from '../../values/admission.js';
import { textAt, textsAt, valueAt } from '../../values/json-path.js';
import { type Values } from '../../values/values.js';
import type { Adapter, EngineChange, Read, Remedy, Step } from '../adapter.js';
import {
  allFacts,
  type Exposure,
  type Fact,
  type FactSet,
  type FleetInstance,
  type Observations,
  type ProviderInstance,
  type ProviderJob,
  type ProviderObservations,
  type Series,
} from '../instance.js';
import { idOf } from '../reference.js';
import { attempt, flagAt, listAt, numberAt, type Untold, untoldOf } from './answers.js';
import { dataDisks, failedBackups, originOf, recordOf, restorableOf } from './samsung-instance.js';
import { utcMomentAt } from './times.js';

export const samsungAdapter: Adapter = {
  own: 'samsung_get_cluster',
  timesAreUtc: true,

  async list(read) {
    const rows = await readRows(read);
    const clusters = await Promise.all(
      [...rows].map(async ([id, row]) => {
        // A row has few facts, but is better than nothing.
        const cluster = await read('samsung_get_cluster', { cluster_id: id }).catch(() => row);
        return { id, cluster };
      }),
    );
    const followed = new Set(clusters.flatMap(({ cluster }) => originOf(cluster) ?? []).filter((id) => rows.has(id)));
    const lines = await Promise.all(
      [...followed].map(async (origin) => {
        const found = await readReplication(origin, read).catch(() => []);
        return found.map((line) => [`${origin} ${textAt(line, 'name')}`, line] as const);
      }),
    );
    const replication = new Map(lines.flat());
    return clusters.map(({ id, cluster }) =>
      recordOf(cluster, id, {
        replicas: replicasOf(cluster, rows),
        replication: replication.get(`${originOf(cluster)} ${textAt(cluster, 'name')}`),
      }),
    );
  },

  names: async (read) => [...(await readRows(read))].map(([id, row]) => recordOf(row, id)),

  async get(id, read) {
    const cluster = await read('samsung_get_cluster', { cluster_id: id });
    const origin = originOf(cluster);
    const hasReplicas = textsAt(cluster, 'replicas').length > 0;
    const [lines, rows, backups] = await Promise.all([
      origin ? readReplication(origin, read).catch(() => []) : [],
      hasReplicas ? readRows(read).catch(() => undefined) : undefined,
      readBackups(id, read).catch(() => undefined),
    ]);
    const replication = lines.find((line) => textAt(line, 'name') === textAt(cluster, 'name'));
    return recordOf(cluster, id, { replication, replicas: replicasOf(cluster, rows), backups });
  },

  async restorable({ id }, now, read) {
    const [cluster, backups] = await Promise.all([
      read('samsung_get_cluster', { cluster_id: id }),
      readBackups(id, read),
    ]);
    return restorableOf(cluster, backups, now);
  },

  observe,
  can: (remedy) => Object.hasOwn(steps, remedy),
  step: (remedy, instance, seen) => steps[remedy]?.(instance, seen),
  engineSteps: async (change, { id }) => ('parameter' in change ? [parameterStep(change, id)] : []),
};

const pageSize = 100;
const mostClusters = 1000;

/** The rows of all pages by their ids. */
async function readRows(read: Read): Promise<Map<string, Values>> {
  const rows = new Map<string, Values>();
  for (let page = 0; page * pageSize < mostClusters; page += 1) {
    const answer = await read('samsung_list_clusters', { size: pageSize, page });
    const found = listAt(answer, 'contents');
    for (const row of found) {
      const id = textAt(row, 'id');
      if (id) rows.set(id, row);
    }
    if (found.length === 0 || rows.size >= (numberAt(answer, 'count') ?? 0)) break;
  }
  return rows;
}

/** The documents do not say whether a cluster names its replicas by id or by name. Ids are used as they are. */
function replicasOf(cluster: Values, rows: ReadonlyMap<string, Values> | undefined): string[] {
  const named = new Map([...(rows ?? [])].map(([id, row]) => [textAt(row, 'name'), id]));
  return textsAt(cluster, 'replicas').flatMap((text) => (rows?.has(text) ? text : (named.get(text) ?? text)));
}

const readReplication = async (origin: string, read: Read): Promise<Values[]> =>
  listAt(await read('samsung_list_replicas', { cluster_id: origin }), 'contents');

/** No backup is kept for more than 35 days, so one page has them all. */
const readBackups = async (id: string, read: Read): Promise<Values[]> =>
  listAt(await read('samsung_list_backup_histories', { cluster_id: id, limit: pageSize }), 'contents');

/** The observations, and the disk that may have to grow, whose id that call needs. */
interface WithDisk {
  dataDisk?: { id: string; gigabytes: number };
}

const notTold: Untold = [{ what: 'storage use, CPU, connections, events', facts: ['storageUse', 'load', 'events'] }];

async function observe(
  listed: ProviderInstance,
  _now: number,
  read: Read,
  facts: FactSet = allFacts,
): Promise<ProviderObservations & WithDisk> {
  const { id, primary: origin } = listed;
  const has = (...wanted: readonly Fact[]) => wanted.some((fact) => facts.has(fact));
  // A failure comes without its reason, which only the backups may tell.
  const needsBackups = has('backups', 'jobs') || (has('state') && listed.state === 'failed');
  const [cluster, backups, lines] = await Promise.all([
    attempt('settings', () => read('samsung_get_cluster', { cluster_id: id })),
    needsBackups ? attempt('backups', () => readBackups(id, read)) : undefined,
    origin && has('replicationLag') ? attempt('replication', () => readReplication(origin, read)) : undefined,
  ]);
  const replication = lines?.seen?.find((line) => textAt(line, 'name') === listed.name);
  return {
    instance: cluster.seen && backups?.seen ? withBackups(listed, cluster.seen, backups.seen) : listed,
    replicationLagSeconds: replication && lagOf(replication),
    exposures: cluster.seen ? exposuresOf(cluster.seen) : undefined,
    closed: cluster.seen && origin === undefined ? closedOf(cluster.seen) : undefined,
    jobs: backups?.seen && failedBackups(backups.seen).map(toJob),
    dataDisk: cluster.seen ? dataDiskOf(cluster.seen) : undefined,
    unavailable: [
      ...cluster.unavailable,
      ...(backups?.unavailable ?? []),
      ...(lines?.unavailable ?? []),
      ...(cluster.seen && origin === undefined && has('access') ? addressesUntold(cluster.seen) : []),
      ...untoldOf(notTold, facts),
    ],
  };
}

/** Adds what the backups tell to a record that was made without them. */
function withBackups(listed: ProviderInstance, cluster: Values, backups: readonly Values[]): ProviderInstance {
  const { backups: own, providerState } = recordOf(cluster, listed.id, { backups });
  return { ...listed, backups: own, ...(listed.state === 'failed' && { providerState }) };
}

/** The lag is in a sentence of the provider, as of the last synchronisation. */
function lagOf(replication: Values): Series | undefined {
  const [, seconds] = /lag\D{0,20}(\d+(?:\.\d+)?)\s*s/i.exec(textAt(replication, 'replica_state_detail') ?? '') ?? [];
  const time = utcMomentAt(replication, 'synced_at');
  if (seconds === undefined || !time) return undefined;
  return { source: 'replica_state_detail', unit: 's', points: [[Date.parse(time), Number(seconds)]] };
}

function exposuresOf(cluster: Values): Exposure[] {
  const isPublic = flagAt(cluster, 'nat_enabled') === true;
  const allowed = textsAt(cluster, 'allowable_ip_addresses');
  return allowed.filter(openToAll(allowed)).map((address) => ({
    kind: 'network',
    address,
    detail: isPublic ? 'with public addresses' : 'private addresses only',
    source: 'allowable_ip_addresses',
  }));
}

/**
 * The addresses are the only lock that the API shows, and an empty list lets in nobody. A replica may have none of its
 * own.
 */
function closedOf(cluster: Values): ProviderObservations['closed'] {
  const allowed = valueAt(cluster, 'allowable_ip_addresses');
  const isEmpty = Array.isArray(allowed) && allowed.length === 0;
  return isEmpty ? [{ source: 'allowable_ip_addresses', lets: [] }] : undefined;
}

/** An answer without the addresses is not one with an empty list. */
const addressesUntold = (cluster: Values): ProviderObservations['unavailable'] =>
  Array.isArray(valueAt(cluster, 'allowable_ip_addresses'))
    ? []
    : [{ what: 'allowed addresses', why: 'the answer has no list allowable_ip_addresses' }];

const toJob = ({ number, word, since }: ReturnType<typeof failedBackups>[number]): ProviderJob => ({
  name: `backup ${number}`,
  state: 'failed',
  word,
  since,
});

/** When there are several disks, a person has to choose which one should grow. */
function dataDiskOf(cluster: Values): WithDisk['dataDisk'] {
  const [disk, ...others] = dataDisks(cluster);
  const [id, gigabytes] = [textAt(disk, 'id'), numberAt(disk, 'size_gb')];
  return id && gigabytes !== undefined && others.length === 0 ? { id, gigabytes } : undefined;
}

type ToStep = (instance: FleetInstance, seen: Observations & WithDisk) => Step | undefined;

const onCluster =
  (tool: string, more: Record<string, unknown> = {}): ToStep =>
  ({ id }) => ({ tool, arguments: { cluster_id: id, ...more } });

/** The API cannot take a backup at once, protect from deletion or pause a standby, and it has no events. */
const steps: Partial<Record<Remedy, ToStep>> = {
  growStorage,
  start: onCluster('samsung_start_cluster'),
  restart: onCluster('samsung_restart_cluster'),
  // A person has to choose the new size.
  resize: () => ({ tool: 'samsung_list_server_types', arguments: {} }),
  turnOnBackups: onCluster('samsung_set_backup', {
    archive_frequency_minute: '60',
    retention_period_day: '7',
    starting_time_hour: '2',
  }),
  listAccessRules: onCluster('samsung_get_cluster'),
  closeNetwork: closeToEveryone,
  closeToEveryone,
  readReplication: ({ primary }) =>
    primary === undefined ? undefined : { tool: 'samsung_list_replicas', arguments: { cluster_id: idOf(primary) } },
  // The only work that it tells of by name is that of backups.
  followJob: onCluster('samsung_list_backup_histories'),
  listVersions: () => ({ tool: 'samsung_list_engine_versions', arguments: {} }),
  readDetails: onCluster('samsung_get_cluster'),
};

/** Takes away what lets in everybody; other addresses stay. */
function closeToEveryone({ id }: FleetInstance, { exposures = [] }: Observations): Step | undefined {
  const addresses = exposures.map(({ address }) => address);
  if (addresses.length === 0) return undefined;
  return { tool: 'samsung_set_security_group_rules', arguments: { cluster_id: id, del_ip_addresses: addresses } };
}

const largestDisk = 5120;

/** Adds a quarter, in the steps of 8 by which a disk grows. */
function growStorage({ id }: FleetInstance, { dataDisk }: WithDisk): Step | undefined {
  if (!dataDisk) return { tool: 'samsung_get_cluster', arguments: { cluster_id: id } };
  if (dataDisk.gigabytes >= largestDisk) return undefined;
  const size = Math.min(largestDisk, Math.ceil((dataDisk.gigabytes * 1.25) / 8) * 8);
  return {
    tool: 'samsung_resize_block_storage',
    arguments: { block_storage_group_id: dataDisk.id, size_gb: size },
  };
}

/** A parameter is known by its name, which the call takes in place of an id. It wants the value of now as well. */
function parameterStep({ parameter, value, running }: Extract<EngineChange, { parameter: string }>, id: string): Step {
  if (value === undefined || running === undefined)
    return { tool: 'samsung_list_parameter_values', arguments: { cluster_id: id } };
  const parameters = [{ id: parameter, old_value: running, new_value: value }];
  return { tool: 'samsung_set_parameter_values', arguments: { cluster_id: id, parameters } };
}
