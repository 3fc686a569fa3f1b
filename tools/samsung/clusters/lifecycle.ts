import * as z from 'zod';
import { defineTool } from '../../../src/define/index.js';
import { clusterId, id, serverTypeName } from '../_fields.js';
import { clusterOfInstanceGroup, instanceGroup, replicas, servers } from '../_targets.js';

export const startCluster = defineTool({
  name: 'samsung_start_cluster',
  title: 'Start cluster',
  description: 'Starts a stopped cluster.',
  route: 'POST /v1/clusters/{cluster_id}/start',
  permission: 'postgresql:StartCluster',
  core: true,
  risk: 'write',
  input: z.object({ cluster_id: clusterId }),
  async: true,
  idempotent: true,
});

export const stopCluster = defineTool({
  name: 'samsung_stop_cluster',
  title: 'Stop cluster',
  description: 'Stops a running cluster; its data stays. samsung_start_cluster brings it back.',
  route: 'POST /v1/clusters/{cluster_id}/stop',
  permission: 'postgresql:StopCluster',
  core: true,
  risk: 'disruptive',
  warning: 'All connections are cut, and the database stays unreachable until someone starts it.',
  undo: 'Start it with samsung_start_cluster.',
  input: z.object({ cluster_id: clusterId }),
  planReads: [replicas],
  async: true,
  idempotent: true,
});

export const restartCluster = defineTool({
  name: 'samsung_restart_cluster',
  title: 'Restart cluster',
  description: 'Restarts a cluster.',
  route: 'POST /v1/clusters/{cluster_id}/restart',
  permission: 'postgresql:RestartCluster',
  core: true,
  risk: 'disruptive',
  warning: 'All connections are cut and open transactions roll back; it accepts new ones once it is up again.',
  undo: 'None needed: it comes back by itself.',
  input: z.object({ cluster_id: clusterId }),
  async: true,
});

export const switchoverCluster = defineTool({
  name: 'samsung_switchover_cluster',
  title: 'Switch over cluster',
  description:
    'Swaps the active and the standby server of a cluster with high availability; a second call swaps them back. ' +
    'Replicas are not involved.',
  route: 'POST /v1/clusters/{cluster_id}/switchover',
  permission: 'postgresql:SwitchoverCluster',
  risk: 'disruptive',
  warning: 'All connections are cut while the standby takes over; clients have to connect again.',
  undo: 'Switch over once more.',
  input: z.object({ cluster_id: clusterId }),
  planReads: [servers],
  async: true,
});

export const resizeInstanceGroup = defineTool({
  name: 'samsung_resize_instance_group',
  title: 'Change server type',
  description: 'Gives the servers of an instance group another server type. They restart.',
  route: 'POST /v1/instance-groups/{instance_group_id}/resize',
  permission: 'postgresql:SetServerType',
  risk: 'disruptive',
  warning: 'The servers of the group restart as {server_type_name}; the database is down meanwhile.',
  undo: 'Change back to the old type, with another restart.',
  input: z.object({
    instance_group_id: id().describe('from samsung_get_cluster'),
    server_type_name: serverTypeName,
  }),
  planReads: [clusterOfInstanceGroup, instanceGroup],
  async: true,
});

export const patchMinorVersion = defineTool({
  name: 'samsung_patch_minor_version',
  title: 'Patch minor version',
  description:
    'Upgrades a cluster within its major version. Replicas go before their origin; ' +
    'samsung_sync_cluster_state comes first of all.',
  route: 'PUT /v1/clusters/{cluster_id}/patch',
  permission: 'postgresql:PatchMinorVersion',
  risk: 'disruptive',
  warning: 'The database is down while it is upgraded to {software_version}.',
  undo: 'None: the old version does not come back. The backup taken before is removed once the upgrade has succeeded.',
  irreversible: true,
  input: z.object({
    cluster_id: clusterId,
    software_version: z.string().min(1).describe('from samsung_list_engine_versions'),
    backup_before_upgrade: z.boolean().describe('kept until the upgrade has succeeded'),
  }),
  planReads: [replicas],
  async: true,
});

export const syncClusterState = defineTool({
  name: 'samsung_sync_cluster_state',
  title: 'Synchronize cluster state',
  description: 'Renews the recorded state of a cluster from its servers.',
  route: 'POST /v1/clusters/{cluster_id}/sync-state',
  permission: 'postgresql:SyncClusterState',
  risk: 'write',
  input: z.object({ cluster_id: clusterId }),
  async: true,
  idempotent: true,
});
