import * as z from 'zod';
import { defineTool, oneOfKnown, secret } from '../../../src/define/index.js';
import * as fields from '../_fields.js';
import { replicas } from '../_targets.js';

const { clusterId } = fields;

export const listClusters = defineTool({
  name: 'samsung_list_clusters',
  title: 'List clusters',
  description: 'Lists clusters with their role and state, a page at a time.',
  route: 'GET /v1/clusters',
  permission: 'postgresql:ListClusters',
  risk: 'read',
  input: z.object({
    ...fields.pages,
    sort: z
      .string()
      .regex(/^(name|service_state|created_at):(asc|desc)$/, 'must be such as created_at:desc')
      .describe('name, service_state or created_at, then :asc or :desc')
      .optional(),
    name: z.string().min(1).optional(),
    service_state: oneOfKnown('RUNNING', 'STOPPED', 'ERROR').optional(),
    database_name: z.string().min(1).optional(),
  }),
  selects: ['name', 'database_name'],
});

export const getCluster = defineTool({
  name: 'samsung_get_cluster',
  title: 'Get cluster',
  description:
    'Reads one cluster: state, servers, disks, allowed addresses, replicas, backup and maintenance settings. ' +
    'The ids of its instance groups and block storage groups are here too.',
  route: 'GET /v1/clusters/{cluster_id}',
  permission: 'postgresql:ShowCluster',
  core: true,
  risk: 'read',
  input: z.object({ cluster_id: clusterId }),
});

const backupOption = z.object({
  archive_frequency_minute: fields.backupSettings.archive_frequency_minute.optional(),
  retention_period_day: fields.backupSettings.retention_period_day.optional(),
  starting_time_hour: fields.backupSettings.starting_time_hour.optional(),
});

const initConfigOption = z.object({
  database_name: z
    .string()
    .min(3)
    .max(20)
    .regex(/^[a-zA-Z][a-zA-Z0-9]*$/, 'must be a letter, then letters and digits')
    .describe('letter, then letters, digits'),
  database_user_name: z
    .string()
    .min(2)
    .max(20)
    .regex(/^[a-z]*$/, 'must be lower-case letters only')
    .describe('lower-case letters only'),
  database_user_password: secret({
    min: 8,
    max: 30,
    pattern: /^(?=.*[A-Za-z])(?=.*\d)(?=.*[^\w\s])[ !#-&(-~]+$/,
    rule: 'ASCII with letter, digit and special character other than _, without quotes',
  }),
  database_port: z.int().min(1024).max(65535).describe('2866 when left out').optional(),
  database_encoding: z.string().min(1).describe('UTF-8 when left out').optional(),
  database_locale: z.string().min(1).describe('C when left out').optional(),
  audit_enabled: z.boolean().optional(),
  backup_option: backupOption.describe('all three; without it no backups are made').optional(),
});

const newCluster = {
  name: fields.clusterName,
  instance_name_prefix: fields.instanceNamePrefix(13),
  dbaas_engine_version_id: z.string().min(1).describe('from samsung_list_engine_versions'),
  subnet_id: z.string().min(1).describe('of type GENERAL, from the console'),
  timezone: z.string().min(1).describe('e.g. Asia/Seoul'),
  init_config_option: initConfigOption,
  instance_groups: fields.instanceGroups,
  allowable_ip_addresses: fields.allowedAddresses.optional(),
  ha_enabled: z.boolean().describe('a standby beside the active server').optional(),
  nat_enabled: z.boolean().describe('reachable over public addresses').optional(),
  virtual_ip_address: z.string().min(1).describe('with ha_enabled').optional(),
  vip_public_ip_id: z
    .string()
    .min(1)
    .describe('from the console: for NAT with ha_enabled; public_ip_id of instances without')
    .optional(),
  maintenance_option: fields.maintenanceOption.optional(),
  origin_cluster_id: z.string().min(1).describe('left out for an ordinary cluster').optional(),
  tags: fields.tags.optional(),
};

const option = 'init_config_option.backup_option';

export const createCluster = defineTool({
  name: 'samsung_create_cluster',
  title: 'Create cluster',
  description:
    'Creates a cluster, which is billed from then on. Each group needs a block storage of role OS; one of role DATA ' +
    'may come beside it.',
  route: 'POST /v1/clusters',
  permission: 'postgresql:CreateCluster',
  risk: 'write',
  input: z.object(newCluster),
  rules: [
    { ifGiven: option, needs: Object.keys(backupOption.shape).map((name) => `${option}.${name}`) },
    { if: { ha_enabled: true }, requires: { 'instance_groups[].role_type': 'ACTIVE_STANDBY' } },
    { if: { ha_enabled: false }, requires: { 'instance_groups[].role_type': 'ACTIVE' } },
    { if: { nat_enabled: true, ha_enabled: true }, needs: ['vip_public_ip_id'] },
    { if: { nat_enabled: true, ha_enabled: false }, needs: ['instance_groups[].instances[].public_ip_id'] },
  ],
  about: ['origin_cluster_id'],
  async: true,
  next: 'Only allowable_ip_addresses get in. Without any nobody does: samsung_set_security_group_rules adds them.',
});

export const terminateCluster = defineTool({
  name: 'samsung_terminate_cluster',
  title: 'Terminate cluster',
  description: 'Deletes a cluster with its data. It takes no last backup, and nothing protects a cluster from it.',
  route: 'DELETE /v1/clusters/{cluster_id}',
  permission: 'postgresql:DeleteCluster',
  risk: 'destructive',
  warning:
    'The cluster and its data are gone, and every client loses its database. That any backup outlives it is ' +
    'nowhere promised.',
  undo: 'None. Restore to another cluster first if the data may be needed.',
  irreversible: true,
  input: z.object({ cluster_id: clusterId }),
  planReads: [replicas],
  async: true,
});
