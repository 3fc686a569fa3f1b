import * as z from 'zod';
import { nothing, pageOf } from '../../core/requests.js';
import * as field from '../fields.js';
import { buildGroups, newArchive, newCluster, privateAddress, refuseMissingPublicIp } from '../provisioning.js';
import { invalid, unknownRequest } from '../replies.js';
import { paging, type Routes, sorted, sorting } from '../requests.js';
import { engineVersions } from '../seed/catalog.js';
import { refuseTakenName, type Samsung } from '../store.js';
import { clusterSummary, clusterView } from '../views/clusters.js';
import { comeUp, refuseUnless, startWork } from '../work.js';

export function clusterRoutes(samsung: Samsung): Routes {
  const { store } = samsung;
  return {
    'GET /v1/requests/:request_id': (call) => {
      const request = store.requests.find(call.path('request_id'));
      if (!request) throw unknownRequest(call.path('request_id'));
      return { request_id: request.id, state: request.state };
    },

    'GET /v1/clusters': (call) => {
      const { name = '', service_state, database_name, sort, ...page } = call.query(listing);
      const clusters = store.clusters
        .all()
        .map((cluster) => clusterSummary(samsung, cluster))
        .filter((cluster) => cluster.name.includes(name))
        .filter((cluster) => !service_state || cluster.service_state === service_state)
        .filter((cluster) => !database_name || cluster.database_name === database_name);
      return { contents: pageOf(sorted(clusters, sort), page), count: clusters.length, ...page, sort: [sort] };
    },

    'GET /v1/clusters/:cluster_id': (call) => {
      const view = clusterView(samsung, store.clusters.get(call.path('cluster_id')));
      return call.apiVersion === 'postgresql 1.0' ? view : { ...view, is_kernel_patchable: false };
    },

    'POST /v1/clusters': (call) => {
      const given = call.body(creation);
      const { init_config_option: init, ha_enabled: haEnabled, nat_enabled: natEnabled } = given;
      refuseTakenName(store, given.name);
      if (given.origin_cluster_id) store.clusters.get(given.origin_cluster_id);
      refuseVersion(given.dbaas_engine_version_id);
      const backupOption = completeBackupOption(init.backup_option);
      const groups = buildGroups(samsung, given.instance_name_prefix, given.instance_groups);
      for (const { role, disks } of groups) {
        if ((role === 'ACTIVE_STANDBY') !== haEnabled)
          throw invalid(`ha_enabled is ${haEnabled}, but the instance group is ${role}.`);
        if (!disks.some((disk) => disk.role === 'OS')) throw invalid('An instance group needs a disk of role OS.');
      }
      if (natEnabled) refuseMissingPublicIp(groups, given.vip_public_ip_id);
      const cluster = newCluster(samsung, {
        name: given.name,
        roleType: 'ORIGIN',
        region: 'kr-west1',
        engineVersionId: given.dbaas_engine_version_id,
        haEnabled,
        natEnabled,
        allowableIpAddresses: given.allowable_ip_addresses,
        subnetId: given.subnet_id,
        timezone: given.timezone,
        vipPublicIpId: given.vip_public_ip_id,
        virtualIpAddress: haEnabled ? (given.virtual_ip_address ?? privateAddress(`${given.name}-vip`)) : null,
        database: {
          name: init.database_name,
          userName: init.database_user_name,
          port: init.database_port ?? 2866,
          encoding: init.database_encoding ?? 'UTF-8',
          locale: init.database_locale ?? 'C',
        },
        auditEnabled: init.audit_enabled,
        backupOption,
        maintenanceOption: given.maintenance_option,
        groups,
        archive: newArchive(samsung, backupOption),
        parameters: { applied: {}, waiting: {}, recorded: {}, recordedAt: samsung.world.now() },
      });
      return startWork(samsung, call, {
        cluster,
        during: 'CREATING',
        seconds: 40,
        effect: () => comeUp(samsung, cluster),
      });
    },

    'DELETE /v1/clusters/:cluster_id': (call) => {
      call.body(nothing);
      const cluster = store.clusters.get(call.path('cluster_id'));
      refuseUnless(cluster, ['RUNNING', 'STOPPED', 'ERROR']);
      return startWork(samsung, call, {
        cluster,
        during: 'TERMINATING',
        seconds: 15,
        effect: () => store.clusters.remove(cluster.id),
      });
    },
  };
}

function refuseVersion(id: string): void {
  const version = engineVersions.find((each) => each.id === id);
  if (!version) throw invalid(`Engine version ${id} does not exist.`);
  if (version.endOfService) throw invalid(`${version.name} is past its end of service.`);
}

function completeBackupOption(given: z.infer<typeof backupOption>) {
  const { archive_frequency_minute, retention_period_day, starting_time_hour } = given ?? {};
  const values = [archive_frequency_minute, retention_period_day, starting_time_hour];
  if (archive_frequency_minute && retention_period_day && starting_time_hour)
    return { archive_frequency_minute, retention_period_day, starting_time_hour };
  if (values.some(Boolean)) throw invalid('backup_option needs all three of its values, or none.');
  return null;
}

const listing = z.strictObject({
  ...paging,
  sort: sorting(['name', 'service_state', 'created_at']),
  name: z.string().optional(),
  service_state: z.string().optional(),
  database_name: z.string().optional(),
});

const backupOption = z
  .strictObject({
    archive_frequency_minute: field.frequencyMinute.nullish(),
    retention_period_day: field.retentionDays.nullish(),
    starting_time_hour: field.hourOfDay.nullish(),
  })
  .nullish();

const isTimezone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const creation = z.strictObject({
  allowable_ip_addresses: field.addresses.default([]),
  dbaas_engine_version_id: z.string(),
  ha_enabled: z.boolean().default(false),
  init_config_option: z.strictObject({
    audit_enabled: z.boolean().default(false),
    backup_option: backupOption,
    database_encoding: z.string().nullish(),
    database_locale: z.string().nullish(),
    database_name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{2,19}$/),
    database_port: z.number().int().min(1024).max(65_535).nullish(),
    database_user_name: z.string().regex(/^[a-z]{2,20}$/),
    database_user_password: field.password,
  }),
  instance_groups: field.instanceGroups,
  instance_name_prefix: field.serverNamePrefix(13),
  maintenance_option: field.maintenanceOption,
  name: field.clusterName,
  nat_enabled: z.boolean().default(false),
  origin_cluster_id: field.optionalText,
  subnet_id: z.string().min(1),
  tags: field.tags,
  timezone: z.string().refine(isTimezone),
  vip_public_ip_id: field.optionalText,
  virtual_ip_address: field.optionalText,
});
