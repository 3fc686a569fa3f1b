import { clockTime } from '../../core/dates.js';

/** The offset comes without a colon, which strict readers of RFC 3339 refuse. */
export const shownTime = (time: number): string => `${clockTime(time, 'korea')}+0900`;
