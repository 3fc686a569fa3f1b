import type { Instance, Role, Server, Status } from '../entities.js';
import { usedBytes } from '../provisioning.js';
import { imageOf, productOf, regionCode, subnetOf } from '../seed/catalog.js';
import { shownTime } from './time.js';

const roleNames: Record<Role, string> = { A: 'Stand Alone', M: 'Primary', H: 'Secondary', S: 'Read Replica' };

const initiated = { code: 'INIT', codeName: 'Initiated' };
const created = { code: 'CREAT', codeName: 'Created' };

/** The documents name three operations. During any other, neither the status nor the operation is sent. */
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

/** The instance as reads show it, which lags behind its changes. */
export function asRead(instance: Instance): Instance {
  const { before, servers } = instance;
  if (!before) return instance;
  const shown = servers.flatMap((server) => {
    const status = before.servers.get(server.id);
    return status ? [{ ...server, status }] : [];
  });
  return { ...instance, status: before.status, servers: shown };
}

export const instanceListView = (instances: Instance[], now: number, totalRows = instances.length) => ({
  totalRows,
  cloudPostgresqlInstanceList: instances.map((instance) => instanceView(instance, now)),
});

const instanceView = (instance: Instance, now: number) => ({
  cloudPostgresqlInstanceNo: instance.id,
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
  createDate: shownTime(instance.createdAt),
  accessControlGroupNoList: [instance.accessControlGroupNo],
  cloudPostgresqlConfigList: [],
  cloudPostgresqlServerInstanceList: instance.servers.map((server) => serverView(instance, server, now)),
});

function serverView(instance: Instance, server: Server, now: number) {
  const subnet = subnetOf(server.subnetNo);
  const product = productOf(instance.productCode);
  return {
    cloudPostgresqlServerInstanceNo: server.id,
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
    privateDomain: `pg-${server.id}.vpc-pg.example`,
    privateIp: server.privateIp,
    dataStorageType: { code: instance.storageType, codeName: instance.storageType },
    isStorageEncryption: instance.isStorageEncryption,
    dataStorageSize: instance.storageBytes,
    usedDataStorageSize: usedBytes(instance, server, now),
    cpuCount: product?.cpuCount,
    memorySize: product?.memorySize,
    uptime: shownTime(server.upSince),
    createDate: shownTime(server.createdAt),
  };
}
