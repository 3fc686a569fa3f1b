import { beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { clusterNamed } from '../../support/samsung.js';
import { eventsOf } from './telling.js';

const end = endOfFile();

let fleet: Fleet;
let connection: Connection;
beforeAll(async () => {
  fleet = await startFleet({ end });
  connection = await connect({ fleet, end });
});

const week = { from: new Date(Date.now() - 7 * 86_400_000).toISOString() };
const list = async (args: Record<string, unknown> = {}) => {
  const answer = await connection.call('fleet_list_events', args);
  expect(answer.isError, answer.text).toBe(false);
  return answer;
};

test('one timeline, newest first, of the last day unless told otherwise', async () => {
  const begun = Date.now();
  const day = eventsOf(await list({ limit: 100 }));
  expect(day.length).toBeGreaterThan(3);
  const times = day.map(({ time }) => Date.parse(time));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(Math.min(...times)).toBeGreaterThanOrEqual(begun - 86_400_000);
  const both = new Set(eventsOf(await list({ ...week, limit: 100 })).map(({ provider }) => provider));
  expect(both).toContain('nhn');
  expect(both).toContain('cegedim');
});

test('a range is kept to, to the minute', async () => {
  const [newest, ...others] = eventsOf(await list({ ...week, category: 'backup', limit: 100 }));
  const older = others.find(({ time }) => time !== newest?.time);
  const range = { from: week.from, to: older?.time };
  const within = eventsOf(await list({ ...range, limit: 100 }));
  expect(within.length).toBeGreaterThan(0);
  for (const { time } of within) expect(Date.parse(time)).toBeLessThanOrEqual(Date.parse(older?.time ?? ''));
});

test('instance, category and text narrow it', async () => {
  const own = eventsOf(await list({ ...week, instance: 'orders-primary', limit: 100 }));
  expect(own.length).toBeGreaterThan(0);
  for (const event of own) expect(event.instance).toBe('nhn:orders-primary');
  const backups = eventsOf(await list({ ...week, category: 'BackUp', limit: 100 }));
  expect(backups.length).toBeGreaterThan(0);
  for (const { category } of backups) expect(category.toLowerCase()).toContain('backup');
  const complete = eventsOf(await list({ ...week, text: 'COMPLETE', limit: 100 }));
  expect(complete.length).toBeGreaterThan(0);
  for (const { text } of complete) expect(text.toLowerCase()).toContain('complete');
  expect(eventsOf(await list({ text: 'no such words' }))).toEqual([]);
});

test('a backup belongs to its instance', async () => {
  const backups = eventsOf(await list({ ...week, category: 'backup', limit: 100 }));
  expect(backups.length).toBeGreaterThan(0);
  for (const { instance } of backups) expect(instance).toMatch(/^nhn:/);
  const { data } = await connection.call('fleet_get_instance', { instance: 'orders-primary' });
  const { reference } = data['instance'] as { reference: string };
  const own = eventsOf(await list({ ...week, category: 'backup', instance: reference, limit: 100 }));
  expect(own).toEqual(backups.filter(({ instance }) => instance === 'nhn:orders-primary'));
  expect(own.length).toBeGreaterThan(0);
});

test('a category that no event has is answered with those that there are', async () => {
  const { data, text } = await list({ ...week, category: 'coffee' });
  expect(data['total']).toBe(0);
  expect(text).toMatch(/No event of this time has such a category; there are .*BACKUP/i);
  expect((await list({ ...week, category: 'backup' })).text).not.toContain('such a category');
});

test('a category is left out, and every line about an instance carries its reference', async () => {
  const answer = await list({ ...week, except: 'BACKUP', limit: 100 });
  const events = eventsOf(answer);
  expect(events.length).toBeGreaterThan(0);
  for (const { category } of events) expect(category.toLowerCase()).not.toContain('backup');
  const about = events.filter(({ instance }) => instance !== undefined);
  expect(answer.text.match(/^\d{4}-\S+ .*\[\w+:[\w-]+\] /gm)).toHaveLength(about.length);
});

test('providers that keep no events are named, with the time since which changes are seen', async () => {
  const { data, text } = await list();
  const incomplete = data['incomplete'] as { provider: string; keeps: string }[];
  expect(Object.fromEntries(incomplete.map(({ provider, keeps }) => [provider, keeps]))).toEqual({
    samsung: 'no events',
    naver: 'no events',
    cegedim: 'only jobs',
  });
  expect(text).toMatch(/^samsung keeps no events, so changes are those seen since \d{4}-\d\d-\d\dT[\d:.]+Z\.$/m);
  expect((await list({ instance: 'nhn:orders-primary' })).data).not.toHaveProperty('incomplete');
});

test('jobs stand among the events', async () => {
  const month = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const jobs = eventsOf(await list({ from: month, instance: 'reportsqa01' }));
  const stop = { kind: 'job', text: expect.stringContaining('POSTGRESQL_STOP') };
  expect(jobs).toContainEqual(expect.objectContaining(stop));
  const all = eventsOf(await list({ from: month, text: 'POSTGRESQL_STOP', limit: 100 }));
  expect(all).toContainEqual(expect.objectContaining({ ...stop, instance: 'cegedim:reportsqa01' }));
});

test('more than the limit are counted, and the offset that is named leads through all', async () => {
  const to = new Date().toISOString();
  const whole = await list({ ...week, to, limit: 100 });
  expect(whole.data).not.toHaveProperty('more');
  const open = await list({ ...week, limit: 2 });
  expect(open.data['total']).toBe(whole.data['total']);
  expect(open.data['more']).toMatch(/^1 to 2 of \d+ shown\. offset 2 shows what follows\. Give to \d{4}-\S+Z with/);
  const pages = [];
  for (let offset: string | undefined = '0'; offset !== undefined; ) {
    const page = await list({ ...week, to, limit: 3, offset: Number(offset) });
    pages.push(...eventsOf(page));
    offset = /offset (\d+) shows what follows\.$/.exec(String(page.data['more']))?.[1];
  }
  expect(pages).toEqual(eventsOf(whole));
});

test('a range that ends before it begins is refused', async () => {
  const args = { from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' };
  const { isError, text } = await connection.call('fleet_list_events', args);
  expect(isError).toBe(true);
  expect(text).toContain('later than to');
});

test('what changes between two looks is an event where a provider has none', async () => {
  const { call } = connection;
  await call('fleet_overview');
  const cluster_id = await clusterNamed(call, 'staging');
  expect((await call('samsung_start_cluster', { cluster_id })).isError).toBe(false);
  fleet.world.advance(600_000);
  const changes = eventsOf(await list()).filter(({ kind }) => kind === 'change');
  expect(changes).toEqual([
    expect.objectContaining({
      instance: 'samsung:staging',
      category: 'state',
      text: expect.stringMatching(/^stopped .* → available/),
    }),
  ]);
  expect(eventsOf(await list({ instance: `samsung:${cluster_id}` }))).toEqual(changes);
  expect(eventsOf(await list({ instance: 'orders-east' }))).toEqual([]);
});
