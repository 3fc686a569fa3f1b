import * as z from 'zod';
import * as words from './_words.js';

/** Numbers come as numbers or as texts of digits. */
export const number = z.union([z.number(), z.string().regex(/^\d+$/)]);

export const coded = z.strictObject({ code: z.string(), codeName: z.string() });

export const server = z.strictObject({
  cloudPostgresqlServerInstanceNo: z.string(),
  cloudPostgresqlServerName: z.string(),
  cloudPostgresqlServerRole: z.strictObject({ code: words.serverRole, codeName: z.string() }),
  cloudPostgresqlServerInstanceStatusName: words.instanceStatusName,
  cloudPostgresqlServerInstanceStatus: coded.optional(),
  cloudPostgresqlServerInstanceOperation: coded.optional(),
  cloudPostgresqlProductCode: z.string(),
  regionCode: z.string(),
  zoneCode: z.string(),
  vpcNo: z.string(),
  subnetNo: z.string(),
  isPublicSubnet: z.boolean(),
  publicDomain: z.string().optional(),
  privateDomain: z.string(),
  privateIp: z.string(),
  dataStorageType: z.strictObject({ code: words.dataStorageTypeCode, codeName: z.string() }),
  isStorageEncryption: z.boolean(),
  dataStorageSize: number,
  usedDataStorageSize: number,
  cpuCount: number,
  memorySize: number,
  uptime: z.string(),
  createDate: z.string(),
});
