import { expect, test } from 'vitest';
import type { Series } from '../../../src/fleet/instance.js';
import { timeOfReaching, trendOf } from '../../../src/fleet/rules/trend.js';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2026-11-20T00:00:00Z');

const series = (values: readonly number[], step = hour): Series => ({
  source: 'STORAGE_USAGE',
  unit: '%',
  points: values.map((value, index) => [start + index * step, value]),
});
const rising = (perPoint: number) => Array.from({ length: 25 }, (_, index) => 50 + index * perPoint);

test('a straight rise is followed to its limit', () => {
  const trend = trendOf(series(rising(0.5)));
  expect(trend?.perDay).toBeCloseTo(12);
  expect(trend?.value).toBeCloseTo(62);
  expect(trend?.time).toBe(start + day);
  // 38 are left, at 12 a day.
  expect(trend && timeOfReaching(100, trend)).toBeCloseTo(start + day + (38 / 12) * day, -3);
});

test('noise on a rise does not hide it', () => {
  const noisy = rising(0.5).map((value, index) => value + (index % 2 ? 0.8 : -0.8));
  expect(trendOf(series(noisy))?.perDay).toBeCloseTo(12, 0);
});

test('a limit that the line has passed is reached at its last point', () => {
  const trend = trendOf(series(rising(0.5)));
  expect(trend && timeOfReaching(60, trend)).toBe(start + day);
});

test.each([
  ['a fall', rising(-0.5)],
  ['a rise before the storage was grown', [...rising(1), ...rising(1).map((value) => value / 2)]],
])('%s reaches nothing', (_, values) => {
  const trend = trendOf(series(values));
  expect(trend && timeOfReaching(100, trend)).toBeUndefined();
});

test.each<[string, Series]>([
  ['no points', series([])],
  ['too few points', series(rising(0.5).slice(0, 11))],
  ['too short a time', series(rising(0.5), 60_000)],
  ['a flat line', series(rising(0))],
  ['ups and downs without a direction', series(rising(0).map((value, index) => value + (index % 3)))],
  ['values that are no numbers', series(rising(Number.NaN))],
])('%s make no trend', (_, points) => {
  expect(trendOf(points)).toBeUndefined();
});
