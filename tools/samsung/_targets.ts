import type { NamedThing, NameList, PlanRead, StateLook, Target } from '../../src/define/index.js';
import { idForm } from './_fields.js';

/** Backups of one cluster are few: none is kept for more than 35 days. */
const backups = {
  read: 'samsung_list_backup_histories',
  with: { cluster_id: '{cluster_id}', limit: 100 },
  at: 'contents[]',
  shows: ['backup_history_number', 'backup_state', 'backup_end_at', 'software_version'],
};

const newestBackup: PlanRead = { ...backups, label: 'newest backup', newestBy: 'backup_end_at' };

export const chosenBackups: PlanRead = {
  ...backups,
  label: 'backups to be removed',
  isWhole: true,
  where: { backup_history_number: '{backup_history_number}' },
};

export const newestOtherBackup: PlanRead = {
  ...newestBackup,
  label: 'newest backup that stays',
  whereNot: { backup_history_number: '{backup_history_number}' },
};

export const replicas: PlanRead = {
  label: 'replicas',
  read: 'samsung_list_replicas',
  at: 'contents[]',
  shows: ['name', 'replica_state', 'region'],
};

export const servers: PlanRead = {
  label: 'servers',
  read: 'samsung_get_cluster',
  at: 'instance_groups[].instances[]',
  shows: ['name', 'role_type', 'service_state'],
};

export const archiveConfig: PlanRead = {
  label: 'archiving as last synchronized',
  read: 'samsung_get_archive_config',
  shows: ['archive_enabled', 'retention_period_day'],
};

const cluster = {
  read: 'samsung_get_cluster',
  listedBy: 'samsung_list_clusters',
  name: 'name',
  shows: ['role_type', 'service_state', 'software_version', 'ha_enabled', 'nat_enabled', 'origin_cluster_id'],
};

/** Nothing leads from a group within a cluster to its cluster, so each cluster is read. */
export const everyCluster = {
  each: { read: 'samsung_list_clusters', with: { size: 1000 }, at: 'contents[]' },
  read: 'samsung_get_cluster',
  with: { cluster_id: '{id}' },
} as const satisfies StateLook;

const clusterWith = (where: Record<string, string>): PlanRead => ({
  ...everyCluster,
  label: 'cluster that it belongs to',
  where,
  shows: ['name', ...cluster.shows],
});

export const clusterOfInstanceGroup = clusterWith({ 'instance_groups[].id': '{instance_group_id}' });
export const clusterOfBlockStorage = clusterWith({
  'instance_groups[].block_storage_groups[].id': '{block_storage_group_id}',
});

export const instanceGroup: PlanRead = {
  ...everyCluster,
  label: 'instance group',
  at: 'instance_groups[]',
  where: { id: '{instance_group_id}' },
  shows: ['role_type', 'server_type_name'],
};

export const disk: PlanRead = {
  ...everyCluster,
  label: 'disk',
  at: 'instance_groups[].block_storage_groups[]',
  where: { id: '{block_storage_group_id}' },
  shows: ['name', 'role_type', 'size_gb', 'volume_type'],
};

/** How far a replica is behind, as the service last recorded it. */
export const replication: PlanRead = {
  label: 'replication as last recorded',
  read: 'samsung_list_replicas',
  with: { cluster_id: '{origin_cluster_id}' },
  at: 'contents[]',
  where: { name: '{name}' },
  shows: ['replica_state', 'replica_state_detail', 'synced_at'],
  moves: ['replica_state_detail', 'synced_at'],
};

export const origin: PlanRead = {
  label: 'origin',
  read: 'samsung_get_cluster',
  with: { cluster_id: '{origin_cluster_id}' },
  shows: ['name', 'role_type', 'service_state'],
};

const clusterNames: NameList = {
  read: 'samsung_list_clusters',
  with: { size: 100 },
  pageBy: 'page',
  pageFrom: 0,
  totalAt: 'count',
  at: 'contents[]',
  id: 'id',
  name: 'name',
  tells: ['role_type', 'service_state', 'created_at'],
};

/** What calls are about, by the argument that names it; the last of a call is what is lost. */
export const targets: readonly Target[] = [
  {
    ...cluster,
    argument: 'cluster_id',
    label: 'cluster',
    also: [newestBackup],
    named: { form: idForm, lists: [clusterNames] },
  },
  {
    ...cluster,
    argument: 'replica_cluster_id',
    label: 'replica',
    with: { cluster_id: '{replica_cluster_id}' },
    at: '',
    named: { form: idForm, lists: [{ ...clusterNames, where: { role_type: 'REPLICA' } }] },
  },
  {
    argument: 'log_type',
    label: 'log export',
    read: 'samsung_list_log_export_configs',
    at: 'contents[]',
    where: { log_type: '{log_type}' },
    name: 'log_type',
    shows: ['is_registered', 'bucket_name', 'delete_on_export', 'schedule_frequency_type', 'schedule_hour'],
  },
];

/** What calls use, or find by a read of every cluster, by the argument that takes its id. */
export const things: readonly NamedThing[] = [
  {
    argument: 'origin_cluster_id',
    label: 'origin cluster',
    form: idForm,
    lists: [{ ...clusterNames, whereNot: { role_type: 'REPLICA' } }],
  },
  {
    argument: 'instance_group_id',
    label: 'instance group',
    form: idForm,
    // A group has no name of its own, so it is known by that of its cluster.
    lists: [
      {
        ...everyCluster,
        within: '',
        at: 'instance_groups[]',
        id: 'id',
        name: 'name',
        tells: ['role_type', 'server_type_name'],
      },
    ],
  },
  {
    argument: 'block_storage_group_id',
    label: 'disk',
    form: idForm,
    lists: [
      {
        ...everyCluster,
        at: 'instance_groups[].block_storage_groups[]',
        id: 'id',
        name: 'name',
        tells: ['role_type', 'size_gb', 'volume_type'],
      },
    ],
  },
  {
    argument: 'dbaas_engine_version_id',
    label: 'engine version',
    also: ['id'],
    form: idForm,
    lists: [
      {
        read: 'samsung_list_engine_versions',
        with: {},
        at: 'contents[]',
        id: 'id',
        name: 'name',
        tells: ['software_version', 'product_image_type', 'os_version', 'end_of_service'],
      },
    ],
  },
  {
    argument: 'dbaas_parameter_group_id',
    label: 'parameter group',
    form: idForm,
    lists: [
      {
        read: 'samsung_list_parameter_groups',
        with: {},
        at: 'contents[]',
        id: 'id',
        name: 'name',
        tells: ['major_version', 'product_image_type'],
      },
    ],
  },
  {
    argument: 'parameters[].id',
    label: 'parameter',
    form: idForm,
    lists: [
      {
        read: 'samsung_list_parameter_values',
        with: { cluster_id: '{cluster_id}' },
        at: 'contents[]',
        id: 'id',
        name: 'name',
        tells: ['apply_type', 'applied_value'],
      },
    ],
  },
];
