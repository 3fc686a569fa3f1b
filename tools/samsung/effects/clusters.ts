import type { Effect } from '../../../src/define/index.js';
import { cluster, opensWide } from './_state.js';

export const createCluster: Effect = {
  creates: 'name',
  dangers: [
    {
      if: { when: { nat_enabled: true } },
      risk: 'exposing',
      warning:
        'The new cluster {name} gets public addresses: from outside, everyone in allowable_ip_addresses can reach it.',
      undo: 'NAT stays; samsung_set_security_group_rules takes allowed addresses away again.',
    },
    opensWide,
  ],
};

export const terminateCluster: Effect = {
  looks: { now: cluster, replicas: { read: 'samsung_list_replicas', at: 'contents[]', says: '{name}' } },
  dangers: [
    {
      risk: 'destructive',
      warning:
        'The cluster and its data are gone, and every client loses its database. No last backup is taken, and that ' +
        'any backup outlives it is nowhere promised.',
      undo: 'None. Restore to another cluster first if the data may be needed.',
      irreversible: true,
    },
    {
      if: { has: 'replicas.name' },
      risk: 'destructive',
      warning: 'Its replicas ({replicas.said}) lose their origin and get no more changes.',
      undo: 'Promote one of them first to have a cluster to write to.',
      irreversible: true,
    },
  ],
  impossible: [
    {
      if: { is: { 'now.service_state': ['TERMINATING', 'TERMINATED'] } },
      because: '{now.name} is terminated already (service state {now.service_state}).',
      instead: 'samsung_list_clusters shows what is left.',
    },
  ],
};
