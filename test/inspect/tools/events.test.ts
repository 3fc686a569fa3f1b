import { beforeAll, expect, test } from 'vitest';
import { policyOf } from '../../http/support/people.js';
import { connect } from '../../support/connect.js';
import {
  asSuperuser,
  openSession,
  ownDatabase,
  sharedCluster,
  type TestCluster,
  urlOf,
} from '../../support/services/postgres.js';
import { lookingAt } from './looking.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const looking = (database = 'postgres', env: Record<string, string> = {}) =>
  lookingAt(cluster, 'monitor', { database, env });

const inside = { instance: 'orders-primary', category: 'inside', limit: 100 };
const textsOf = (data: Record<string, unknown>) =>
  ((data['events'] ?? []) as { category: string; text: string }[]).map(({ category, text }) => `${category}: ${text}`);

test('what the server knows the time of stands in the timeline, between what the cloud tells', async () => {
  const database = await ownDatabase(cluster.primary);
  const owner = await openSession(cluster.primary, 'owner', database);
  await owner.query('CREATE TABLE vacuumed (id int)');
  await owner.query('VACUUM ANALYZE vacuumed');
  await asSuperuser(cluster.primary, ['SELECT pg_stat_reset()'], database);
  await owner.query('VACUUM vacuumed');
  const { call, sandboxAudit } = await looking(database);
  await expect
    .poll(async () => textsOf((await call('fleet_list_events', inside)).data))
    .toEqual(
      expect.arrayContaining([
        'inside server: The server was started',
        `inside statistics: The counters of the database ${database} were reset`,
        'inside vacuum: Vacuumed was public.vacuumed',
        expect.stringMatching(/^inside replication: The standby .+ connected \(streaming\)$/),
      ]),
    );
  expect(sandboxAudit()[0]).toMatchObject({ event: 'look', tool: 'inspect_database', through: 'fleet_list_events' });
  const { data, text } = await call('fleet_list_events', { instance: 'orders-primary', limit: 100 });
  const times = (data['events'] as { time: string }[]).map(({ time }) => Date.parse(time));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(textsOf(data).some((each) => !each.startsWith('inside'))).toBe(true);
  expect(text).toContain('Inside: 1 of 1 instances were looked into');
});

test('a role without rights, at a standby, is told what there is for it', async () => {
  const { call } = await connect({
    args: ['--sandbox', 'nhn'],
    env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: urlOf(cluster.standby, 'plain') },
  });
  expect(textsOf((await call('fleet_list_events', inside)).data)).toContain('inside server: The server was started');
});

test('what happened outside of the span that is asked for is left out', async () => {
  const { call } = await looking();
  const { data } = await call('fleet_list_events', {
    ...inside,
    from: '2020-01-01T00:00:00Z',
    to: '2020-02-01T00:00:00Z',
  });
  expect(data['total']).toBe(0);
});

test('the whole fleet has what is inside those that have a connection', async () => {
  const { call } = await looking();
  const { data, text } = await call('fleet_list_events', { category: 'inside', limit: 100 });
  expect(new Set((data['events'] as { instance: string }[]).map(({ instance }) => instance)).size).toBe(1);
  expect(text).toMatch(/Inside: 1 of \d+ instances were looked into/);
});

test('where a rule denies a look, or no server answers, the rest of the timeline is told', async () => {
  const rule = { effect: 'deny', tools: ['inspect_database'], reason: 'not inside' };
  const denied = await looking('postgres', policyOf({ rules: [rule] }));
  const { text, data } = await denied.call('fleet_list_events', { instance: 'orders-primary' });
  expect(text).toMatch(/not seen inside: nhn:\S+, not shown: the policy of this server/);
  expect(data['total']).toBeGreaterThan(0);
  expect(denied.sandboxAudit()).toEqual([]);
  const missing = await looking('no_such_database');
  const other = await missing.call('fleet_list_events', { instance: 'orders-primary' });
  expect(other.text).toMatch(/not seen inside: nhn:\S+, There is no database no_such_database/);
  expect(other.data['total']).toBe(data['total']);
});

test('without a connection the timeline is as before', async () => {
  const { call } = await connect({ args: ['--sandbox', 'nhn'] });
  const { text, data } = await call('fleet_list_events', { instance: 'orders-primary' });
  expect(text).not.toContain('nside');
  expect(data).not.toHaveProperty('insideSeen');
});
