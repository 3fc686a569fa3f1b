import { clockTime } from '../../core/dates.js';

/** UTC without milliseconds, as in the documented examples. */
export const shownTime = (time: number): string => `${clockTime(time, 'utc')}Z`;
