export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const koreaIsAhead = 9 * hour;

/** The offset comes without a colon, which strict readers of RFC 3339 refuse. */
export const koreanTime = (time: number): string => `${new Date(time + koreaIsAhead).toISOString().slice(0, 19)}+0900`;

/** `20260131`, the day in Korea. */
export const koreanDay = (time: number): string => koreanTime(time).slice(0, 10).replaceAll('-', '');

export const koreanHour = (time: number): string => koreanTime(time).slice(11, 13);

/** The last moment before `time` at which clocks in Korea showed `clock`, written HH:MM. */
export function lastTimeAt(clock: string, time: number): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const midnight = Math.floor((time + koreaIsAhead) / day) * day - koreaIsAhead;
  const today = midnight + hours * hour + minutes * minute;
  return today > time ? today - day : today;
}
