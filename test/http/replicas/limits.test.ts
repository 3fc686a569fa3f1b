import { expect, test } from 'vitest';
import { saying } from '../../support/raw.js';
import { tokensFor } from '../support/people.js';
import { rawHttp } from '../support/raw-http.js';
import { startPair } from './pair.js';

const { env: people, tokens } = tokensFor({ oncall: {}, guest: {} });
const list = { name: 'nhn_list_db_instances', arguments: {} };

test('the requests of a caller in a second are counted at both replicas together', async () => {
  const { a, b } = await startPair({ env: { ...people, PGFLEET_CALLS_PER_SECOND: '1' } });
  const [atA, atB] = [
    await rawHttp({ url: a.url, token: tokens.oncall }),
    await rawHttp({ url: b.url, token: tokens.oncall }),
  ];
  const together = async () => {
    const answers = await Promise.all([atA, atB].map((each) => each.request('prompts/list')));
    for (const { status, headers } of answers) if (status === 429) expect(headers.get('retry-after')).toBe('1');
    return new Set(answers.map(({ status }) => status));
  };
  // Counted apart, each would always be let in, since the last one was more than a second ago.
  await expect.poll(together, { interval: 1_100 }).toEqual(new Set([200, 429]));
});

test('a call under way takes a place at both replicas until it ends; others have places of their own', async () => {
  const { a, b } = await startPair({ env: { ...people, PGFLEET_CALLS_AT_ONCE: '1' } });
  const atA = await rawHttp({ url: a.url, token: tokens.oncall });
  const atB = await rawHttp({ url: b.url, token: tokens.oncall });
  const { carriedOut, release } = a.holdBack(/^GET .*db-instances/);
  const slow = atA.request('tools/call', list);
  await carriedOut();
  const turnedAway = await atB.request('tools/call', list);
  expect(turnedAway.status).toBe(429);
  expect(turnedAway.headers.get('retry-after')).toBe('1');
  const guest = await rawHttp({ url: b.url, token: tokens.guest });
  expect((await guest.request('tools/call', list)).status).toBe(200);
  release();
  expect((await slow).status).toBe(200);
  await expect.poll(async () => (await atB.request('tools/call', list)).status).toBe(200);
});

test('the streams that a caller holds open are counted at both replicas together, until they end', async () => {
  const { a, b } = await startPair({ env: { ...people, PGFLEET_STREAMS_AT_ONCE: '2' } });
  const open = async ({ url }: { url: string }, token: string, signal?: AbortSignal) =>
    (await fetch(`${url}/sse`, { headers: { authorization: `Bearer ${token}` }, signal })).status;
  const leaving = new AbortController();
  expect(await open(a, tokens.oncall, leaving.signal)).toBe(200);
  expect(await open(b, tokens.oncall)).toBe(200);
  expect([await open(a, tokens.oncall), await open(b, tokens.oncall)]).toEqual([429, 429]);
  expect(await open(b, tokens.guest)).toBe(200);
  leaving.abort();
  await expect.poll(() => open(b, tokens.oncall)).toBe(200);
});

test('the calls of a caller that wait for a person are counted at both replicas together', async () => {
  const { a, b } = await startPair({ env: { ...people, PGFLEET_CONFIRM: 'human', PGFLEET_CALLS_AT_ONCE: '100' } });
  const [atA, atB] = [
    await rawHttp({ url: a.url, token: tokens.oncall, capabilities: {} }),
    await rawHttp({ url: b.url, token: tokens.oncall, capabilities: {} }),
  ];
  const { result } = await atA.call(list.name);
  const { dbInstances } = (result?.['structuredContent'] ?? {}) as { dbInstances?: { dbInstanceId: string }[] };
  const dbInstanceId = dbInstances?.[0]?.dbInstanceId;
  const createUser = (number: number) =>
    (number % 2 ? atA : atB).call('nhn_create_db_user', {
      dbInstanceId,
      dbUserName: `user_${number}`,
      dbPassword: 'a-password',
      authorityType: 'READ',
    });
  // At the same time, so that it is one count and not two.
  const answers = await Promise.all(Array.from({ length: 24 }, async (_, number) => createUser(number)));
  const refused = answers.filter((each) => each.result?.['isError'] === true);
  expect(refused).toHaveLength(4);
  for (const each of refused) expect(saying(each)).toContain('wait for a person already');
});

test('wrong tokens of an address are counted at both replicas together', async () => {
  const { a, b } = await startPair({ env: people });
  const statuses: number[] = [];
  for (const { url } of [a, b, a, b, a, b])
    statuses.push((await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer pgf_wrong' } })).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
});

test('calls to a provider take places at both replicas, whoever makes them', async () => {
  const { a, b } = await startPair({ env: { ...people, PGFLEET_PROVIDER_CALLS_AT_ONCE: '1' } });
  const oncall = await rawHttp({ url: a.url, token: tokens.oncall });
  const guest = await rawHttp({ url: b.url, token: tokens.guest });
  const { carriedOut, release } = a.holdBack(/^GET .*db-instances/);
  const slow = oncall.request('tools/call', list);
  await carriedOut();
  expect((await guest.request('tools/call', list)).status).toBe(429);
  const elsewhere = await guest.request('tools/call', { name: 'samsung_list_clusters', arguments: {} });
  expect(elsewhere.status).toBe(200);
  release();
  expect((await slow).status).toBe(200);
  await expect.poll(async () => (await guest.request('tools/call', list)).status).toBe(200);
});
