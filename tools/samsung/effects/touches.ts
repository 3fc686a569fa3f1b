import type { Touches } from '../../../src/define/index.js';
import { everyCluster } from '../_targets.js';

const cluster = { read: 'samsung_get_cluster', id: 'id' } as const;

/** Which clusters a call concerns, by the argument that names one or something of it. */
export const touches: Touches = {
  instance: {
    ...cluster,
    argument: 'cluster_id',
    with: { cluster_id: '{cluster_id}' },
    name: 'name',
    state: 'service_state',
    role: 'role_type',
  },
  ways: [
    { ...cluster, arguments: ['replica_cluster_id', 'origin_cluster_id'], with: { cluster_id: '{named}' } },
    { ...everyCluster, id: 'id', arguments: ['instance_group_id'], where: { 'instance_groups[].id': '{named}' } },
    {
      ...everyCluster,
      id: 'id',
      arguments: ['block_storage_group_id'],
      where: { 'instance_groups[].block_storage_groups[].id': '{named}' },
    },
    { arguments: ['backup_history_number', 'log_type'], through: ['cluster_id'] },
    { arguments: ['request_id'], unknown: 'No document says which cluster a request is about.' },
    { arguments: ['name', 'database_name', 'dbaas_engine_version_id'], none: 'They choose from a list.' },
  ],
  uses: [
    'subnet_id',
    'vip_public_ip_id',
    'dbaas_engine_version_id',
    'dbaas_parameter_group_id',
    'instance_groups[].instances[].public_ip_id',
    'replicas[].instance_groups[].instances[].public_ip_id',
    'parameters[].id',
    'id',
  ],
  lists: {
    samsung_list_clusters: { at: 'contents', name: 'name' },
    samsung_list_replicas: { at: 'contents', name: 'name' },
    samsung_get_cluster: [
      { at: 'replicas', id: '' },
      { at: 'origin_cluster_id', id: '' },
    ],
  },
};
