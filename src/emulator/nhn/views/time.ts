import { clockTime } from '../../core/dates.js';

/** Korean time without milliseconds, as in the documented examples. */
export const shownTime = (time: number): string => `${clockTime(time, 'korea')}+09:00`;

/** When something was created and last changed, as nearly every answer shows it. */
export const shownTimes = ({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }) => ({
  createdYmdt: shownTime(createdAt),
  updatedYmdt: shownTime(updatedAt),
});
