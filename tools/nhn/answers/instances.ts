import * as z from 'zod';
import { version } from './_shapes.js';
import * as words from './_words.js';

export const instancesAnswers = {
  nhn_list_db_instance_groups: z.strictObject({
    dbInstanceGroups: z.array(
      z.strictObject({
        dbInstanceGroupId: z.string(),
        dbInstanceGroupStatus: words.dbInstanceGroupStatus,
        replicationType: words.replicationType,
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
      }),
    ),
  }),

  nhn_get_db_instance_group: z.strictObject({
    dbInstanceGroupId: z.string(),
    dbInstanceGroupStatus: words.dbInstanceGroupStatus,
    replicationType: words.replicationType,
    dbInstances: z.array(
      z.strictObject({
        dbInstanceId: z.string(),
        dbInstanceType: words.dbInstanceType,
        dbInstanceStatus: words.dbInstanceStatus,
      }),
    ),
    createdYmdt: z.string(),
    updatedYmdt: z.string(),
  }),

  nhn_list_db_instances: z.strictObject({
    dbInstances: z.array(
      z.strictObject({
        dbInstanceId: z.string(),
        dbInstanceGroupId: z.string(),
        dbInstanceName: z.string(),
        description: z.string().nullable(),
        dbVersion: z.string(),
        dbPort: z.number(),
        dbInstanceType: words.dbInstanceType,
        dbInstanceStatus: words.dbInstanceStatus,
        progressStatus: words.dbInstanceProgressStatus,
        createdYmdt: z.string(),
        updatedYmdt: z.string(),
      }),
    ),
  }),

  nhn_get_db_instance: z.strictObject({
    dbInstanceId: z.string(),
    dbInstanceGroupId: z.string(),
    dbInstanceName: z.string(),
    description: z.string().nullable(),
    dbVersion: z.string(),
    dbPort: z.number(),
    dbInstanceType: words.dbInstanceType,
    dbInstanceStatus: words.dbInstanceStatus,
    progressStatus: words.dbInstanceProgressStatus,
    dbFlavorId: z.string(),
    parameterGroupId: z.string(),
    dbSecurityGroupIds: z.array(z.string()),
    notificationGroupIds: z.array(z.string()),
    useDeletionProtection: z.boolean(),
    needToApplyParameterGroup: z.boolean(),
    needMigration: z.boolean(),
    osVersion: z.string().optional(),
    createdYmdt: z.string(),
    updatedYmdt: z.string(),
  }),

  nhn_get_high_availability: z.strictObject({
    haStatus: words.haStatus,
    pingInterval: z.number(),
    failoverReplWaitingTime: z.number(),
    useHighAvailability: z.boolean().optional(),
  }),

  nhn_get_storage_info: z.strictObject({
    storageType: z.string(),
    storageSize: z.number(),
    storageStatus: words.storageStatus,
  }),

  nhn_get_network_info: z.strictObject({
    availabilityZone: z.string(),
    subnet: z.strictObject({
      subnetId: z.string(),
      subnetName: z.string(),
      subnetCidr: z.string(),
      publicAccessible: z.boolean(),
    }),
    endPoints: z.array(z.strictObject({ domain: z.string(), ipAddress: z.string(), endPointType: words.endPointType })),
  }),

  nhn_get_maintenance_info: z.strictObject({
    allowAutoMaintenance: z.boolean(),
    useAutoStorageCleanup: z.boolean(),
    maintWndBgnTime: z.string(),
    maintWndDuration: words.windowDuration,
    logRetentionPeriod: z.number(),
  }),

  nhn_list_available_db_versions: z.strictObject({ dbVersions: z.array(version) }),
};
