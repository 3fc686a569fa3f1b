import { createHash } from 'node:crypto';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Korea's offset; the service writes all its times in it. */
export const koreanOffset = 9 * hour;

/** As in the documented examples: Korean time, without milliseconds. */
export const ymdt = (time: number): string => `${new Date(time + koreanOffset).toISOString().slice(0, 19)}+09:00`;

/** An id that is the same in every run: the seeded resources are known by their names. */
export function fixedId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
