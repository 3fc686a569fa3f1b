import type { PlanRead, StateLook, Target } from '../../src/define/index.js';

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

/** What calls are about, by the argument that names it; the last of a call is what is lost. */
export const targets: readonly Target[] = [
  { ...cluster, argument: 'cluster_id', label: 'cluster', also: [newestBackup] },
  {
    ...cluster,
    argument: 'replica_cluster_id',
    label: 'replica',
    with: { cluster_id: '{replica_cluster_id}' },
    at: '',
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
