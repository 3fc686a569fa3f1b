import { clockTime } from '../../core/dates.js';

/** The offset has no colon. Strict readers of RFC 3339 refuse that. */
export const shownTime = (time: number): string => `${clockTime(time, 'korea')}+0900`;
