export const shownTime = (time: number): string => new Date(time).toISOString();

export const shownTimeOrNull = (time: number | undefined): string | null =>
  time === undefined ? null : shownTime(time);
