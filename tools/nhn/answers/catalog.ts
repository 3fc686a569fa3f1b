import * as z from 'zod';
import { version } from './_shapes.js';
import * as words from './_words.js';

export const catalogAnswers = {
  nhn_list_db_versions: z.strictObject({ dbVersions: z.array(version) }),

  nhn_list_db_flavors: z.strictObject({
    dbFlavors: z.array(
      z.strictObject({ dbFlavorId: z.string(), dbFlavorName: z.string(), ram: z.number(), vcpus: z.number() }),
    ),
  }),

  nhn_list_regions: z.strictObject({
    regions: z.array(z.strictObject({ regionCode: z.string(), isEnabled: z.boolean() })),
  }),

  nhn_list_project_members: z.strictObject({
    members: z.array(
      z.strictObject({
        memberId: z.string(),
        memberName: z.string(),
        emailAddress: z.string(),
        phoneNumber: z.string(),
      }),
    ),
  }),

  nhn_list_subnets: z.strictObject({
    subnets: z.array(
      z.strictObject({
        subnetId: z.string(),
        subnetName: z.string(),
        subnetCidr: z.string(),
        usingGateway: z.boolean(),
        availableIpCount: z.number(),
      }),
    ),
  }),

  nhn_list_storage_types: z.strictObject({ storageTypes: z.array(z.string()) }),

  nhn_get_job: z.strictObject({
    jobId: z.string(),
    jobStatus: words.jobStatus,
    resourceRelations: z.array(z.strictObject({ resourceType: words.resourceType, resourceId: z.string() })),
    createdYmdt: z.string(),
    updatedYmdt: z.string(),
  }),
};
