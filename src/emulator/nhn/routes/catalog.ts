import { ymdt } from '../dates.js';
import type { Nhn } from '../jobs.js';
import type { Call, Routes } from '../requests.js';
import { flavors, members, storageTypes, subnets, versions } from '../seed/catalog.js';

/** What the provider offers, the project, and jobs. */
export function catalogRoutes({ store }: Nhn): Routes {
  const job = (call: Call) => {
    const { id, status, resources, createdAt, updatedAt } = store.jobs.get(call.path('jobId'));
    return {
      jobId: id,
      jobStatus: status,
      resourceRelations: resources,
      createdYmdt: ymdt(createdAt),
      updatedYmdt: ymdt(updatedAt),
    };
  };
  return {
    'GET /v1.0/db-versions': () => ({ dbVersions: versions.map(versionView) }),
    'GET /v1.0/db-flavors': () => ({
      dbFlavors: flavors.map(({ id, name, ram, vcpus }) => ({ dbFlavorId: id, dbFlavorName: name, ram, vcpus })),
    }),
    'GET /v1.0/project/regions': () => ({ regions: [{ regionCode: 'KR1', isEnabled: true }] }),
    'GET /v1.0/project/members': () => ({ members }),
    'GET /v1.0/network/subnets': () => ({
      subnets: subnets.map(({ id, name, cidr, usingGateway, availableIpCount }) => ({
        subnetId: id,
        subnetName: name,
        subnetCidr: cidr,
        usingGateway,
        availableIpCount,
      })),
    }),
    'GET /v1.0/storage-types': () => ({ storageTypes }),
    // The one path under v3.0; other editions of the guide have it under v1.0.
    'GET /v3.0/jobs/:jobId': job,
    'GET /v1.0/jobs/:jobId': job,
  };
}

export const versionView = ({ dbVersion, dbVersionName, canCreate }: (typeof versions)[number]) => ({
  dbVersion,
  dbVersionName,
  restorableFromObs: canCreate,
});
