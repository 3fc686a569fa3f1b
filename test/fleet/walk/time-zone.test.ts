import { beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { eventsOf, instancesOf } from './telling.js';

const end = endOfFile();
const seoul = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+09:00$/;
const elsewhere = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)/;

let fleet: Fleet;
let connection: Connection;

beforeAll(async () => {
  fleet = await startFleet({ end });
  const env = { PGFLEET_TIME_ZONE: 'Asia/Seoul', SAMSUNG_API_VERSION: 'postgresql 1.1' };
  connection = await connect({ fleet, env, end });
});

test('the time until which a confirmation counts is told in the zone that was set', async () => {
  const { call } = connection;
  const { dbInstanceId } = await instanceNamed(call, 'staging');
  const { data, text } = await call('nhn_delete_db_instance', { dbInstanceId });
  expect(data['expires_at']).toMatch(seoul);
  expect(text).toContain(`before ${String(data['expires_at'])}`);
});

test('the time until which an approval counts is told in it too', async () => {
  const env = { PGFLEET_TIME_ZONE: 'Asia/Seoul', PGFLEET_CONFIRM: 'human' };
  const { call } = await connect({ fleet, env });
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const { data } = await call('nhn_restart_db_instance', { dbInstanceId });
  expect(data['expires_at']).toMatch(seoul);
});

test('the timeline of all clouds has one zone, in its headline, its lines and its fields', async () => {
  const { text, data } = await connection.call('fleet_list_events', { limit: 100 });
  const events = eventsOf({ data });
  expect(new Set(events.map(({ provider }) => provider)).size).toBeGreaterThan(1);
  for (const { time } of events) expect(time).toMatch(seoul);
  expect(text.split('\n')[0]).toMatch(/ from \S+\+09:00 to \S+\+09:00, newest first\.$/);
  const lines = text.split('\n').filter((line) => /^\d{4}-/.test(line));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line.split(' ')[0]).toMatch(seoul);
});

test('records and findings of every cloud have it, and none tells a time of another zone', async () => {
  const { call } = connection;
  const { data } = await call('fleet_overview', { limit: 100 });
  const instances = instancesOf({ data });
  const times = new Set<string>();
  for (const { reference } of instances.filter(({ provider }, i, all) => all[i - 1]?.provider !== provider)) {
    const { data: one, text } = await call('fleet_get_instance', { instance: reference });
    const { created, changed, backups } = one['instance'] as Record<string, string> & { backups?: { newest?: string } };
    for (const time of [created, changed, backups?.newest]) if (time !== undefined) times.add(time);
    expect(text, reference).not.toMatch(elsewhere);
    expect((await call('fleet_diagnose_instance', { instance: reference })).text, reference).not.toMatch(elsewhere);
  }
  expect(times.size).toBeGreaterThan(1);
  for (const time of times) expect(time).toMatch(seoul);
});

test('the sum of a series says from when until when, and the points stay as the provider gave them', async () => {
  const { call } = connection;
  const { dbInstanceId } = await instanceNamed(call, 'analytics');
  const to = new Date(fleet.world.now()).toISOString();
  const from = new Date(fleet.world.now() - 3_600_000).toISOString();
  const asked = { dbInstanceId, from, to, interval: 5, metricNames: ['CPU_USAGE'] };
  const { data, text } = await call('nhn_get_metric_statistics', asked);
  const [series] = data['metricStatistics'] as { summary: Record<string, unknown>; values: [number, unknown][] }[];
  expect(series?.summary).toMatchObject({ from: expect.stringMatching(seoul), to: expect.stringMatching(seoul) });
  expect(Date.parse(String(series?.summary['from']))).toBe(Number(series?.values[0]?.[0]) * 1000);
  expect(text).not.toContain('undefined');
});

test('what a provider says stays as it came', async () => {
  const { data } = await connection.call('naver_list_instances', { regionCode: 'KR' });
  expect(JSON.stringify(data)).toMatch(/"createDate":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0900"/);
});

test('a zone that does not exist is a fault at start', async () => {
  const refused = connect({ env: { PGFLEET_TIME_ZONE: 'Seoul' } });
  await expect(refused).rejects.toThrow(/PGFLEET_TIME_ZONE is "Seoul"; it has to be .*Asia\/Seoul/);
});
