import { imageOf, productOf, regionCode, subnetOf } from './catalog.js';
import { day, koreanTime } from './dates.js';
import type { Instance, Role, Server, Status } from './entities.js';

const roleNames: Record<Role, string> = { A: 'Stand Alone', M: 'Primary', H: 'Secondary', S: 'Read Replica' };

const initiated = { code: 'INIT', codeName: 'Initiated' };
const created = { code: 'CREAT', codeName: 'Created' };

/** The documents name three operations; during any other, neither the status nor the operation is sent. */
const codes: Partial<Record<Status, object>> = {
  creating: {
    cloudPostgresqlInstanceStatus: initiated,
    cloudPostgresqlInstanceOperation: { code: 'CREAT', codeName: 'Creating' },
  },
  settingup: {
    cloudPostgresqlInstanceStatus: created,
    cloudPostgresqlInstanceOperation: { code: 'SETUP', codeName: 'Setting up' },
  },
  running: {
    cloudPostgresqlInstanceStatus: created,
    cloudPostgresqlInstanceOperation: { code: 'NULL', codeName: 'Null' },
  },
  deleted: {
    cloudPostgresqlInstanceStatus: { code: 'DEL', codeName: 'Deleted' },
    cloudPostgresqlInstanceOperation: { code: 'NULL', codeName: 'Null' },
  },
};

export const listOfInstances = (instances: Instance[], now: number, totalRows = instances.length) => ({
  totalRows,
  cloudPostgresqlInstanceList: instances.map((instance) => instanceRow(instance, now)),
});

const instanceRow = (instance: Instance, now: number) => ({
  cloudPostgresqlInstanceNo: instance.no,
  cloudPostgresqlServiceName: instance.serviceName,
  cloudPostgresqlInstanceStatusName: instance.status,
  ...codes[instance.status],
  cloudPostgresqlImageProductCode: instance.imageCode,
  engineVersion: `PostgreSQL ${instance.engineVersion}`,
  generationCode: imageOf(instance.imageCode)?.generation,
  license: 'PostgreSQL',
  cloudPostgresqlPort: instance.port,
  isHa: instance.isHa,
  isMultiZone: instance.isMultiZone,
  isBackup: instance.backup !== undefined,
  backupFileRetentionPeriod: instance.backup?.retentionDays,
  backupTime: instance.backup?.time,
  createDate: koreanTime(instance.createdAt),
  accessControlGroupNoList: [instance.accessControlGroupNo],
  cloudPostgresqlConfigList: [],
  cloudPostgresqlServerInstanceList: instance.servers.map((server) => serverRow(instance, server, now)),
});

function serverRow(instance: Instance, server: Server, now: number) {
  const subnet = subnetOf(server.subnetNo);
  const product = productOf(instance.productCode);
  return {
    cloudPostgresqlServerInstanceNo: server.no,
    cloudPostgresqlServerName: server.name,
    cloudPostgresqlServerRole: { code: server.role, codeName: roleNames[server.role] },
    cloudPostgresqlServerInstanceStatusName: server.status,
    cloudPostgresqlProductCode: instance.productCode,
    regionCode,
    zoneCode: subnet?.zoneCode,
    vpcNo: subnet?.vpcNo,
    subnetNo: server.subnetNo,
    isPublicSubnet: subnet?.isPublic,
    publicDomain: server.publicDomain,
    privateDomain: `pg-${server.no}.vpc-pg.example`,
    privateIp: server.privateIp,
    dataStorageType: { code: instance.storageType, codeName: instance.storageType },
    isStorageEncryption: instance.isStorageEncryption,
    dataStorageSize: instance.storageBytes,
    usedDataStorageSize: usedBytes(instance, server, now),
    cpuCount: product?.cpuCount,
    memorySize: product?.memorySize,
    uptime: koreanTime(server.upSince),
    createDate: koreanTime(server.createdAt),
  };
}

/** A full storage takes nothing more. */
export function usedBytes({ storageBytes }: Instance, { used }: Server, at: number): number {
  const grown = used.bytes + (used.growthPerDay * (at - used.measuredAt)) / day;
  return Math.round(Math.min(Math.max(grown, 0), storageBytes));
}
