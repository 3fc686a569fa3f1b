import type { Cluster, Instance } from '../entities.js';
import { engineOf, publicAddress } from '../provisioning.js';
import { productImageType } from '../seed/catalog.js';
import { replicasOf, type Samsung } from '../store.js';
import { shownTime } from './time.js';

const userId = '90dddfc2b1e04edba54ba2b41539a9ac';

const instancesOf = ({ groups }: Cluster) => groups.flatMap(({ instances }) => instances);

/** A cluster as the list shows it. */
export const clusterSummary = (samsung: Samsung, cluster: Cluster) => ({
  ...shared(samsung, cluster),
  database_name: cluster.database.name,
});

const shared = ({ store }: Samsung, cluster: Cluster) => ({
  account_id: store.accountId,
  created_at: shownTime(cluster.createdAt),
  created_by: userId,
  ha_enabled: cluster.haEnabled,
  id: cluster.id,
  instance_count: instancesOf(cluster).length,
  modified_at: shownTime(cluster.modifiedAt),
  modified_by: userId,
  name: cluster.name,
  role_type: cluster.roleType,
  service_state: cluster.shownState ?? cluster.serviceState,
});

/** A cluster as it is shown alone. */
export function clusterView(samsung: Samsung, cluster: Cluster) {
  const { softwareVersion, name } = engineOf(cluster);
  const { database, natEnabled, replication, vipPublicIpId } = cluster;
  return {
    ...shared(samsung, cluster),
    allowable_ip_addresses: cluster.allowableIpAddresses,
    dbaas_engine: 'PostgreSQL',
    dbaas_engine_version_name: name,
    init_config_option: {
      audit_enabled: cluster.auditEnabled,
      backup_option: cluster.backupOption,
      database_encoding: database.encoding,
      database_locale: database.locale,
      database_name: database.name,
      database_port: database.port,
      database_user_name: database.userName,
      // Only where it says something: the provider's own client library refuses fields that it does not know.
      ...(replication && replication.originRegion !== cluster.region && { origin_region: replication.originRegion }),
    },
    instance_groups: cluster.groups.map((group) => ({
      block_storage_groups: group.disks.map(({ id, name, role, sizeGb, volumeType }) => ({
        id,
        name,
        role_type: role,
        size_gb: sizeGb,
        volume_type: volumeType,
      })),
      id: group.id,
      instances: group.instances.map((instance) => instanceView(cluster, instance)),
      role_type: group.role,
      server_type_name: group.serverType,
    })),
    maintenance_option: {
      period_hour: null,
      starting_day_of_week: null,
      starting_time: null,
      ...cluster.maintenanceOption,
      use_maintenance_option: cluster.maintenanceOption !== null,
    },
    nat_enabled: natEnabled,
    origin_cluster_id: replication?.originClusterId ?? null,
    product_image_type: productImageType,
    product_type: productImageType,
    // The documents do not say whether these are ids or names. Ids can be followed.
    replicas: replicasOf(samsung.store, cluster.id).map(({ id }) => id),
    software_version: softwareVersion,
    subnet_id: cluster.subnetId,
    timezone: cluster.timezone,
    vip_public_ip_address: natEnabled && vipPublicIpId ? publicAddress(vipPublicIpId) : null,
    vip_public_ip_id: vipPublicIpId,
    virtual_ip_address: cluster.virtualIpAddress,
  };
}

const instanceView = (cluster: Cluster, { name, role, address, publicIpId, failed }: Instance) => ({
  name,
  public_ip_address: cluster.natEnabled && publicIpId ? publicAddress(publicIpId) : null,
  public_ip_id: publicIpId,
  role_type: role,
  service_ip_address: address,
  service_state: failed ? 'ERROR' : cluster.serviceState,
});
