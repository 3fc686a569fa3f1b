import * as z from 'zod';
import { nothing } from '../../core/requests.js';
import type { Cluster, Transition } from '../entities.js';
import { disk, sizeGb } from '../fields.js';
import { engineOf, refuseUnknownServerType, toDisk } from '../provisioning.js';
import { invalid, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { engineVersions } from '../seed/catalog.js';
import { diskOf, groupOf, replicasOf, type Samsung } from '../store.js';
import { comeUp, refuseUnless, startWork } from '../work.js';

/** Stopping, starting and resizing, which take the database down or may do so. */
export function lifecycleRoutes(samsung: Samsung): Routes {
  const { store } = samsung;
  const clusterOf = (call: Call) => {
    call.body(nothing);
    return store.clusters.get(call.path('cluster_id'));
  };
  const broughtUp = (call: Call, cluster: Cluster, during: Transition, seconds: number) =>
    startWork(samsung, call, { cluster, during, seconds, effect: () => comeUp(samsung, cluster) });

  return {
    'POST /v1/clusters/:cluster_id/start': (call) => {
      const cluster = clusterOf(call);
      refuseUnless(cluster, ['STOPPED']);
      return broughtUp(call, cluster, 'STARTING', 15);
    },

    'POST /v1/clusters/:cluster_id/stop': (call) => {
      const cluster = clusterOf(call);
      refuseUnless(cluster, ['RUNNING']);
      return startWork(samsung, call, { cluster, during: 'STOPPING', seconds: 12, endsIn: 'STOPPED' });
    },

    'POST /v1/clusters/:cluster_id/restart': (call) => {
      const cluster = clusterOf(call);
      refuseUnless(cluster, ['RUNNING', 'ERROR']);
      return broughtUp(call, cluster, 'RESTARTING', 15);
    },

    'POST /v1/clusters/:cluster_id/switchover': (call) => {
      const cluster = clusterOf(call);
      refuseUnless(cluster, ['RUNNING']);
      if (!cluster.haEnabled) throw wrongState(`Cluster ${cluster.name} has no standby: its ha_enabled is false.`);
      const instances = cluster.groups.flatMap((group) => group.instances);
      const down = instances.find(({ failed }) => failed);
      if (down) throw wrongState(`Cluster ${cluster.name} cannot switch over: instance ${down.name} is in ERROR.`);
      return startWork(samsung, call, {
        cluster,
        during: 'EDITING',
        seconds: 20,
        effect: () => {
          for (const instance of instances) instance.role = instance.role === 'ACTIVE' ? 'STANDBY' : 'ACTIVE';
        },
      });
    },

    // Reads from the servers. The state afterwards is the same as before.
    'POST /v1/clusters/:cluster_id/sync-state': (call) => {
      const cluster = clusterOf(call);
      refuseUnless(cluster, ['RUNNING', 'STOPPED', 'ERROR']);
      const endsIn = cluster.serviceState === 'STOPPED' ? 'STOPPED' : 'RUNNING';
      return startWork(samsung, call, { cluster, during: 'SYNCHRONIZING', seconds: 4, endsIn });
    },

    'PUT /v1/clusters/:cluster_id/patch': (call) => {
      const cluster = store.clusters.get(call.path('cluster_id'));
      const { software_version, backup_before_upgrade } = call.body(patch);
      refuseUnless(cluster, ['RUNNING']);
      const present = engineOf(cluster);
      const wanted = engineVersions.find((version) => version.softwareVersion === software_version);
      if (wanted?.majorVersion !== present.majorVersion || minorOf(wanted) <= minorOf(present))
        throw invalid(`Cluster ${cluster.name} has ${present.softwareVersion}: ${software_version} is no patch of it.`);
      const behind = replicasOf(store, cluster.id).find((replica) => minorOf(engineOf(replica)) < minorOf(wanted));
      if (behind) throw wrongState(`Replica ${behind.name} has to be patched before its origin.`);
      return startWork(samsung, call, {
        cluster,
        during: 'UPGRADING',
        seconds: backup_before_upgrade ? 55 : 40,
        effect: () => {
          cluster.engineVersionId = wanted.id;
          comeUp(samsung, cluster);
        },
      });
    },

    'POST /v1/instance-groups/:instance_group_id/resize': (call) => {
      const { cluster, group } = groupOf(store, call.path('instance_group_id'));
      const { server_type_name: serverType } = call.body(z.strictObject({ server_type_name: z.string() }));
      refuseUnless(cluster, ['RUNNING']);
      refuseUnknownServerType(serverType);
      if (group.serverType === serverType) throw invalid(`The instance group has server type ${serverType} already.`);
      return startWork(samsung, call, {
        cluster,
        during: 'EDITING',
        seconds: 30,
        effect: () => {
          group.serverType = serverType;
          comeUp(samsung, cluster);
        },
      });
    },

    'POST /v1/instance-groups/:instance_group_id/block-storage-groups': (call) => {
      const { cluster, group } = groupOf(store, call.path('instance_group_id'));
      const given = call.body(disk);
      refuseUnless(cluster, ['RUNNING', 'ERROR']);
      return startWork(samsung, call, {
        cluster,
        during: 'EDITING',
        seconds: 15,
        effect: () => {
          group.disks.push(toDisk(samsung, given, cluster.name, group.disks.length + 1));
          if (given.role_type === 'DATA') cluster.diskFull = false;
        },
      });
    },

    'POST /v1/block-storage-groups/:block_storage_group_id/resize': (call) => {
      const { cluster, disk } = diskOf(store, call.path('block_storage_group_id'));
      const { size_gb } = call.body(z.strictObject({ size_gb: sizeGb }));
      refuseUnless(cluster, ['RUNNING', 'ERROR']);
      if (size_gb <= disk.sizeGb) throw invalid(`Disk ${disk.name} has ${disk.sizeGb} GB and can only grow.`);
      return startWork(samsung, call, {
        cluster,
        during: 'EDITING',
        seconds: 15,
        effect: () => {
          disk.sizeGb = size_gb;
          if (disk.role === 'DATA') cluster.diskFull = false;
        },
      });
    },
  };
}

const patch = z.strictObject({ backup_before_upgrade: z.boolean(), software_version: z.string() });

const minorOf = ({ softwareVersion }: { softwareVersion: string }): number => Number(softwareVersion.split('.')[1]);
