import { beforeAll, describe, expect, test } from 'vitest';
import { metricNames } from '../../../src/fleet/details/detail-reader.js';
import { summaryOf, thinned } from '../../../src/fleet/details/series.js';
import { type Connection, connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';

const end = endOfFile();

let connection: Connection;
beforeAll(async () => {
  connection = await connect({ fleet: await startFleet({ end }), end });
});

interface Told {
  metric: string;
  unit: string;
  count: number;
  minimum: number;
  mean: number;
  maximum: number;
  last: number;
}

const metricsOf = ({ data }: { data: Record<string, unknown> }) => (data['metrics'] ?? []) as Told[];
const seriesOf = ({ data }: { data: Record<string, unknown> }) => (data['series'] ?? []) as { time: string }[];

test('the load of an instance is told in one vocabulary, summed up and as a series', async () => {
  const answer = await connection.call('fleet_get_metrics', { instance: 'orders-replica' });
  const told = metricsOf(answer);
  expect(told.map(({ metric }) => metric)).toEqual([
    'cpu',
    'memory',
    'storage',
    'connections',
    'io read',
    'io write',
    'lag',
  ]);
  for (const { metric, count, minimum, mean, maximum, last } of told) {
    expect(count, metric).toBeGreaterThan(12);
    expect(minimum <= mean && mean <= maximum && minimum <= last && last <= maximum, metric).toBe(true);
  }
  const series = seriesOf(answer);
  expect(series).toHaveLength(12);
  expect(series[0]).toMatchObject({ time: expect.stringMatching(/^\d{4}-/), cpu: expect.any(Number) });
  expect(answer.text).toMatch(/^cpu \(%\): \d+ values, minimum [\d.]+, mean [\d.]+, maximum [\d.]+, last [\d.]+$/m);
});

test('a span of time and some of the metrics are kept to', async () => {
  const to = new Date(Date.now() - 3_600_000);
  const from = new Date(to.getTime() - 3_600_000);
  const args = {
    instance: 'analytics nhn',
    metrics: ['cpu'],
    from: from.toISOString(),
    to: to.toISOString(),
    times: 4,
  };
  const answer = await connection.call('fleet_get_metrics', args);
  expect(metricsOf(answer).map(({ metric }) => metric)).toEqual(['cpu']);
  const times = seriesOf(answer).map(({ time }) => Date.parse(time));
  expect(times).toHaveLength(4);
  for (const time of times) expect(time >= from.getTime() && time < to.getTime()).toBe(true);
});

test('without an instance, how loaded each was at most is told with its size, the idlest first', async () => {
  const { data, text } = await connection.call('fleet_get_metrics', {});
  const loads = (data['loads'] ?? []) as { instance: string; size?: string; cpu?: number }[];
  expect(text).toContain(`The highest values of ${loads.length} of 21 instances`);
  const known = loads.flatMap(({ cpu }) => cpu ?? []);
  expect(known).toEqual(known.toSorted((a, b) => a - b));
  expect(loads.slice(0, known.length).every(({ instance }) => instance.startsWith('nhn:'))).toBe(true);
  for (const { instance, size } of loads) expect(size, instance).toMatch(/^\d+ vCPU, \d+ GB/);
  expect(text).toMatch(/^could not be read: cpu, memory, storage, connections, io of samsung:/m);
  const one = await connection.call('fleet_get_metrics', { metrics: ['cpu'], offset: 3 });
  expect(one.data['total']).toBe(5);
  expect(one.data['loads']).toHaveLength(2);
});

describe('what a provider does not measure is said', () => {
  test.each([
    ['nhn:orders-primary', ['cpu', 'memory', 'storage', 'connections', 'io read', 'io write'], ['lag']],
    ['samsung:orders-east', ['lag'], ['cpu', 'memory', 'storage', 'connections', 'io']],
    ['naver:shop-orders', ['storage'], ['cpu', 'memory', 'connections', 'io', 'lag']],
    ['cegedim:ordersprod01', ['storage'], ['cpu', 'memory', 'connections', 'io', 'lag']],
  ])('of %s', async (instance, measured, missing) => {
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const answer = await connection.call('fleet_get_metrics', { instance, from });
    expect(metricsOf(answer).map(({ metric }) => metric)).toEqual(measured);
    const unseen = answer.data['unseen'] as { what: string }[];
    expect(unseen.map(({ what }) => what)).toEqual(missing);
    for (const what of missing) expect(answer.text).toContain(`could not be read: ${what} of ${instance} (`);
  });
});

test('a picture of it comes as PNG beside the numbers', async () => {
  const { raw } = await connection.call('fleet_get_metrics', { instance: 'orders-replica', picture: true });
  const { content } = raw as { content: { type: string; mimeType?: string; data?: string }[] };
  expect(content.map(({ type }) => type)).toEqual(['text', 'image']);
  expect(content[1]?.mimeType).toBe('image/png');
  const png = Buffer.from(content[1]?.data ?? '', 'base64');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(900);
});

test('where nothing was measured, there is no picture, and that is said', async () => {
  const asked = { instance: 'cegedim:ordersqa01', metrics: ['cpu'], picture: true };
  expect((await connection.call('fleet_get_metrics', asked)).text).toContain('There is no picture');
});

test.each([
  [{ instance: 'staging' }, 'give one'],
  [{ instance: 'analytics nhn', from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'earlier than to'],
  [{ instance: 'analytics nhn', metrics: ['disk'] }, 'metrics'],
])('%j is refused with the reason', async (args, reason) => {
  const { isError, text } = await connection.call('fleet_get_metrics', args);
  expect(isError).toBe(true);
  expect(text).toContain(reason);
});

describe('series', () => {
  const points = [
    [0, 1],
    [10, 3],
    [20, 8],
    [30, 4],
  ] as const;

  test('are summed up, and one without points is not', () => {
    expect(summaryOf(points)).toEqual({ count: 4, minimum: 1, mean: 4, maximum: 8, last: 4 });
    expect(summaryOf([])).toBeUndefined();
  });

  test('share their times, each with the mean until the next', () => {
    const cpu = { metric: 'cpu', unit: '%', source: 'CPU', points };
    const late = { ...cpu, metric: 'late', points: points.slice(2) };
    expect(thinned([cpu, late], { from: 0, to: 30, times: 2 })).toEqual([
      { time: 0, values: { cpu: 2 } },
      { time: 15, values: { cpu: 6, late: 6 } },
    ]);
  });
});

test('the vocabulary is that of the argument', async () => {
  const tool = (await connection.listTools()).find(({ name }) => name === 'fleet_get_metrics');
  expect(JSON.stringify(tool)).toContain(JSON.stringify(metricNames));
});
