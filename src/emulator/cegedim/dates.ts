export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const iso = (time: number): string => new Date(time).toISOString();

export const isoOrNull = (time: number | undefined): string | null => (time === undefined ? null : iso(time));

/** The last moment up to `time` at which it was `hours` o'clock, UTC. */
export function lastAtHour(hours: number, time: number): number {
  const today = Math.floor(time / day) * day + hours * hour;
  return today <= time ? today : today - day;
}
