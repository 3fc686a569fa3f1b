import * as z from 'zod';
import { daysOfWeek, diskRoles, type MaintenanceOption, volumeTypes } from './entities.js';

/** Unused ids may also come as empty strings. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => text || null);

export const addresses = z.array(z.union([z.cidrv4(), z.cidrv6()]));

// The rules for names of clusters and of replicas differ.
export const clusterName = z.string().regex(/^[a-zA-Z]{3,20}$/);
export const replicaName = z.string().regex(/^[a-z][a-z0-9-]{1,17}[a-z0-9]$/);
export const serverNamePrefix = (most: number) =>
  z
    .string()
    .min(3)
    .max(most)
    .regex(/^[a-z][a-zA-Z0-9-]*$/);

/** An underscore does not count as the special character, and nothing beyond ASCII is taken. */
export const password = z
  .string()
  .regex(/^[\x20-\x7e]{8,30}$/)
  .regex(/[A-Za-z]/)
  .regex(/[0-9]/)
  .regex(/[^A-Za-z0-9_\s]/)
  .regex(/^[^"']*$/);

export const periodHour = z.string().regex(/^(0\.5|[1-5]\.5|[1-9]|1[0-9]|2[0-4])$/);
export const dayOfWeek = z.enum(daysOfWeek);
export const frequencyMinute = z.string().regex(/^(5|10|30|60)$/);
export const retentionDays = z.string().regex(/^([7-9]|[12][0-9]|3[0-5])$/);
export const hourOfDay = z.string().regex(/^([0-9]|1[0-9]|2[0-3])$/);

export const sizeGb = z.number().int().min(16).max(5120).multipleOf(8);

export const maintenanceOption = z
  .strictObject({
    period_hour: periodHour.optional(),
    starting_day_of_week: dayOfWeek.optional(),
    starting_time: z
      .string()
      .regex(/^([01]\d|2[0-3])[0-5]\d$/)
      .optional(),
  })
  .nullish()
  .transform((given): MaintenanceOption | null =>
    given && Object.keys(given).length > 0
      ? { period_hour: null, starting_day_of_week: null, starting_time: null, ...given }
      : null,
  );

export const disk = z.strictObject({
  role_type: z.enum(diskRoles),
  size_gb: sizeGb,
  volume_type: z.enum(volumeTypes).default('SSD'),
});

const instance = z.strictObject({
  role_type: z.enum(['ACTIVE', 'STANDBY']),
  public_ip_id: optionalText,
  service_ip_address: optionalText,
});

export const instanceGroups = z
  .array(
    z.strictObject({
      role_type: z.enum(['ACTIVE', 'ACTIVE_STANDBY']),
      server_type_name: z.string(),
      block_storage_groups: z.array(disk).min(1),
      instances: z.array(instance).nullish(),
    }),
  )
  .min(1);
export type GivenGroups = z.infer<typeof instanceGroups>;

/** No answer shows tags, so they are checked and dropped. */
export const tags = z
  .array(z.strictObject({ key: z.string().max(128).optional(), value: z.string().max(256).nullish() }))
  .nullish();
