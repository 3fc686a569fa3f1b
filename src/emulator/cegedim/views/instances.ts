import type { DbNode, Instance } from '../entities.js';
import {
  areaOf,
  endOfSalesAt,
  extendedSupportAt,
  networkOf,
  productOf,
  regionOf,
  serviceOf,
  sizeOf,
  supportPhaseOf,
} from '../seed/catalog.js';
import type { Cegedim } from '../store.js';
import { backupPolicyDetails, serverBackup } from './backups.js';
import { areaView, cloud, networkView, regionView, zoneView } from './catalog.js';
import { shownTime, shownTimeOrNull } from './time.js';

/** The inventory's fields of an instance and of its nodes. */
function common(instance: Instance, now: number) {
  const service = serviceOf(instance);
  const product = productOf(instance);
  return {
    ...cloud,
    category: 'DATABASES',
    comment: instance.comment,
    creationTime: shownTime(instance.createdAt),
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

const nodeStatusOf = (instance: Instance, node: DbNode): string => (node.failed ? 'INACTIVE' : instance.status);

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

/** The fields that an instance and each of its nodes share, in addition to those of the inventory. */
function details({ account, world }: Cegedim, instance: Instance, zoneId: string | undefined) {
  const now = world.now();
  const area = areaOf(instance);
  const region = regionOf(area);
  const product = productOf(instance);
  return {
    ...sizeOf(instance),
    backupPolicyDetails: backupPolicyDetails(instance, now),
    backupStatus: instance.backedUp,
    endOfSalesAt: shownTime(endOfSalesAt(product)),
    endOfSupportAt: shownTime(product.endOfSupportAt),
    extendedSupportAt: shownTime(extendedSupportAt(product)),
    internalType: 'POSTGRESQL',
    labelArea: area.id,
    labelAvailabilityZone: zoneId ?? null,
    labelDataCenter: area.zones.find(({ id }) => id === zoneId)?.dataCenter ?? region.dataCenter,
    labelRegion: region.id,
    metrologyUrl: `${account.origin}/metrology/${instance.id}`,
    monitoringRequested: instance.monitored,
    productCode: product.code,
    productVersion: String(product.version),
    releasedAt: shownTime(product.releasedAt),
    serviceKey: serviceOf(instance).key,
    storage: instance.diskGb,
    technology: 'POSTGRESQL',
  };
}

export function instanceView(cegedim: Cegedim, instance: Instance) {
  const { world, store } = cegedim;
  const now = world.now();
  const [first] = instance.nodes;
  return {
    ...instanceEntry(instance, now),
    ...details(cegedim, instance, first?.zoneId),
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
    // Each node of a pair has its own group, but the pair has none.
    patchParty: patchParty(instance, now, instance.nodes.length === 1 ? first?.patchGroup : undefined),
    replicationStatus: instance.nodes.every(({ replicated }) => replicated),
    tlsEnabled: instance.tls,
    topology: instance.topology,
    trigram: instance.trigram,
    url: `${instance.name}.${cegedim.account.name}.sandbox:5432`,
    version: String(productOf(instance).version),
  };
}

export function nodeView(cegedim: Cegedim, instance: Instance, node: DbNode) {
  const { world, store } = cegedim;
  const now = world.now();
  const area = areaOf(instance);
  return {
    ...nodeEntry(instance, node, now),
    ...details(cegedim, instance, node.zoneId),
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

/** Sizes are in GB. The documents name no unit. */
const storageView = ({ diskGb, usedGb }: Instance) => ({
  fileSystems: [
    { ...systemDisk, mountingPoint: '/', type: 'ext4' },
    { sizeOf: diskGb, free: diskGb - usedGb, mountingPoint: '/var/lib/postgresql', type: 'xfs' },
  ],
  totalSizeDisks: diskGb + systemDisk.sizeOf,
  totalSizeFileSystems: diskGb + systemDisk.sizeOf,
});

/** A group is patched once a month: the first one on the 7th, and the fourth one on the 28th. */
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
    exclusionDate: shownTimeOrNull(exclusion?.at),
    exclusionReason: exclusion?.reason ?? null,
    id,
    name,
    patchDate: exclusion || !group ? null : shownTime(nextPatch(group, now)),
    patchGroup: group ?? null,
    patchTag: exclusion ? null : 'MONTHLY',
  };
}
