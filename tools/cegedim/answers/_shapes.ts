import * as z from 'zod';

/** Whole numbers of 64 bits: those that JSON numbers cannot hold exactly have become texts of their digits. */
export const int64 = z.union([z.number(), z.string().regex(/^\d+$/)]);

const dns = z.strictObject({ alias: z.string(), domain: z.string() });

const backup = z.strictObject({
  backupLastDate: z.string(),
  backupSize: z.number(),
  id: int64,
  type: z.string(),
});

export const availabilityZone = z.strictObject({
  availabilityZoneGroup: z.string(),
  datacenterId: z.string(),
  defaultZone: z.boolean(),
  id: z.string(),
  location: z.string(),
  routable: z.boolean(),
});

const policy = z.strictObject({
  backupLastDate: z.string(),
  backupSize: z.number(),
  durationInHours: z.number(),
  frequencies: z.unknown(),
  label: z.string(),
  name: z.string(),
  policyId: z.string(),
  replication: z.boolean(),
  scope: z.string(),
  startTime: z.string(),
  timezone: z.string(),
  type: z.string(),
});

export const backupPolicies = z.strictObject({ backups: z.array(backup), policies: z.array(policy) });

export const network = z.strictObject({
  area: z.string(),
  cidr: z.string(),
  cloud: z.string(),
  defaultNetwork: z.boolean(),
  description: z.string(),
  dns: z.array(dns),
  environment: z.string(),
  gateway: z.string(),
  id: int64,
  ipAddress: z.string(),
  ipFreeNumber: z.number(),
  isIpRangePublic: z.boolean(),
  mask: z.string(),
  networkShortDescription: z.string(),
  region: z.string(),
  scope: z.string(),
  shortDescription: z.string(),
  technicalId: z.string(),
  usedPercent: z.number(),
});
