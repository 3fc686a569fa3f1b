import { clockTime } from '../../core/dates.js';

/** As in the documented examples: UTC without milliseconds. */
export const shownTime = (time: number): string => `${clockTime(time, 'utc')}Z`;
