import * as z from 'zod';
import { nothing } from '../../core/requests.js';
import { type Cluster, type Region, regions } from '../entities.js';
import * as field from '../fields.js';
import { buildGroups, newArchive, newCluster, privateAddress, refuseMissingPublicIp } from '../provisioning.js';
import { record, replicationOf } from '../replication.js';
import { invalid, nameTaken, wrongState } from '../replies.js';
import type { Call, Routes } from '../requests.js';
import { refuseTakenName, replicasOf, type Samsung } from '../store.js';
import { replicaView } from '../views/replicas.js';
import { refuseUnless, startWork } from '../work.js';

const mostReplicas = 5;

export function replicaRoutes(samsung: Samsung): Routes {
  const { world, store } = samsung;
  return {
    'GET /v1/clusters/:cluster_id/replicas': (call) => {
      const origin = store.clusters.get(call.path('cluster_id'));
      const contents = replicasOf(store, origin.id).map((replica) => replicaView(replica, replicationOf(replica)));
      return { contents, count: contents.length };
    },

    'POST /v1/clusters/:cluster_id/replicas': (call) => {
      const origin = store.clusters.get(call.path('cluster_id'));
      const given = call.body(z.strictObject(replication));
      const place = { region: origin.region, subnetId: origin.subnetId, natEnabled: false };
      return createReplicas(call, origin, given, place);
    },

    'POST /v1/clusters/:cluster_id/replicas/other-region': (call) => {
      const origin = store.clusters.get(call.path('cluster_id'));
      const given = call.body(elsewhere);
      const { region, subnet_id: subnetId, nat_enabled: natEnabled } = given;
      if (region === origin.region) throw invalid(`Cluster ${origin.name} is in ${region}: name another region.`);
      return createReplicas(call, origin, given, { region, subnetId, natEnabled });
    },

    'POST /v1/clusters/:origin_cluster_id/sync-replica-state': (call) => {
      call.body(nothing);
      const origin = store.clusters.get(call.path('origin_cluster_id'));
      refuseUnless(origin, ['RUNNING']);
      if (replicasOf(store, origin.id).length === 0) throw wrongState(`Cluster ${origin.name} has no replica.`);
      return startWork(samsung, call, {
        cluster: origin,
        during: 'SYNCHRONIZING',
        seconds: 4,
        effect: () => {
          for (const replica of replicasOf(store, origin.id)) record(replicationOf(replica), world.now());
        },
      });
    },

    'POST /v1/clusters/:cluster_id/promote': (call) => {
      call.body(nothing);
      const replica = store.clusters.get(call.path('cluster_id'));
      replicationOf(replica);
      refuseUnless(replica, ['RUNNING']);
      return startWork(samsung, call, {
        cluster: replica,
        during: 'EDITING',
        seconds: 25,
        effect: () => {
          replica.roleType = 'ORIGIN';
          delete replica.replication;
        },
      });
    },

    'POST /v1/clusters/:replica_cluster_id/reset-replica': (call) => {
      call.body(nothing);
      const replica = store.clusters.get(call.path('replica_cluster_id'));
      const replication = replicationOf(replica);
      refuseUnless(replica, ['RUNNING', 'ERROR']);
      if (store.clusters.find(replication.originClusterId)?.serviceState !== 'RUNNING')
        throw wrongState(`Replica ${replica.name} cannot be reset: its origin is not RUNNING.`);
      return startWork(samsung, call, {
        cluster: replica,
        during: 'SYNCHRONIZING',
        seconds: 45,
        effect: () => {
          replication.lagSeconds = 0.2;
          delete replication.fallingBehindSince;
          record(replication, world.now());
        },
      });
    },
  };

  function createReplicas(call: Call, origin: Cluster, given: GivenReplicas, place: Place) {
    if (origin.replication) throw wrongState(`Cluster ${origin.name} is a replica itself.`);
    refuseUnless(origin, ['RUNNING']);
    const { replicas, replica_count: count } = given;
    if (count !== replicas.length)
      throw invalid(`replica_count is ${count}, but there are ${replicas.length} replicas given.`);
    if (replicasOf(store, origin.id).length + count > mostReplicas)
      throw invalid(`A cluster has at most ${mostReplicas} replicas.`);
    for (const [index, { name, instance_groups: groups }] of replicas.entries()) {
      refuseOtherThanData(groups);
      refuseTakenName(store, name);
      if (replicas.findIndex((other) => other.name === name) !== index) throw nameTaken(name);
    }
    // All are prepared before any is stored, so that a refusal changes nothing.
    const plans = replicas.map(({ name, instance_groups }) => ({
      name,
      groups: buildGroups(samsung, name, instance_groups),
    }));
    if (place.natEnabled) for (const { groups } of plans) refuseMissingPublicIp(groups, null);
    const [first, ...others] = plans.map((plan) => newCluster(samsung, { ...like(origin, given), ...place, ...plan }));
    if (!first) throw invalid('replicas is empty.');
    for (const replica of [first, ...others]) {
      replica.haEnabled = replica.groups.some(({ role }) => role === 'ACTIVE_STANDBY');
      if (replica.haEnabled) replica.virtualIpAddress = privateAddress(`${replica.name}-vip`);
    }
    return startWork(samsung, call, {
      cluster: first,
      during: 'CREATING',
      seconds: 50,
      also: [[origin, 'EDITING'], ...others.map((other): [Cluster, 'CREATING'] => [other, 'CREATING'])],
      effect: () => {
        for (const { replication } of [first, ...others]) if (replication) record(replication, world.now());
      },
    });
  }

  function like(origin: Cluster, given: GivenReplicas) {
    const now = world.now();
    const { applied, recorded } = structuredClone(origin.parameters);
    return {
      roleType: 'REPLICA' as const,
      engineVersionId: origin.engineVersionId,
      haEnabled: false,
      allowableIpAddresses: given.allowable_ip_addresses ?? [],
      timezone: origin.timezone,
      vipPublicIpId: null,
      virtualIpAddress: null,
      database: { ...origin.database },
      auditEnabled: origin.auditEnabled,
      backupOption: null,
      maintenanceOption: given.maintenance_option,
      archive: newArchive(samsung, null),
      parameters: { applied, recorded, waiting: {}, recordedAt: now },
      replication: {
        originClusterId: origin.id,
        originRegion: origin.region,
        lagSeconds: 0.2,
        recorded: { lagSeconds: 0, at: now },
      },
    };
  }
}

/** The service takes no disk of the system for a replica, and says no more than this. */
function refuseOtherThanData(groups: field.GivenGroups): void {
  const roles = groups.flatMap(({ block_storage_groups: disks }) => disks.map(({ role_type: role }) => role));
  if (roles.some((role) => role !== 'DATA')) throw invalid('value_error');
}

interface Place {
  region: Region;
  subnetId: string;
  natEnabled: boolean;
}

const replication = {
  // The documents require it. The provider's own client library leaves it out where there is nothing to say.
  allowable_ip_addresses: field.addresses.nullish(),
  maintenance_option: field.maintenanceOption,
  replica_count: z.number().int().min(1).max(mostReplicas),
  replicas: z.array(z.strictObject({ instance_groups: field.instanceGroups, name: field.replicaName })).min(1),
  tags: field.tags,
};
type GivenReplicas = z.infer<z.ZodObject<typeof replication>>;

const elsewhere = z.strictObject({
  ...replication,
  nat_enabled: z.boolean(),
  region: z.enum(regions),
  subnet_id: z.string().min(1),
});
