import type { Client } from '@modelcontextprotocol/client';
import { beforeAll, expect, test } from 'vitest';
import { connectHttp } from '../../http/support/connect-http.js';
import { policyOf, tokensFor } from '../../http/support/people.js';
import { startHttp } from '../../http/support/start-http.js';
import { hooksTo, startReceiver } from '../../observe/hooks/receiver.js';
import { handClock } from '../../support/clock.js';
import { asSuperuser, ownDatabase, sharedCluster, type TestCluster, urlOf } from '../../support/services/postgres.js';

const { env: people, tokens } = tokensFor({
  looker: { scopes: ['pgfleet:read', 'pgfleet:inspect'] },
  guest: { scopes: ['pgfleet:read', 'pgfleet:inspect'], groups: ['guests'] },
  reader: { scopes: ['pgfleet:read'] },
});
const attention = 'pgfleet://fleet/attention';
const definer = { finding: 'definer-without-path', topic: 'security', title: expect.any(String), count: 1 };

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

/** A server with a look into a database that has a function, and a login, of telling names. */
async function setUp(env: Record<string, string> = {}, rules: object[] = []) {
  const database = await ownDatabase(cluster.primary);
  const make = 'CREATE FUNCTION hush_hush() RETURNS int LANGUAGE sql SECURITY DEFINER AS';
  await asSuperuser(cluster.primary, [`${make} 'SELECT 1'`], database);
  const url = urlOf(cluster.primary, 'monitor', database);
  const connections = {
    PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: url,
    PGFLEET_DB_URL_NHN_ANALYTICS: urlOf(cluster.primary, 'powerful'),
  };
  const denied = { effect: 'deny', tools: ['inspect_database'], caller: { groups: ['guests'] } };
  const clock = handClock();
  const server = await startHttp({
    args: ['--sandbox', 'nhn'],
    env: { ...people, ...policyOf({ rules: [denied, ...rules] }), PGFLEET_POLL_SECONDS: '5', ...connections, ...env },
    clock,
  });
  const as = (who: keyof typeof tokens) => connectHttp({ url: server.url, token: tokens[who] });
  const read = async (who: keyof typeof tokens, uri: string) => {
    const { contents } = await ((await as(who)).client as Client).readResource({ uri });
    const [content] = contents;
    return content && 'text' in content ? content.text : '';
  };
  return { server, clock, as, read, database };
}

const namesOf = (text: string) => ['hush_hush', 'monitor', 'story_'].filter((name) => text.includes(name));

interface Told {
  inside?: { instance?: string; name?: string; seen?: string; notSeen?: string; findings?: object[] }[];
}

test('resources tell kinds and counts of what is inside, and no name', async () => {
  const { read, as } = await setUp();
  const text = await read('looker', attention);
  const { inside } = JSON.parse(text) as Told;
  const orders = inside?.find(({ name }) => name === 'orders-primary');
  expect(orders?.findings).toContainEqual(expect.objectContaining(definer));
  expect(inside?.find(({ name }) => name === 'analytics')).toMatchObject({ notSeen: 'powerful role' });
  expect(namesOf(text)).toEqual([]);

  const own = await read('looker', `pgfleet://nhn/instances/${String(orders?.instance).slice('nhn:'.length)}`);
  expect(JSON.parse(own)).toMatchObject({ name: 'orders-primary', inside: { findings: orders?.findings } });
  expect(namesOf(own)).toEqual([]);
  await (await as('looker')).client.close();
});

test('each who may not look is told so in their place', async () => {
  const { read } = await setUp();
  const notSeen = async (who: keyof typeof tokens) =>
    (JSON.parse(await read(who, attention)) as Told).inside?.map((each) => each.notSeen);
  await read('looker', attention);
  expect(new Set(await notSeen('reader'))).toEqual(new Set(['not shown: needs pgfleet:inspect']));
  expect(new Set(await notSeen('guest'))).toEqual(new Set(['not shown: the policy of this server']));
});

test('a change inside is told to those who subscribed and may look', async () => {
  const { as, read, clock, database } = await setUp();
  const peers = { looker: await as('looker'), guest: await as('guest'), reader: await as('reader') };
  const { inside } = JSON.parse(await read('looker', attention)) as Told;
  const orders = inside?.find(({ name }) => name === 'orders-primary');
  const uri = `pgfleet://nhn/instances/${String(orders?.instance).slice('nhn:'.length)}`;
  for (const { client } of Object.values(peers))
    await (client as Client).listen({ resourceSubscriptions: [uri, attention] });
  await clock.turn(6_000);
  await asSuperuser(cluster.primary, ['DROP FUNCTION hush_hush()'], database);
  const told = async () => clock.turn(6_000).then(() => new Set(peers.looker.told));
  await expect.poll(told, { timeout: 20_000 }).toEqual(new Set([uri, attention]));
  expect([peers.guest.told, peers.reader.told]).toEqual([[], []]);
});

test('hooks are told of kinds inside, and of no name', async () => {
  const receiver = await startReceiver();
  await setUp({ ...hooksTo(receiver), PGFLEET_WATCH: '1' });
  await expect
    .poll(() => receiver.received.map(({ data }) => data), { timeout: 20_000 })
    .toContainEqual(
      expect.objectContaining({ finding: definer.finding, count: 1, inside: true, name: 'orders-primary' }),
    );
  expect(namesOf(receiver.bodies.join())).toEqual([]);
});

test('a rule about the subject pgfleet is about looks that nobody asked for', async () => {
  const receiver = await startReceiver();
  const denied = { effect: 'deny', tools: ['inspect_database'], caller: { subjects: ['pgfleet'] } };
  const { read } = await setUp({ ...hooksTo(receiver), PGFLEET_WATCH: '1' }, [denied]);
  await receiver.heard('finding.opened');
  expect(receiver.received.filter(({ data }) => data['inside'])).toEqual([]);
  expect(await read('looker', attention)).toContain(definer.finding);
});
