import type { Series } from '../instance.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Fewer points, or a shorter time, do not show a direction. */
const leastPoints = 12;
const leastSpan = 6 * hour;
/** The share of the variation that the line has to explain (r²). Below it, the line is not used for a forecast. */
const leastFit = 0.5;

export interface Trend {
  /** The change per day, in the unit of the series. */
  perDay: number;
  /** The value of the line at the last point. */
  value: number;
  /** The time of the last point in epoch milliseconds. */
  time: number;
}

/** The straight line through a series by least squares. Undefined when there are too few points. */
export function trendOf({ points }: Series): Trend | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < leastPoints || last[0] - first[0] < leastSpan) return undefined;
  // Times are measured from the first point, because squares of epoch values would lose their last digits.
  const x = points.map(([time]) => (time - first[0]) / day);
  const y = points.map(([, value]) => value);
  const [meanX, meanY] = [mean(x), mean(y)];
  const spreadX = mean(x.map((each) => (each - meanX) ** 2));
  const spreadY = mean(y.map((each) => (each - meanY) ** 2));
  const together = mean(x.map((each, index) => (each - meanX) * ((y[index] ?? meanY) - meanY)));
  const perDay = together / spreadX;
  const fit = together ** 2 / (spreadX * spreadY);
  if (!(fit >= leastFit)) return undefined;
  return { perDay, value: meanY + perDay * ((last[0] - first[0]) / day - meanX), time: last[0] };
}

/** When a rising trend reaches a limit, in epoch milliseconds. Undefined when it does not rise. */
export function timeOfReaching(limit: number, { perDay, value, time }: Trend): number | undefined {
  if (!(perDay > 0)) return undefined;
  return time + Math.max(0, ((limit - value) / perDay) * day);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
