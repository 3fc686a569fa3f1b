import { freeAddresses, usedPercent } from '../provisioning.js';
import { type Area, areas, type Network, regionOf, type Zone } from '../seed/catalog.js';
import type { Store } from '../store.js';

export const cloud = { cloudId: 1, cloudName: 'cegedim.cloud sandbox' };

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

export const zoneView = ({ id: areaId, zones }: Area, zone: Zone) => ({
  availabilityZoneGroup: areaId,
  datacenterId: zone.dataCenter,
  defaultZone: zone === zones[0],
  id: zone.id,
  location: zone.location,
  routable: true,
});

export const areaView = (area: Area) => ({
  availabilityZones: area.zones.map((zone) => zoneView(area, zone)),
  defaultArea: area.isDefault,
  id: area.id,
  location: area.location,
  regulation: area.regulation,
});

export const regionView = (area: Area) => ({
  ...regionOf(area),
  areas: areas.filter(({ regionId }) => regionId === area.regionId).map(areaView),
});
