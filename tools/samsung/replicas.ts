import * as z from 'zod';
import { defineTool, listOf } from '../../src/define/index.js';
import * as fields from './_fields.js';
import { origin, replication } from './_targets.js';

const { clusterId } = fields;

export const listReplicas = defineTool({
  name: 'samsung_list_replicas',
  title: 'List replicas',
  description:
    'Lists the replicas of a cluster with their replication state as of synced_at; ' +
    'samsung_sync_replica_state renews it. Their cluster ids are in samsung_list_clusters.',
  route: 'GET /v1/clusters/{cluster_id}/replicas',
  permission: 'postgresql:ListReplicas',
  risk: 'read',
  input: z.object({ cluster_id: clusterId }),
});

const newReplicas = {
  replica_count: z.int().min(1).max(5).describe('how many replicas has'),
  replicas: listOf(
    z.object({
      name: z
        .string()
        .min(3)
        .max(19)
        .regex(/^[a-z][a-z0-9-]*[a-z0-9]$/, 'must be lower-case letters, digits and inner hyphens')
        .describe('lower-case letters, digits, inner hyphens'),
      instance_groups: fields.instanceGroups,
    }),
    'name',
  ),
  allowable_ip_addresses: fields.allowedAddresses,
  maintenance_option: fields.maintenanceOption.optional(),
  tags: fields.tags.optional(),
};

export const createReplica = defineTool({
  name: 'samsung_create_replica',
  title: 'Create replicas',
  description:
    'Adds read-only replicas in the region and subnet of a cluster, at most five; each is billed. Their block ' +
    'storage is of role DATA only, with the volume type of the origin: a disk of role OS is refused.',
  route: 'POST /v1/clusters/{cluster_id}/replicas',
  permission: 'postgresql:CreateReplica',
  risk: 'write',
  input: z.object({ cluster_id: clusterId, ...newReplicas }),
  async: true,
});

export const createOtherRegionReplica = defineTool({
  name: 'samsung_create_other_region_replica',
  title: 'Create replicas elsewhere',
  description:
    'Adds read-only replicas of a cluster in another region; each is billed. Their block storage is of role DATA ' +
    'only: a disk of role OS is refused.',
  route: 'POST /v1/clusters/{cluster_id}/replicas/other-region',
  risk: 'exposing',
  warning: 'A full copy of the data goes to {region} and is kept up to date there.',
  undo: 'Terminate the replicas over there.',
  input: z.object({
    cluster_id: clusterId,
    region: z.string().min(1).describe('e.g. kr-east1'),
    subnet_id: z.string().min(1).describe('in that region, from the console'),
    nat_enabled: z.boolean().describe('reachable over public addresses'),
    ...newReplicas,
  }),
  async: true,
  next: 'The replicas appear in the clusters of that region, which another base URL serves.',
});

export const promoteReplicaCluster = defineTool({
  name: 'samsung_promote_replica_cluster',
  title: 'Promote replica',
  description: 'Makes a replica an independent cluster that can be written to; cluster_id is that of the replica.',
  route: 'POST /v1/clusters/{cluster_id}/promote',
  permission: 'postgresql:PromoteReplicaCluster',
  risk: 'destructive',
  warning:
    'Replication from the origin ends for good. Both clusters go on apart, and what the replica has not received ' +
    'yet stays missing in it.',
  undo: 'None. To replicate again, create another replica.',
  irreversible: true,
  input: z.object({ cluster_id: clusterId }),
  planReads: [replication, origin],
  async: true,
});

export const resetReplica = defineTool({
  name: 'samsung_reset_replica',
  title: 'Reset replica',
  description: 'Throws the data of a replica away and copies it again from its origin.',
  route: 'POST /v1/clusters/{replica_cluster_id}/reset-replica',
  permission: 'postgresql:ResetReplica',
  risk: 'destructive',
  warning: 'The data in the replica is thrown away. Nothing can be read from it until the new copy is complete.',
  undo: 'None; the origin keeps its data.',
  irreversible: true,
  input: z.object({ replica_cluster_id: fields.id() }),
  planReads: [replication, origin],
  async: true,
});

export const syncReplicaState = defineTool({
  name: 'samsung_sync_replica_state',
  title: 'Synchronize replica state',
  description: 'Renews the recorded replication state; it takes the id of the origin.',
  route: 'POST /v1/clusters/{origin_cluster_id}/sync-replica-state',
  permission: 'postgresql:SyncReplicaState',
  risk: 'write',
  input: z.object({ origin_cluster_id: fields.id() }),
  async: true,
  idempotent: true,
});
