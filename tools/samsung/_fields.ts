import * as z from 'zod';
import { cidr, fixedAddress, listOf } from '../../src/define/index.js';

/** Ids have no documented form; these characters alone cannot lead a path elsewhere. */
export const id = () => z.string().regex(/^[\w-]+$/, 'must be an id such as 109a585ae67b4e8482fdafc8a4a5be74');

/** What the service gives out is of this form; anything else may be a name. */
export const idForm = /^[0-9a-f]{32}$/i;

export const clusterId = id().describe('id or name');
export const logType = z.enum(['alert', 'audit', 'slow']);
export const dayOfWeek = z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']);
export const serverTypeName = z.string().min(1).describe('from samsung_list_server_types');

/** These three are numbers written as text, as the provider wants them. */
export const backupSettings = {
  archive_frequency_minute: z.enum(['5', '10', '30', '60']).describe('minutes between archived WAL segments'),
  retention_period_day: z
    .string()
    .regex(/^([7-9]|[12][0-9]|3[0-5])$/, 'must be "7" to "35"')
    .describe('days, "7"-"35"'),
  starting_time_hour: z
    .string()
    .regex(/^([0-9]|1[0-9]|2[0-3])$/, 'must be "0" to "23"')
    .describe('"0"-"23"'),
};

export const windowHours = z
  .string()
  .regex(/^(0\.5|[1-5]\.5|[1-9]|1[0-9]|2[0-4])$/, 'must be "0.5" to "24", halves up to "5.5"')
  .describe('"0.5"-"24", halves up to "5.5"');

/** The weekly window of a cluster that is being made; samsung_set_maintenance names the same things otherwise. */
export const maintenanceOption = z.object({
  starting_day_of_week: dayOfWeek.optional(),
  starting_time: z.string().min(1).describe('HHMM').optional(),
  period_hour: windowHours.optional(),
});

export const sizeGb = z
  .int()
  .min(16)
  .max(5120)
  .refine((size) => size % 8 === 0, 'must be a multiple of 8')
  .describe('GB, a multiple of 8');

export const block = {
  role_type: z.enum(['OS', 'DATA', 'ARCHIVE', 'TEMP', 'BACKUP']),
  size_gb: sizeGb,
  volume_type: z.enum(['SSD', 'SSD_KMS', 'HDD', 'HDD_KMS']).optional(),
};

export const blockStorageGroups = z.array(z.object(block));

export const instanceGroups = z.array(
  z.object({
    role_type: z.enum(['ACTIVE', 'ACTIVE_STANDBY']).describe('ACTIVE_STANDBY: with high availability'),
    server_type_name: serverTypeName,
    block_storage_groups: blockStorageGroups,
    instances: z
      .array(
        z.object({
          role_type: z.enum(['ACTIVE', 'STANDBY']),
          service_ip_address: fixedAddress().optional(),
          public_ip_id: z.string().min(1).describe('from the console').optional(),
        }),
      )
      .optional(),
  }),
);

export const allowedAddresses = listOf(cidr()).describe('ranges that may connect, e.g. 192.0.2.7/32');

export const tags = listOf(
  z.object({ key: z.string().min(1).max(128).optional(), value: z.string().max(256).optional() }),
  'key',
);

export const clusterName = z
  .string()
  .min(3)
  .max(20)
  .regex(/^[a-zA-Z]*$/, 'must be letters only')
  .describe('letters only');

/** Start of the names of the servers. */
export const instanceNamePrefix = (longest: number) =>
  z
    .string()
    .min(3)
    .max(longest)
    .regex(/^[a-z][a-zA-Z0-9-]*$/, 'must be a lower-case letter, then letters, digits and hyphens')
    .describe('lower-case letter, then letters, digits, hyphens');

export const pages = {
  size: z.int().min(0).describe('20 when left out').optional(),
  page: z.int().min(0).describe('from 0').optional(),
};

export const sort = z.string().min(1).describe('e.g. name:asc').optional();
export const productImageType = z.string().min(1).describe('e.g. PostgreSQL Community').optional();
