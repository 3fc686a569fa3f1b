import { clockTime } from '../../core/dates.js';

/** UTC without a zone, as the service writes it, although the documented examples end with Z. */
export const shownTime = (time: number): string => clockTime(time, 'utc');

/** The same with six decimals. The service writes some of its times so. */
export const shownPreciseTime = (time: number): string =>
  `${shownTime(time)}.${String(time % 1000).padStart(3, '0')}000`;
