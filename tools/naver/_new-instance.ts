import * as z from 'zod';
import type { InputRule } from '../../src/define/index.js';
import { clientCidr, databaseName, password, userName } from './_fields.js';

/** Where a new instance stands. */
export const place = {
  vpcNo: z.string().min(1).describe('from naver_list_target_vpcs'),
  subnetNo: z.string().min(1).describe('from naver_list_target_subnets'),
  isHa: z.boolean().describe('adds a secondary server; default true').optional(),
  isMultiZone: z.boolean().describe('secondary in another zone').optional(),
  secondarySubnetNo: z
    .string()
    .min(1)
    .describe('for isMultiZone: in another zone, public or not like subnetNo')
    .optional(),
};

/** What a new instance is made of. */
export const size = {
  cloudPostgresqlImageProductCode: z.string().min(1).describe('from naver_list_image_products').optional(),
  engineVersionCode: z.string().min(1).describe('e.g. 13.13').optional(),
  cloudPostgresqlProductCode: z.string().min(1).describe('from naver_list_products; default the smallest').optional(),
  dataStorageTypeCode: z
    .enum(['SSD', 'HDD', 'CB2', 'CB1'])
    .describe('default SSD (G2 image), CB2 (G3 image)')
    .optional(),
  isStorageEncryption: z.boolean().describe('fixed from then on').optional(),
};

export const backup = {
  isBackup: z.boolean().describe('default true').optional(),
  backupFileRetentionPeriod: z.int().min(1).max(30).describe('days').optional(),
  backupFileStorageCount: z.int().min(1).max(30).describe('files kept').optional(),
  isBackupFileCompression: z.boolean().optional(),
  isAutomaticBackup: z.boolean().describe('the provider picks the time; default true').optional(),
  backupTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 01:15')
    .describe('HH:mm, with isAutomaticBackup false')
    .optional(),
};

const port = z
  .int()
  .min(5432)
  .max(20000)
  .refine((value) => value === 5432 || value >= 10000, 'must be 5432, or 10000 to 20000')
  .describe('5432, or 10000-20000');

/** Names of a new instance, and who may use it. */
export const access = {
  cloudPostgresqlServiceName: z
    .string()
    .regex(/^[가-힣A-Za-z0-9-]+$/, 'may have letters (English, Korean), digits and - only')
    .min(3)
    .max(30),
  cloudPostgresqlServerNamePrefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]*[a-z0-9]$/, 'may have a-z, 0-9 and - only, begin with a letter and not end with -')
    .min(3)
    .max(20)
    .describe('start of the host names'),
  cloudPostgresqlDatabaseName: databaseName,
  cloudPostgresqlUserName: userName,
  cloudPostgresqlUserPassword: password(),
  clientCidr,
  cloudPostgresqlPort: port.optional(),
};

/** What is left out counts with its default: highly available, one zone, backed up when the provider likes. */
export const rules: readonly InputRule[] = [
  { if: { isMultiZone: true }, needs: ['secondarySubnetNo'] },
  { if: { isMultiZone: true, isHa: false }, forbids: ['isMultiZone'] },
  { if: { isMultiZone: false }, forbids: ['secondarySubnetNo'] },
  { ifGiven: 'secondarySubnetNo', needs: ['isMultiZone'] },
  { if: { isBackup: false }, needs: ['isHa'] },
  { if: { isBackup: false, isHa: true }, forbids: ['isBackup'] },
  {
    if: { isBackup: false },
    forbids: ['backupFileRetentionPeriod', 'backupFileStorageCount', 'isBackupFileCompression'],
  },
  { if: { isAutomaticBackup: false }, unless: { isBackup: false }, needs: ['backupTime'] },
  { if: { isAutomaticBackup: true }, forbids: ['backupTime'] },
  { ifGiven: 'backupTime', needs: ['isAutomaticBackup'] },
  { excludes: ['cloudPostgresqlUserPassword', 'cloudPostgresqlUserName'] },
];
