import { expect, test } from 'vitest';
import { configOf } from '../../support/accounts.js';
import { startFleet } from '../../support/fleet.js';
import { startHttp } from '../support/start-http.js';

const ready = async (url: string) => {
  const answer = await fetch(`${url}/readyz`);
  return { status: answer.status, text: (await answer.text()).trim() };
};

test('a server whose providers take its credentials is ready, and asks them once a minute at most', async () => {
  const fleet = await startFleet({ providers: ['nhn'] });
  const { url } = await startHttp({ fleet });
  await expect.poll(() => ready(url)).toEqual({ status: 200, text: 'ready' });
  const asked = fleet.sent.length;
  expect(asked).toBeGreaterThan(0);
  await Promise.all([ready(url), ready(url), ready(url)]);
  expect(fleet.sent).toHaveLength(asked);
});

test('a server signs in when it begins to serve, and to be ready it reads no more than names', async () => {
  const fleet = await startFleet();
  const { url, metric } = await startHttp({ fleet });
  for (const account of ['nhn', 'cegedim'])
    await expect.poll(() => metric(`pgfleet_tokens_renewed_total{provider="${account}"}`)).toBe(1);
  expect(fleet.sent).toEqual([]);
  await expect.poll(() => ready(url)).toEqual({ status: 200, text: 'ready' });
  expect(fleet.sent).toContain('GET /itcare/compute/resources');
  expect(fleet.sent.filter((line) => line.includes('/databases/postgresql/'))).toEqual([]);
});

test('one that is refused says which provider refuses it', async () => {
  const fleet = await startFleet({ providers: ['nhn', 'naver'] });
  const { url } = await startHttp({ fleet, env: { NHN_SECRET_ACCESS_KEY: 'wrong' } });
  await expect
    .poll(() => ready(url))
    .toEqual({ status: 503, text: 'nhn does not take the credentials of this server.' });
});

test('readiness names the account whose credentials are refused, and no other', async () => {
  const fleet = await startFleet({ providers: [], accounts: { 'nhn-prod': 'nhn', 'nhn-dev': 'nhn' } });
  const config = configOf(fleet, { 'nhn-dev': { secretAccessKey: 'of-last-year' } });
  const { url } = await startHttp({ args: ['--config', config] });
  const text = 'nhn-dev does not take the credentials of this server.';
  await expect.poll(() => ready(url)).toEqual({ status: 503, text });
});
