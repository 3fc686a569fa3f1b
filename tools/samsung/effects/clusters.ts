import type { Effect } from '../../../src/define/index.js';
import { cluster, disksAt, maintenanceAt, opensWide } from './_state.js';

const init = 'now.init_config_option';

export const createCluster: Effect = {
  creates: 'name',
  ordinary: {
    warning: 'The new cluster {name} is made, and billed from then on.',
    undo: 'samsung_terminate_cluster ends it, with what is in it by then.',
  },
  prepares: {
    looks: {
      now: cluster,
      version: {
        read: 'samsung_list_engine_versions',
        at: 'contents[]',
        where: { software_version: '{now.software_version}' },
      },
    },
    fills: {
      dbaas_engine_version_id: 'version.id',
      subnet_id: 'now.subnet_id',
      timezone: 'now.timezone',
      'init_config_option.database_port': `${init}.database_port`,
      'init_config_option.database_encoding': `${init}.database_encoding`,
      'init_config_option.database_locale': `${init}.database_locale`,
      'init_config_option.audit_enabled': `${init}.audit_enabled`,
      'init_config_option.backup_option': `${init}.backup_option`,
      instance_groups: {
        derived: (at) => {
          const disks = disksAt(at, ['OS', 'DATA', 'ARCHIVE', 'TEMP', 'BACKUP']);
          const [server_type_name] = at('now.instance_groups.server_type_name') ?? [];
          const [role_type] = at('now.instance_groups.role_type') ?? [];
          return [{ role_type, server_type_name, block_storage_groups: disks }];
        },
      },
      allowable_ip_addresses: { list: 'now.allowable_ip_addresses' },
      ha_enabled: 'now.ha_enabled',
      nat_enabled: 'now.nat_enabled',
      maintenance_option: { derived: maintenanceAt },
    },
    reachableFrom: 'allowable_ip_addresses',
  },
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
