import { expect, test } from 'vitest';
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
