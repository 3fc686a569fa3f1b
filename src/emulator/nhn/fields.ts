import * as z from 'zod';
import type { BackupSchedule } from './entities.js';
import { invalidArgument } from './replies.js';
import { availabilityZones, storageTypes } from './seed/catalog.js';

export const id = z.guid();
export const name = z.string().min(1).max(100);
/** Date and time with an offset, as epoch milliseconds. */
export const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
export const clock = z.iso.time();

const windowMinutes: Record<string, number> = {
  HALF_AN_HOUR: 30,
  ONE_HOUR: 60,
  ONE_HOUR_AND_HALF: 90,
  TWO_HOURS: 120,
  TWO_HOURS_AND_HALF: 150,
  THREE_HOURS: 180,
};
export const windowDuration = z.enum(Object.keys(windowMinutes));

// The retry deadline is only in the documented examples.
const schedule = { backupWndBgnTime: clock, backupWndDuration: windowDuration };
export const backupSchedule = z.strictObject({ ...schedule, backupRetryExpireTime: clock.optional() });
export const backupPeriod = z.number().int().min(0).max(730);
export const backupRetryCount = z.number().int().min(0).max(10);

export const pingInterval = z.number().int().min(1).max(600);
// The documents have a minimum of 0, and -1 for "until the lag is gone".
export const failoverReplWaitingTime = z.number().int().min(-1);

export const port = z.number().int().min(0).max(65_535);
export const network = z.strictObject({
  subnetId: id,
  usePublicAccess: z.boolean().default(false),
  availabilityZone: z.enum(availabilityZones).optional(),
});
export const storage = z.strictObject({
  storageType: z.enum(storageTypes),
  storageSize: z.number().int().min(20).max(2048),
});

/** The fields that creating and both ways of restoring share. */
export const newInstance = {
  dbInstanceName: name,
  description: z.string().nullish(),
  dbFlavorId: id,
  dbPort: port,
  parameterGroupId: id,
  dbSecurityGroupIds: z.array(id).default([]),
  userGroupIds: z.array(id).default([]),
  useDefaultNotification: z.boolean().default(false),
  useDeletionProtection: z.boolean().default(false),
  useHighAvailability: z.boolean().default(false),
  pingInterval: pingInterval.default(3),
  failoverReplWaitingTime: failoverReplWaitingTime.default(-1),
  network,
  storage,
  backup: z.strictObject({
    backupPeriod,
    backupRetryCount: backupRetryCount.default(6),
    backupSchedules: z.array(backupSchedule).default([]),
  }),
};

export const scheduleOf = ({
  backupWndBgnTime,
  backupWndDuration,
}: z.infer<typeof backupSchedule>): BackupSchedule => ({
  backupWndBgnTime,
  backupWndDuration,
});

/** Several backups a day are allowed, but not two in the same window. A window can go on past midnight. */
export function refuseOverlappingWindows(schedules: readonly BackupSchedule[]): void {
  for (const [index, one] of schedules.entries())
    for (const other of schedules.slice(index + 1))
      if (isWithin(one, other) || isWithin(other, one))
        throw invalidArgument(
          `backupSchedules: the windows from ${one.backupWndBgnTime} and ${other.backupWndBgnTime} overlap.`,
        );
}

/** Whether the second window begins in the first one. */
function isWithin(first: BackupSchedule, second: BackupSchedule): boolean {
  const minutesAfter = beginMinute(second) - beginMinute(first);
  const dayMinutes = 24 * 60;
  return (minutesAfter + dayMinutes) % dayMinutes < (windowMinutes[first.backupWndDuration] ?? 0);
}

function beginMinute({ backupWndBgnTime }: BackupSchedule): number {
  const [hours = 0, minutes = 0] = backupWndBgnTime.split(':').map(Number);
  return 60 * hours + minutes;
}
