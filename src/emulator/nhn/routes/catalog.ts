import type { Call, Routes } from '../requests.js';
import { flavors, storageTypes, versions } from '../seed/catalog.js';
import type { Nhn } from '../store.js';
import { flavorView, jobView, memberView, subnetView, versionView } from '../views/catalog.js';

/** What the provider offers, the project, and jobs. */
export function catalogRoutes({ store }: Nhn): Routes {
  const job = (call: Call) => {
    const found = store.jobs.get(call.path('jobId'));
    if (found.isUnknown) throw store.jobs.missing(store.jobs.noun, found.id);
    return jobView(found);
  };
  return {
    'GET /v1.0/db-versions': () => ({ dbVersions: versions.map(versionView) }),
    'GET /v1.0/db-flavors': () => ({ dbFlavors: flavors.map(flavorView) }),
    'GET /v1.0/project/regions': () => ({ regions: [{ regionCode: 'KR1', isEnabled: true }] }),
    'GET /v1.0/project/members': () => ({ members: store.members.all().map(memberView) }),
    'GET /v1.0/network/subnets': () => ({ subnets: store.subnets.all().map(subnetView) }),
    'GET /v1.0/storage-types': () => ({ storageTypes }),
    // This is the only path under v3.0. Other editions of the guide have it under v1.0.
    'GET /v3.0/jobs/:jobId': job,
    'GET /v1.0/jobs/:jobId': job,
  };
}
