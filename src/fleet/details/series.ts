import type { Measured } from './detail-reader.js';

type Points = Measured['points'];

/** What a series amounts to. */
export interface Summary {
  count: number;
  minimum: number;
  mean: number;
  maximum: number;
  last: number;
}

/** Undefined for a series without points. */
export function summaryOf(points: Points): Summary | undefined {
  const values = points.map(([, value]) => value);
  const last = values.at(-1);
  if (last === undefined) return undefined;
  return {
    count: values.length,
    minimum: rounded(values.reduce((a, b) => Math.min(a, b))),
    mean: rounded(values.reduce((sum, value) => sum + value, 0) / values.length),
    maximum: rounded(values.reduce((a, b) => Math.max(a, b))),
    last: rounded(last),
  };
}

/** A time, and the mean of each series from then until the next time. */
export interface SeriesTime {
  time: number;
  values: Readonly<Record<string, number>>;
}

/** All series on one scale of so many times, so that each time is told once. */
export function thinned(series: readonly Measured[], range: { from: number; to: number; times: number }): SeriesTime[] {
  const { from, to, times } = range;
  const step = (to - from) / times;
  return Array.from({ length: times }, (_, index) => from + index * step).flatMap((time, index) => {
    const isLast = index === times - 1;
    const values = series.flatMap(({ metric, points }) => {
      const within = points.filter(([at]) => at >= time && (isLast ? at <= to : at < time + step));
      const mean = summaryOf(within)?.mean;
      return mean === undefined ? [] : [[metric, mean] as const];
    });
    return values.length > 0 ? [{ time, values: Object.fromEntries(values) }] : [];
  });
}

/** Four digits are more than a measurement is exact to. */
const rounded = (value: number): number => (Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
