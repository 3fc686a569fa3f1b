import { backupPolicyDetails, serverBackup } from './backups.js';
import {
  type Area,
  areaOf,
  areas,
  endOfSalesAt,
  extendedSupportAt,
  type Network,
  networkOf,
  productOf,
  regionOf,
  serviceOf,
  sizeOf,
  supportPhaseOf,
  type Zone,
} from './catalog.js';
import { iso, isoOrNull } from './dates.js';
import type { DbNode, Instance } from './entities.js';
import { freeAddresses, nodeStatusOf, usedPercent } from './nodes.js';
import type { Cegedim, Store } from './store.js';

export const cloud = { cloudId: 1, cloudName: 'cegedim.cloud sandbox' };

/** What the inventory tells of any resource of an instance: the instance itself, and its nodes. */
function common(instance: Instance, now: number) {
  const service = serviceOf(instance);
  const product = productOf(instance);
  return {
    ...cloud,
    category: 'DATABASES',
    comment: instance.comment,
    creationTime: iso(instance.createdAt),
    creationUser: instance.createdBy,
    environment: service.isProduction ? 'PRODUCTION' : 'QA',
    family: 'POSTGRESQL',
    productName: `PostgreSQL ${product.version}`,
    serviceId: service.id,
    serviceName: service.name,
    supportLevel: instance.supportLevel,
    supportPhase: supportPhaseOf(product, now),
  };
}

export const instanceEntry = (instance: Instance, now: number) => ({
  ...common(instance, now),
  id: instance.id,
  internalResourceId: instance.internalId,
  name: instance.name,
  path: `/databases/postgresql/${instance.id}`,
  resourceType: 'POSTGRESQL',
  status: instance.status,
  type: 'PostgreSQL',
});

export const nodeEntry = (instance: Instance, node: DbNode, now: number) => ({
  ...common(instance, now),
  id: node.id,
  internalResourceId: node.internalId,
  name: node.name,
  path: `/compute/virtual-instances/${node.internalId}`,
  resourceType: 'VIRTUAL_INSTANCE',
  status: nodeStatusOf(instance, node),
  type: 'Virtual instance',
});

/** What an instance and each of its nodes have in common beyond the inventory. */
function details(instance: Instance, now: number, zoneId: string | undefined) {
  const area = areaOf(instance);
  const region = regionOf(area);
  const product = productOf(instance);
  return {
    ...sizeOf(instance),
    backupPolicyDetails: backupPolicyDetails(instance, now),
    backupStatus: instance.backedUp,
    endOfSalesAt: iso(endOfSalesAt(product)),
    endOfSupportAt: iso(product.endOfSupportAt),
    extendedSupportAt: iso(extendedSupportAt(product)),
    internalType: 'POSTGRESQL',
    labelArea: area.id,
    labelAvailabilityZone: zoneId ?? null,
    labelDataCenter: area.zones.find(({ id }) => id === zoneId)?.dataCenter ?? region.dataCenter,
    labelRegion: region.id,
    metrologyUrl: `http://cegedim.sandbox/metrology/${instance.id}`,
    monitoringRequested: instance.monitored,
    productCode: product.code,
    productVersion: String(product.version),
    releasedAt: iso(product.releasedAt),
    serviceKey: serviceOf(instance).key,
    storage: instance.diskGb,
    technology: 'POSTGRESQL',
  };
}

export function instanceView({ world, store }: Cegedim, instance: Instance) {
  const now = world.now();
  const [first] = instance.nodes;
  return {
    ...instanceEntry(instance, now),
    ...details(instance, now, first?.zoneId),
    allowMonitoringDisplay: instance.monitored,
    allowedReplicationLag: instance.allowedReplicationLagMb,
    area: instance.areaId,
    instanceCount: instance.nodes.length,
    ipAddress: first?.ipAddress ?? null,
    label: instance.name,
    prettyLabel: `${instance.name} (PostgreSQL)`,
    network: networkView(store, networkOf(instance)),
    networkId: instance.networkId,
    nodeCount: instance.nodes.length,
    nodeSizing: instance.sizing,
    sizing: instance.sizing,
    // The members of a pair have a group each; the pair has none.
    patchParty: patchParty(instance, now, instance.nodes.length === 1 ? first?.patchGroup : undefined),
    replicationStatus: instance.nodes.every(({ replicated }) => replicated),
    tlsEnabled: instance.tls,
    topology: instance.topology,
    trigram: instance.trigram,
    url: `${instance.name}.cegedim.sandbox:5432`,
    version: String(productOf(instance).version),
  };
}

export function nodeView({ world, store }: Cegedim, instance: Instance, node: DbNode) {
  const now = world.now();
  const area = areaOf(instance);
  return {
    ...nodeEntry(instance, node, now),
    ...details(instance, now, node.zoneId),
    area: areaView(area),
    authenticationDomain: 'sandbox.example',
    availabilityZone: area.zones.filter(({ id }) => id === node.zoneId).map((zone) => zoneView(area, zone))[0] ?? null,
    backup: serverBackup(instance, now),
    enableProfileBaseNtp: true,
    enableProfileBaseResolve: true,
    firewallBlockIntraSubnetTraffic: false,
    firewallEnable: true,
    firewallPurge: false,
    imageCode: productOf(instance).code,
    ipAddress: node.ipAddress,
    isExternalIngressNode: false,
    isInternalIngressNode: false,
    isMemberOFLoadBalancer: false,
    label: node.name,
    prettyLabel: `${node.name} of ${instance.name}`,
    loadbalancers: [],
    manageSentinelOne: true,
    network: { ...networkView(store, networkOf(instance)), ipAddress: node.ipAddress },
    ntpServers: ['ntp1.cegedim.sandbox', 'ntp2.cegedim.sandbox'],
    osName: productOf(instance).osName,
    osType: 'LINUX',
    parentResourceType: 'POSTGRESQL',
    patchParty: patchParty(instance, now, node.patchGroup),
    region: regionView(area),
    relayHost: null,
    replication: {
      noStoRplExplanation: node.replicated ? null : 'The copy has fallen behind',
      storageClass: 'SSD',
      storageClassOverride: null,
      storageMoveInProgress: false,
      storageMoveTicket: null,
      storageReplicationClass: 'REPLICATED',
    },
    replicationStatus: node.replicated,
    snapshot: null,
    storageInformation: storageView(instance),
    storageMoveInProgress: false,
  };
}

const systemDisk = { sizeOf: 20, free: 12 };

/** In GB; the documents name no unit. */
const storageView = ({ diskGb, usedGb }: Instance) => ({
  fileSystems: [
    { ...systemDisk, mountingPoint: '/', type: 'ext4' },
    { sizeOf: diskGb, free: diskGb - usedGb, mountingPoint: '/var/lib/postgresql', type: 'xfs' },
  ],
  totalSizeDisks: diskGb + systemDisk.sizeOf,
  totalSizeFileSystems: diskGb + systemDisk.sizeOf,
});

/** A group is patched once a month, the first one on the 7th, the fourth on the 28th. */
function nextPatch(group: string, now: number): number {
  const date = new Date(now);
  const inMonth = (month: number) => Date.UTC(date.getUTCFullYear(), month, Number(group) * 7, 21);
  const thisMonth = inMonth(date.getUTCMonth());
  return thisMonth > now ? thisMonth : inMonth(date.getUTCMonth() + 1);
}

function patchParty({ id, name, exclusion }: Instance, now: number, group: string | undefined) {
  return {
    excluded: exclusion !== undefined,
    excludedBy: exclusion?.by ?? null,
    exclusionDate: isoOrNull(exclusion?.at),
    exclusionReason: exclusion?.reason ?? null,
    id,
    name,
    patchDate: exclusion || !group ? null : iso(nextPatch(group, now)),
    patchGroup: group ?? null,
    patchTag: exclusion ? null : 'MONTHLY',
  };
}

export function networkView(store: Store, network: Network) {
  const name = `${network.areaId} ${network.purpose}`;
  return {
    area: network.areaId,
    cidr: `${network.prefix}.0/${network.maskBits}`,
    cloud: cloud.cloudName,
    defaultNetwork: false,
    description: name,
    dns: [{ alias: 'main', domain: 'cegedim.sandbox' }],
    environment: network.environment,
    gateway: `${network.prefix}.1`,
    id: network.id,
    ipAddress: `${network.prefix}.0`,
    ipFreeNumber: freeAddresses(store, network),
    isIpRangePublic: network.isPublic,
    mask: network.maskBits === 24 ? '255.255.255.0' : '255.255.255.240',
    networkShortDescription: network.purpose,
    region: network.areaId.slice(0, 2),
    scope: network.isPublic ? 'PUBLIC' : 'PRIVATE',
    shortDescription: network.purpose,
    technicalId: `net-${network.id}`,
    usedPercent: usedPercent(store, network),
  };
}

const zoneView = ({ id: areaId, zones }: Area, zone: Zone) => ({
  availabilityZoneGroup: areaId,
  datacenterId: zone.dataCenter,
  defaultZone: zone === zones[0],
  id: zone.id,
  location: zone.location,
  routable: true,
});

const areaView = (area: Area) => ({
  availabilityZones: area.zones.map((zone) => zoneView(area, zone)),
  defaultArea: area.isDefault,
  id: area.id,
  location: area.location,
  regulation: area.regulation,
});

const regionView = (area: Area) => ({
  ...regionOf(area),
  areas: areas.filter(({ regionId }) => regionId === area.regionId).map(areaView),
});
