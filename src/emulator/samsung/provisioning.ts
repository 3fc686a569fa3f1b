import type { z } from 'zod';
import { fixedNumber } from '../core/ids.js';
import type { Cluster, Disk, InstanceGroup } from './entities.js';
import type { disk, GivenGroups } from './fields.js';
import { invalid } from './replies.js';
import { type EngineVersion, engineVersions, serverTypes } from './seed/catalog.js';
import { newId, type Samsung } from './store.js';

export function refuseUnknownServerType(name: string): void {
  if (!serverTypes.some((type) => type.name === name)) throw invalid(`Server type ${name} does not exist.`);
}

/** The version of a cluster, which is seeded or already checked. */
export function engineOf({ engineVersionId }: Cluster): EngineVersion {
  const version = engineVersions.find(({ id }) => id === engineVersionId);
  if (!version) throw new Error(`There is no engine version ${engineVersionId}.`);
  return version;
}

export const toDisk = (samsung: Samsung, given: z.infer<typeof disk>, prefix: string, number: number): Disk => ({
  id: newId(samsung),
  name: `${prefix}-${given.role_type.toLowerCase()}-${number}`,
  role: given.role_type,
  sizeGb: given.size_gb,
  volumeType: given.volume_type,
});

export function buildGroups(samsung: Samsung, prefix: string, given: GivenGroups): InstanceGroup[] {
  return given.map(({ role_type, server_type_name, block_storage_groups, instances }) => {
    refuseUnknownServerType(server_type_name);
    const roles = role_type === 'ACTIVE' ? (['ACTIVE'] as const) : (['ACTIVE', 'STANDBY'] as const);
    const servers = instances?.length
      ? instances
      : roles.map((role) => ({ role_type: role, public_ip_id: null, service_ip_address: null }));
    const sameRoles =
      servers
        .map((server) => server.role_type)
        .toSorted()
        .join() === roles.join();
    if (!sameRoles) throw invalid(`A group of role ${role_type} has exactly these instances: ${roles.join(', ')}.`);
    return {
      id: newId(samsung),
      role: role_type,
      serverType: server_type_name,
      disks: block_storage_groups.map((each, index) => toDisk(samsung, each, prefix, index + 1)),
      instances: servers.map(({ role_type: role, public_ip_id, service_ip_address }, index) => {
        const name = `${prefix}${String(index + 1).padStart(3, '0')}`;
        return {
          name,
          role,
          address: service_ip_address ?? privateAddress(name),
          publicIpId: public_ip_id,
          failed: false,
        };
      }),
    };
  });
}

/** With NAT, a single server needs a public address of its own, and a pair needs one for its virtual address. */
export function refuseMissingPublicIp(groups: InstanceGroup[], vipPublicIpId: string | null): void {
  const isPair = groups.some(({ role }) => role === 'ACTIVE_STANDBY');
  if (isPair && !vipPublicIpId) throw invalid('nat_enabled with ha_enabled needs vip_public_ip_id.');
  const instances = groups.flatMap((group) => group.instances);
  if (!isPair && instances.some(({ publicIpId }) => !publicIpId))
    throw invalid('nat_enabled without ha_enabled needs public_ip_id of every instance.');
}

/** Creates a cluster with the defaults for everything that was not given. */
export function newCluster(samsung: Samsung, given: Omit<Cluster, keyof ReturnType<typeof beginnings>>): Cluster {
  return samsung.store.clusters.add({ ...beginnings(samsung), ...given });
}

const beginnings = (samsung: Samsung) => ({
  id: newId(samsung),
  createdAt: samsung.world.now(),
  modifiedAt: samsung.world.now(),
  serviceState: 'CREATING' as const,
  backups: [],
  logExports: new Map(),
  diskFull: false,
});

/** Archiving begins with the backups, and has the same retention. */
export function newArchive({ world }: Samsung, backupOption: Cluster['backupOption']): Cluster['archive'] {
  const config = { enabled: backupOption !== null, retentionDays: Number(backupOption?.retention_period_day ?? 1) };
  return { ...config, since: world.now(), recorded: config };
}

/** The same name always gets the same address. */
export const privateAddress = (name: string): string =>
  `192.168.${10 + fixedNumber(name, 8)}.${20 + fixedNumber(name, 211)}`;
// This range is reserved for documentation.
export const publicAddress = (publicIpId: string): string => `203.0.113.${1 + fixedNumber(publicIpId, 253)}`;
