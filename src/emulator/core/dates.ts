export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** How far the clocks of a place are ahead of UTC. */
export const offsets = { utc: 0, korea: 9 * hour } as const;
type Place = keyof typeof offsets;

/** Writes a time such as `2026-01-31T02:00:00`, in the local time of the place. */
export const clockTime = (time: number, place: Place): string =>
  new Date(time + offsets[place]).toISOString().slice(0, 19);

/** Writes a time such as `20260131020000`, for names that are made from a time. */
export const clockDigits = (time: number, place: Place): string => clockTime(time, place).replaceAll(/\D/g, '');

/** The last midnight before or at `time`. */
export const midnight = (time: number, place: Place): number => time - ((time + offsets[place]) % day);

/** The last time, before or at `time`, that is this long after a midnight. */
export function lastMoment(sinceMidnight: number, time: number, place: Place): number {
  const today = midnight(time, place) + sinceMidnight;
  return today <= time ? today : today - day;
}
