import { clockTime } from '../../core/dates.js';

/** As in the documented examples: Korean time, without milliseconds. */
export const shownTime = (time: number): string => `${clockTime(time, 'korea')}+09:00`;

/** When something was made and last changed, as nearly every answer shows it. */
export const shownTimes = ({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }) => ({
  createdYmdt: shownTime(createdAt),
  updatedYmdt: shownTime(updatedAt),
});
