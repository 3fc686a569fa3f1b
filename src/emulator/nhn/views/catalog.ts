import type { Job, Member, Subnet } from '../entities.js';
import type { flavors, versions } from '../seed/catalog.js';
import { shownTimes } from './time.js';

export const versionView = ({ dbVersion, dbVersionName, canCreate }: (typeof versions)[number]) => ({
  dbVersion,
  dbVersionName,
  restorableFromObs: canCreate,
});

export const flavorView = ({ id, name, ram, vcpus }: (typeof flavors)[number]) => ({
  dbFlavorId: id,
  dbFlavorName: name,
  ram,
  vcpus,
});

export const memberView = ({ id, name, emailAddress, phoneNumber }: Member) => ({
  memberId: id,
  memberName: name,
  emailAddress,
  phoneNumber,
});

export const subnetView = ({ id, name, cidr, usingGateway, availableIpCount }: Subnet) => ({
  subnetId: id,
  subnetName: name,
  subnetCidr: cidr,
  usingGateway,
  availableIpCount,
});

export const jobView = ({ id, status, resources, ...times }: Job) => ({
  jobId: id,
  jobStatus: status,
  resourceRelations: resources,
  ...shownTimes(times),
});
