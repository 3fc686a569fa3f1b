import { expect, test } from 'vitest';
import { tokensFor } from '../support/people.js';
import { framesOf, post, rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const { env, tokens } = tokensFor({ oncall: {}, guest: {} });

/** Opens one stream over its transport, as the bearer of a token. It ends with the signal. */
type OpenStream = (url: string, token: string, signal?: AbortSignal) => Promise<Response>;

const authorized = (token: string) => ({ authorization: `Bearer ${token}`, accept: 'text/event-stream' });

const openStreams: Record<string, OpenStream> = {
  'the HTTP+SSE transport': (url, token, signal) => fetch(`${url}/sse`, { headers: authorized(token), signal }),
  'a session of 2025': async (url, token, signal) => {
    const { session = '' } = await rawHttp({ url, era: '2025', token });
    return fetch(`${url}/mcp`, { headers: { ...authorized(token), 'mcp-session-id': session }, signal });
  },
  'a client of 2026 that listens': (url, token, signal) => {
    const method = 'subscriptions/listen';
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1.0.0' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const body = { jsonrpc: '2.0', id: 1, method, params: { notifications: { resourcesListChanged: true }, _meta } };
    const headers = {
      ...authorized(token),
      accept: 'application/json, text/event-stream',
      'mcp-method': method,
      'mcp-protocol-version': '2026-07-28',
    };
    return post(`${url}/mcp`, JSON.stringify(body), headers, signal);
  },
};

async function expectFull(answer: Response, most: number): Promise<void> {
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('1');
  const { error } = (await answer.json()) as { error: { message: string } };
  expect(error.message).toContain(`holds ${most} streams open`);
  expect(error.message).toContain('close one');
}

const start = (limit: Record<string, string> = {}): Promise<HttpServer> =>
  startHttp({ env: { ...env, PGFLEET_CALLS_PER_SECOND: '10000', ...limit } });

test.each(Object.entries(openStreams))(
  'the streams of a caller over %s are counted until they end',
  async (_, open) => {
    const { url, metric } = await start({ PGFLEET_STREAMS_AT_ONCE: '2' });
    const leaving = new AbortController();
    expect((await open(url, tokens.oncall, leaving.signal)).status).toBe(200);
    expect((await open(url, tokens.oncall)).status).toBe(200);
    await expectFull(await open(url, tokens.oncall), 2);
    expect((await open(url, tokens.guest)).status).toBe(200);
    expect((await (await rawHttp({ url, token: tokens.oncall })).request('tools/list')).status).toBe(200);
    expect(await metric('pgfleet_limited_total{limit="caller_streams"}', tokens.guest)).toBe(1);
    leaving.abort();
    await expect.poll(async () => (await open(url, tokens.oncall)).status).toBe(200);
  },
);

test('a second stream of a session takes the place of the first, also where there is no other place', async () => {
  const { url, metric } = await start({ PGFLEET_STREAMS_AT_ONCE: '1' });
  const raw = await rawHttp({ url, era: '2025', token: tokens.oncall });
  const open = () =>
    fetch(`${url}/mcp`, { headers: { ...authorized(tokens.oncall), 'mcp-session-id': raw.session ?? '' } });
  const [first, second] = [await open(), await open()];
  expect([first.status, second.status]).toEqual([200, 200]);
  // It comes to its end.
  await first.text();
  const third = await open();
  await second.text();
  await raw.request('resources/subscribe', { uri: 'pgfleet://fleet/instances' });
  await expect.poll(() => metric('pgfleet_subscriptions_open', tokens.guest)).toBe(1);
  const other = () => fetch(`${url}/sse`, { headers: authorized(tokens.oncall) });
  await expectFull(await other(), 1);
  await third.body?.cancel();
  await expect.poll(async () => (await other()).status).toBe(200);
});

test('streams of the older transport never share a place, whatever their headers say', async () => {
  const { url } = await start({ PGFLEET_STREAMS_AT_ONCE: '1' });
  const open = () => fetch(`${url}/sse`, { headers: { ...authorized(tokens.oncall), 'mcp-session-id': 'the-same' } });
  expect((await open()).status).toBe(200);
  await expectFull(await open(), 1);
});

test('streams of every kind are counted together, and there are 50 when nothing else is set', async () => {
  const { url } = await start();
  const kinds = Object.values(openStreams);
  for (let count = 0; count < 50; count += 1) {
    const open = kinds[count % kinds.length];
    expect((await open?.(url, tokens.oncall))?.status).toBe(200);
  }
  for (const open of kinds) await expectFull(await open(url, tokens.oncall), 50);
});

test('a stream that was refused for another reason takes no place', async () => {
  const { url } = await start({ PGFLEET_STREAMS_AT_ONCE: '1' });
  const headers = authorized(tokens.oncall);
  for (let count = 0; count < 3; count += 1) {
    expect((await fetch(`${url}/mcp`, { headers })).status).toBe(400);
    expect((await fetch(`${url}/mcp`, { headers: { ...headers, 'mcp-session-id': 'x' } })).status).toBe(404);
  }
  expect((await fetch(`${url}/sse`, { headers })).status).toBe(200);
});

test('opening streams counts as requests', async () => {
  const { url } = await start({ PGFLEET_CALLS_PER_SECOND: '3' });
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => fetch(`${url}/sse`, { headers: authorized(tokens.oncall) })),
  );
  const late = answers.filter(({ status }) => status === 429);
  expect(late.length).toBeGreaterThanOrEqual(1);
  for (const each of late) expect(await each.text()).toContain('More than 3 requests in a second');
});

test('a batch of 2025 counts as its messages', async () => {
  const { url } = await start({ PGFLEET_CALLS_PER_SECOND: '20' });
  const { session = '' } = await rawHttp({ url, era: '2025', token: tokens.oncall });
  const batch = async (length: number) => {
    const pings = Array.from({ length }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' }));
    const headers = { authorization: `Bearer ${tokens.oncall}`, 'mcp-session-id': session };
    const answer = await post(`${url}/mcp`, JSON.stringify(pings), headers);
    const isTaken = answer.status === 200;
    let answered = 0;
    if (isTaken) for await (const { result } of framesOf(answer)) answered += result ? 1 : 0;
    return { status: answer.status, answered, said: isTaken ? '' : await answer.text() };
  };
  expect(await batch(21)).toMatchObject({ status: 429, said: expect.stringContaining('A batch counts as its 21') });
  await expect.poll(() => batch(12), { interval: 1_100 }).toMatchObject({ status: 200, answered: 12 });
  const answers = await Promise.all([batch(12), batch(12), batch(12), batch(12)]);
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(1);
});
