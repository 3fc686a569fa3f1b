import { describe, expect, test } from 'vitest';
import { configOf } from '../../support/accounts.js';
import { startFleet } from '../../support/fleet.js';
import { tokensFor } from '../support/people.js';
import { type Answered, rawHttp } from '../support/raw-http.js';
import { startHttp } from '../support/start-http.js';
import { wayTo } from '../support/way-to-fleet.js';

const { env, tokens } = tokensFor({ oncall: {}, guest: {} });
const list = { name: 'nhn_list_db_instances', arguments: {} };

function expectTurnedAway({ status, headers, frame }: Answered, why: string): void {
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(frame.error?.message).toContain(why);
}

describe.each(['2026', '2025'] as const)('in the era of %s', (era) => {
  test('more requests in a second than one caller may make are turned away, and nobody else is', async () => {
    const { url, metric } = await startHttp({ env: { ...env, PGFLEET_CALLS_PER_SECOND: '5' } });
    const oncall = await rawHttp({ url, era, token: tokens.oncall });
    // So many that it does not matter whether they all come within one second.
    const answers = await Promise.all(Array.from({ length: 100 }, async () => oncall.request('prompts/list')));
    const late = answers.filter(({ status }) => status !== 200);
    expect(late.length).toBeGreaterThanOrEqual(10);
    for (const each of late) expectTurnedAway(each, 'More than 5 requests in a second');
    const guest = await rawHttp({ url, era, token: tokens.guest });
    expect((await guest.request('tools/list')).status).toBe(200);
    expect(await metric('pgfleet_limited_total{limit="call_rate"}', tokens.guest)).toBe(late.length);
  });

  test('an answer to what the server asks is no request that counts', async () => {
    const { url } = await startHttp({ env: { ...env, PGFLEET_CALLS_PER_SECOND: '2' } });
    const raw = await rawHttp({ url, era, token: tokens.oncall });
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => raw.answer('unknown', {})));
    expect(statuses).not.toContain(429);
  });

  test('more calls at once than one caller or one provider can bear are turned away, until there is room', async () => {
    const way = await wayTo(await startFleet({ providers: ['nhn', 'samsung'] }));
    const limits = { PGFLEET_CALLS_AT_ONCE: '2', PGFLEET_PROVIDER_CALLS_AT_ONCE: '3' };
    const { url, metric } = await startHttp({ fleet: way, env: { ...env, ...limits } });
    const [oncall, guest] = await Promise.all(
      [tokens.oncall, tokens.guest].map(async (token) => rawHttp({ url, era, token })),
    );
    if (!oncall || !guest) throw new Error('Somebody is missing.');
    const { carriedOut, release } = way.holdBack(/^GET .*db-instances/);
    const slow = [oncall.request('tools/call', list), oncall.request('tools/call', list)];
    await carriedOut(2);
    expectTurnedAway(await oncall.request('tools/call', list), 'More than 2 calls at the same time');
    slow.push(guest.request('tools/call', list));
    await carriedOut(3);
    expectTurnedAway(await guest.request('tools/call', list), 'More than 3 calls to nhn at the same time');
    // What is no call, and what goes to another provider, has nothing to do with it.
    expect((await oncall.request('tools/list')).status).toBe(200);
    expect((await guest.request('tools/call', { name: 'samsung_list_clusters', arguments: {} })).status).toBe(200);

    release();
    for (const { status, frame } of await Promise.all(slow)) {
      expect(status).toBe(200);
      expect(frame.result?.['isError']).toBeUndefined();
    }
    expect((await oncall.request('tools/call', list)).status).toBe(200);
    expect(await metric('pgfleet_limited_total{limit="caller_calls"}', tokens.oncall)).toBe(1);
    expect(await metric('pgfleet_limited_total{limit="provider_calls"}', tokens.oncall)).toBe(1);
  });
});

/** Of a provider that has two of them. */
const called = (name: string, account: string) => ['tools/call', { name, arguments: { account } }] as const;

test('a limit of calls counts an account, and leaves the other of its provider alone', async () => {
  const way = await wayTo(await startFleet({ providers: [], accounts: { 'nhn-prod': 'nhn', 'nhn-dev': 'nhn' } }));
  const args = ['--config', configOf(way), '--profile', 'full'];
  const { url, metric } = await startHttp({ args, env: { PGFLEET_PROVIDER_CALLS_AT_ONCE: '1' } });
  const { request } = await rawHttp({ url });
  const { carriedOut, release } = way.holdBack(/^GET .*db-instances/);
  const slow = request(...called('nhn_list_db_instances', 'nhn-prod'));
  await carriedOut();
  const late = await request(...called('nhn_list_regions', 'nhn-prod'));
  expect(late.status).toBe(429);
  expect(late.frame.error?.message).toContain('calls to nhn-prod at the same time');
  expect((await request(...called('nhn_list_regions', 'nhn-dev'))).status).toBe(200);
  release();
  expect((await slow).status).toBe(200);
  const calls = (tool: string, account: string) =>
    metric(`pgfleet_tool_calls_total{tool="${tool}",provider="${account}",outcome="ok"}`);
  expect(await calls('nhn_list_db_instances', 'nhn-prod')).toBe(1);
  expect(await calls('nhn_list_regions', 'nhn-dev')).toBe(1);
  expect(await calls('nhn_list_regions', 'nhn-prod')).toBeUndefined();
});
