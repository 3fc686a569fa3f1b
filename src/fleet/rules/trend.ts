import type { Series } from '../instance.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Fewer points, or a shorter time, say more about the moment than about the direction. */
const leastPoints = 12;
const leastSpan = 6 * hour;
/** Share of the ups and downs that the line has to explain (r²); below it, there is no line to prolong. */
const leastFit = 0.5;

export interface Trend {
  /** In the unit of the series. */
  perDay: number;
  /** Where the line stands at the last point. */
  value: number;
  /** Epoch milliseconds of the last point. */
  time: number;
}

/** The straight line through a series by least squares; undefined while there is too little to see one. */
export function trendOf({ points }: Series): Trend | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < leastPoints || last[0] - first[0] < leastSpan) return undefined;
  // Measured from the first point: the squares of whole epochs would lose the last digits.
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

/** When a rising trend arrives at a limit, in epoch milliseconds; undefined when it does not rise. */
export function timeOfReaching(limit: number, { perDay, value, time }: Trend): number | undefined {
  if (!(perDay > 0)) return undefined;
  return time + Math.max(0, ((limit - value) / perDay) * day);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
