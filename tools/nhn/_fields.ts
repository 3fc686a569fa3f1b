import * as z from 'zod';
import { type InputRule, listOf, oneOfKnown, timeOfDay, uuid } from '../../src/define/index.js';

export const dbInstanceId = uuid().describe('id or name');
export const dbInstanceGroupId = uuid();
export const backupId = uuid();
export const dbSecurityGroupId = uuid();
export const parameterGroupId = uuid();
export const userGroupId = uuid();
export const notificationGroupId = uuid();

/** Documented up to 65535; every newer page of the provider has the narrower range. */
export const dbPort = z.int().min(0).max(65535).describe('5432-45432 in practice');

/** Start and length of a backup or maintenance window. */
export const windowStart = timeOfDay().describe('HH:mm:ss');
export const windowLength = z.enum([
  'HALF_AN_HOUR',
  'ONE_HOUR',
  'ONE_HOUR_AND_HALF',
  'TWO_HOURS',
  'TWO_HOURS_AND_HALF',
  'THREE_HOURS',
]);

export const backupPeriod = z.int().min(0).max(730).describe('days automatic backups are kept; 0: none are made');
export const backupRetryCount = z.int().min(0).max(10);
export const backupSchedules = z.array(z.object({ backupWndBgnTime: windowStart, backupWndDuration: windowLength }));

export const storageType = oneOfKnown('General SSD', 'General HDD');
export const storageSize = z.int().min(20).max(2048).describe('GB');
export const availabilityZone = oneOfKnown('kr-pub-a');

export const highAvailabilityLimits = {
  pingInterval: z.int().min(1).max(600).describe('seconds between health checks').optional(),
  failoverReplWaitingTime: z
    .int()
    .min(-1)
    .describe('seconds a failover waits for replication lag; -1: however long it takes')
    .optional(),
};

export const highAvailabilityRules: readonly InputRule[] = [
  { ifGiven: 'pingInterval', needs: ['useHighAvailability'] },
  { ifGiven: 'failoverReplWaitingTime', needs: ['useHighAvailability'] },
  { if: { useHighAvailability: false }, forbids: ['pingInterval', 'failoverReplWaitingTime'] },
];

/** Settings of an instance that is made from nothing or from a backup. */
export const newInstance = {
  dbInstanceName: z.string().min(1),
  description: z.string().optional(),
  dbFlavorId: uuid().describe('from nhn_list_db_flavors'),
  dbPort,
  parameterGroupId: parameterGroupId.describe('from nhn_list_parameter_groups, made for the same DB version'),
  dbSecurityGroupIds: listOf(dbSecurityGroupId).describe('from nhn_list_db_security_groups').optional(),
  userGroupIds: listOf(userGroupId)
    .describe('from nhn_list_user_groups: who receives the default notifications')
    .optional(),
  useDefaultNotification: z.boolean().describe('adds a notification group with stock alarms; default false').optional(),
  useDeletionProtection: z.boolean().describe('default false').optional(),
  useHighAvailability: z.boolean().describe('default false').optional(),
  ...highAvailabilityLimits,
  network: z.object({
    subnetId: uuid().describe('from nhn_list_subnets, fixed from then on'),
    usePublicAccess: z.boolean().describe('default false').optional(),
    availabilityZone: availabilityZone.optional(),
  }),
  storage: z.object({ storageType, storageSize }),
  backup: z.object({
    backupPeriod,
    backupRetryCount: backupRetryCount.optional(),
    backupSchedules: backupSchedules.optional(),
  }),
};

/** A new instance has two locks, and the answer to a create names them in the order in which they are missing. */
export const nextLocks =
  'Nobody gets in before two locks let in the same address: a rule of a security group that it has ' +
  '(nhn_create_db_security_group_rule, and nhn_modify_db_instance to attach the group), then an access rule ' +
  '(nhn_create_hba_rule, nhn_apply_hba_rules). fleet_check with topic exposure says which lets in none.';
