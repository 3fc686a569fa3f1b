import type { Effect, EffectCondition, Impossibility, StateLook } from '../../../src/define/index.js';
import { cluster, disksAt, maintenanceAt, opensWide } from './_state.js';

const mostReplicas = 5;

const tooMany: Impossibility = {
  if: {
    test: ({ args, at }) => {
      const present = at('replicas');
      return present && present.length + Number(args['replica_count']) > mostReplicas;
    },
  },
  because: 'A cluster has at most five replicas, and this one has some already: {replicas.said}.',
  instead: 'samsung_terminate_cluster ends a replica that is not needed.',
};

const replicas: StateLook = { read: 'samsung_list_replicas', at: 'contents[]', says: '{name}' };

export const createReplica: Effect = {
  looks: { replicas },
  prepares: {
    looks: { now: cluster },
    fills: {
      replica_count: { derived: () => 1 },
      // Disks are of role DATA only, and a replica has no standby of its own.
      'replicas[].instance_groups': {
        derived: (at) =>
          at('now.instance_groups.server_type_name')
            ?.slice(0, 1)
            .map((server_type_name) => ({
              role_type: 'ACTIVE',
              server_type_name,
              block_storage_groups: disksAt(at, ['DATA']),
            })),
      },
      allowable_ip_addresses: { list: 'now.allowable_ip_addresses' },
      maintenance_option: { derived: maintenanceAt },
    },
    reachableFrom: 'allowable_ip_addresses',
  },
  creates: 'replicas[].name',
  ordinary: {
    warning: 'Read-only clusters that follow this one are made, and billed from then on: {replicas[].name}.',
    undo: 'samsung_terminate_cluster ends each of them.',
  },
  dangers: [opensWide],
  impossible: [tooMany],
};

export const createOtherRegionReplica: Effect = {
  looks: { replicas },
  creates: 'replicas[].name',
  dangers: [
    {
      risk: 'exposing',
      warning:
        'A full copy of the data goes to {region} and is kept up to date there. The service takes disks of role DATA ' +
        'only.',
      undo: 'Terminate the replicas over there.',
    },
    {
      if: { when: { nat_enabled: true } },
      risk: 'exposing',
      warning: 'The copy gets public addresses: from outside, everyone in allowable_ip_addresses can reach it.',
      undo: 'NAT stays; samsung_set_security_group_rules takes allowed addresses away again.',
    },
    opensWide,
  ],
  impossible: [tooMany],
};

/** An origin in another region is not in the list, so that nothing is known of it. */
const origin: StateLook = {
  read: 'samsung_list_clusters',
  with: { size: 1000 },
  at: 'contents[]',
  where: { id: '{now.origin_cluster_id}' },
};

/** It is only certain where the role says so, and the answer tells that there is no origin. */
const isNoReplica: EffectCondition = {
  all: [
    { is: { 'now.role_type': ['ORIGIN', 'RECOVERY'] } },
    { test: ({ at }) => at('now.origin_cluster_id')?.includes(null) },
  ],
};
const noReplica = '{now.name} is no replica: its role is {now.role_type}.';
const showsRoles = 'samsung_list_clusters shows the role of each cluster.';

export const promoteReplicaCluster: Effect = {
  looks: { now: cluster, origin },
  concerns: 'origin',
  dangers: [
    {
      risk: 'destructive',
      warning: 'Replication from the origin ends for good. What {now.name} has not received yet stays missing in it.',
      undo: 'None. To replicate again, create another replica.',
      irreversible: true,
    },
    {
      if: { is: { 'origin.service_state': ['ERROR'] } },
      risk: 'destructive',
      warning:
        'The origin does not run as it should (name {origin.name}, state {origin.service_state}) and may come back: ' +
        'what clients then write there is not in this one.',
      undo: 'Keep clients away from the origin, and stop or terminate it once it can be reached.',
      irreversible: true,
    },
    {
      if: { not: { is: { 'origin.service_state': ['STOPPED', 'TERMINATED', 'ERROR'] } } },
      risk: 'destructive',
      warning:
        'The origin goes on too (name {origin.name}, state {origin.service_state}). What clients still write ' +
        'there is not in this one: two databases take writes.',
      undo: 'Stop the origin first, or else merge by hand what was written to both.',
      irreversible: true,
    },
  ],
  impossible: [{ if: isNoReplica, because: noReplica, instead: showsRoles }],
};

export const resetReplica: Effect = {
  looks: { now: { read: 'samsung_get_cluster', with: { cluster_id: '{replica_cluster_id}' } }, origin },
  concerns: 'origin',
  impossible: [
    { if: isNoReplica, because: noReplica, instead: showsRoles },
    {
      if: { is: { 'origin.service_state': 'STOPPED' } },
      because: 'The origin {origin.name} is stopped, so that nothing can be copied from it.',
      instead: 'Start the origin with samsung_start_cluster first.',
    },
  ],
};
