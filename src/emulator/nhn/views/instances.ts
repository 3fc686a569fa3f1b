import type { DbInstance, InstanceGroup, Subnet } from '../entities.js';
import { shownTimes } from './time.js';

export const instanceView = (instance: DbInstance) => ({
  dbInstanceId: instance.id,
  dbInstanceGroupId: instance.groupId,
  dbInstanceName: instance.name,
  description: instance.description,
  dbVersion: instance.dbVersion,
  dbPort: instance.dbPort,
  dbInstanceType: instance.type,
  dbInstanceStatus: instance.status,
  progressStatus: instance.progress,
  ...shownTimes(instance),
});

export const instanceGroupView = ({ id, highAvailability, ...times }: InstanceGroup) => ({
  dbInstanceGroupId: id,
  dbInstanceGroupStatus: 'CREATED',
  replicationType: highAvailability ? 'HIGH_AVAILABILITY' : 'STANDALONE',
  ...shownTimes(times),
});

export function networkView(instance: DbInstance, subnet: Subnet) {
  // Every instance has its own host number in the subnet, and another one outside.
  const host = 10 + (Number.parseInt(instance.id.slice(0, 4), 16) % 230);
  const domain = `${instance.id}.%.kr1.postgres.rds.nhncloudservice.com`;
  const inside = {
    domain: instance.host ?? domain.replace('%', 'internal'),
    ipAddress: instance.host ?? subnet.cidr.replace(/0\/\d+$/, String(host)),
    endPointType: 'INTERNAL',
  };
  const outside = {
    domain: instance.host ?? domain.replace('%', 'external'),
    ipAddress: instance.host ?? `203.0.113.${host}`,
    endPointType: 'EXTERNAL',
  };
  return {
    availabilityZone: instance.availabilityZone,
    subnet: {
      subnetId: subnet.id,
      subnetName: subnet.name,
      subnetCidr: subnet.cidr,
      publicAccessible: instance.usePublicAccess,
    },
    endPoints: instance.usePublicAccess ? [inside, outside] : [inside],
  };
}
