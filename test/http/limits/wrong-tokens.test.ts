import { beforeAll, expect, test } from 'vitest';
import { handClock } from '../../support/clock.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startIssuer } from '../../support/issuer.js';
import { tokensFor } from '../support/people.js';
import { post } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();
const { env, tokens } = tokensFor({ oncall: {} });

let server: HttpServer;

beforeAll(async () => {
  // On a clock that stands still, no minute ever ends.
  server = await startHttp({ env: { ...env, PGFLEET_PROXY_HOPS: '1' }, clock: handClock(), end });
});

/** What somebody sends, from an address that a proxy tells. */
interface Shown {
  authorization?: string;
  'x-forwarded-for': string;
}

const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
const statusOf = async (answer: Promise<Response>): Promise<number> => {
  const { status, body, headers } = await answer;
  await body?.cancel();
  if (status === 429) expect(headers.get('retry-after')).toBe('60');
  return status;
};
const ways: Record<string, (url: string, shown: Shown) => Promise<number>> = {
  'a request of 2026': (url, shown) =>
    statusOf(post(`${url}/mcp`, ping, { ...shown, 'mcp-method': 'ping', 'mcp-protocol-version': '2026-07-28' })),
  'a request of 2025': (url, shown) => statusOf(post(`${url}/mcp`, ping, { ...shown })),
  'the HTTP+SSE transport': (url, shown) => statusOf(fetch(`${url}/sse`, { headers: { ...shown } })),
  'a message of the HTTP+SSE transport': (url, shown) => statusOf(post(`${url}/messages`, ping, { ...shown })),
  'the counts': (url, shown) => statusOf(fetch(`${url}/metrics`, { headers: { ...shown } })),
  'the approval page’s API': (url, shown) => statusOf(fetch(`${url}/approvals/api`, { headers: { ...shown } })),
};

const six = [1, 2, 3, 4, 5, 6];
const wrong = (address: string, number = 0): Shown => ({
  authorization: `Bearer pgf_wrong-${number}`,
  'x-forwarded-for': address,
});
const right = (address: string): Shown => ({ authorization: `Bearer ${tokens.oncall}`, 'x-forwarded-for': address });

test.each(Object.entries(ways))(
  'after five wrong tokens over %s, their address waits and no other',
  async (name, ask) => {
    const address = `203.0.113.${Object.keys(ways).indexOf(name)}`;
    const statuses: number[] = [];
    for (const number of six) statuses.push(await ask(server.url, wrong(address, number)));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect([401, 429]).not.toContain(await ask(server.url, right(address)));
    expect(await ask(server.url, wrong(address))).toBe(429);
    expect(await ask(server.url, wrong(`${address}0`))).toBe(401);
  },
);

test('wrong tokens are counted together, wherever they are shown', async () => {
  const statuses: number[] = [];
  for (const ask of Object.values(ways)) statuses.push(await ask(server.url, wrong('198.51.100.1')));
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
});

test.each([
  ['203.0.113.90', '203.0.113.90:4711', '203.0.113.90:4712', '::ffff:203.0.113.90', '[::ffff:cb00:715a]:443'],
  ['2001:db8::1', '2001:DB8:0::1', '[2001:db8::1]', '[2001:db8::1]:4711', '2001:db8:0:0:0:0:0:1'],
])('an address is one, however a proxy writes it: %s', async (...spellings) => {
  const ask = (address: string) => statusOf(fetch(`${server.url}/metrics`, { headers: { ...wrong(address) } }));
  for (const address of spellings) expect(await ask(address)).toBe(401);
  for (const address of spellings) expect(await ask(address)).toBe(429);
  expect(await ask(spellings[0]?.replace(/.$/, '7') ?? '')).toBe(401);
});

test('after a minute the address may try again', async () => {
  const clock = handClock();
  const { url } = await startHttp({ env: { ...env, PGFLEET_PROXY_HOPS: '1' }, clock });
  const ask = async () => statusOf(fetch(`${url}/metrics`, { headers: { ...wrong('198.51.100.2') } }));
  for (const _ of six) await ask();
  expect(await ask()).toBe(429);
  await clock.turn(61_000);
  expect(await ask()).toBe(401);
});

test('whoever shows no token, or one that has expired, is always told where to sign in', async () => {
  const issuer = await startIssuer({});
  const { url } = await startHttp({ env: { PGFLEET_ISSUER: issuer.url }, clock: handClock() });
  const expired = await issuer.token({ aud: `${url}/mcp`, scope: 'pgfleet:read', exp: 1_700_000_000 });
  for (const headers of [undefined, { authorization: `Bearer ${expired}` }])
    for (const _ of six) {
      const answer = await fetch(`${url}/mcp`, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('resource_metadata=');
    }
});

test.each([
  ['without the setting, the header counts for nothing', {}, 429],
  ['what stands before the address that the proxy tells counts for nothing', { PGFLEET_PROXY_HOPS: '1' }, 429],
  ['behind two proxies, the last address but one counts', { PGFLEET_PROXY_HOPS: '2' }, 401],
])('%s', async (_, setting, last) => {
  const { url } = await startHttp({ env: { ...env, ...setting }, clock: handClock() });
  const statuses: number[] = [];
  for (const number of six)
    statuses.push(
      await statusOf(fetch(`${url}/metrics`, { headers: { ...wrong(`198.51.100.${number}, 203.0.113.7`) } })),
    );
  expect(statuses).toEqual([401, 401, 401, 401, 401, last]);
});
