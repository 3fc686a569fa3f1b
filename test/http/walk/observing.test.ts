import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

let fleet: Fleet;
let server: HttpServer;

beforeAll(async () => {
  fleet = await startFleet({ providers: ['nhn'], end });
  server = await startHttp({ fleet, env: { PGFLEET_LOG_FORMAT: 'json' }, end });
});

beforeEach(() => {
  fleet.sent.length = 0;
  fleet.requests.length = 0;
});

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const backUp = 'nhn_backup_db_instance';

describe.each(['2026', '2025'] as const)('in the era of %s', (era) => {
  const ways: [string, (params: object) => [object, Record<string, string>]][] = [
    ['a header', (params) => [params, { traceparent }]],
    ['the metadata of the request', (params) => [{ ...params, _meta: { traceparent } }, {}]],
  ];
  test.each(ways)('a trace in %s goes through call, provider request, log and audit record', async (where, carried) => {
    const { call } = await connectHttp({ url: server.url });
    const { dbInstanceId } = await instanceNamed(call, 'analytics');
    fleet.requests.length = 0;
    const [before, logged] = [server.audit().length, server.logged().length];
    const raw = await rawHttp({ url: server.url, era });
    const [params, headers] = carried({
      name: backUp,
      arguments: { dbInstanceId, backupName: `${era}-${where.length}` },
    });
    const { frame } = await raw.request('tools/call', params, headers);
    expect(frame.result).toBeDefined();

    const seen = fleet.requests.map((request) => request.headers['traceparent'] ?? '');
    expect(seen.length).toBeGreaterThanOrEqual(1);
    for (const each of seen) expect(each).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-01$`));
    const lines = server.audit().slice(before);
    expect(lines.map(({ event, trace }) => [event, trace])).toEqual([
      ['attempt', traceId],
      ['outcome', traceId],
    ]);
    const told = () => server.logged().slice(logged);
    await expect
      .poll(() => told().filter(({ message, tool }) => message === 'call' && tool === backUp))
      .toEqual([expect.objectContaining({ trace: traceId, client: 'raw 1.0.0', caller: 'local' })]);
    fleet.world.advance(600_000);
  });

  test.each([
    'not-a-trace',
    '00-0-0-00',
    `ff-${traceId}-00f067aa0ba902b7-01`,
    `00-${traceId}\r\nx: y`,
    'x'.repeat(9_000),
  ])('a trace of nonsense reaches no provider', async (nonsense) => {
    const raw = await rawHttp({ url: server.url, era });
    const params = { name: 'nhn_list_db_instances', arguments: {}, _meta: { traceparent: nonsense } };
    expect((await raw.request('tools/call', params)).frame.result).toBeDefined();
    expect(fleet.requests.length).toBeGreaterThan(0);
    for (const { headers } of fleet.requests) expect(headers).not.toHaveProperty('traceparent');
  });
});

test('each call leaves one line in the log and one count in the metrics, whoever makes it', async () => {
  const own = await startHttp({ fleet });
  for (const peer of httpPeers) {
    const { call } = await connectHttp({ url: own.url, peer });
    await call('nhn_list_db_instances');
    await call('nhn_get_db_instance', { dbInstanceId: '00000000-0000-4000-8000-000000000000' });
  }
  const counted = async (tool: string, outcome: string) =>
    own.metric(`pgfleet_tool_calls_total{tool="${tool}",provider="nhn",outcome="${outcome}"}`);
  expect(await counted('nhn_list_db_instances', 'ok')).toBe(4);
  expect(await counted('nhn_get_db_instance', 'error')).toBe(4);
  expect(await own.metric('pgfleet_calls_in_flight{provider="nhn"}')).toBe(0);
  expect(await own.metric('pgfleet_sessions_open')).toBeGreaterThanOrEqual(3);
  const told = () => own.logged().filter(({ message }) => message === 'call');
  await expect.poll(told).toHaveLength(8);
  const lines = told();
  expect(lines.map(({ tool, outcome }) => `${String(tool)} ${String(outcome)}`).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'nhn_get_db_instance error'),
    ...Array.from({ length: 4 }, () => 'nhn_list_db_instances ok'),
  ]);
  for (const { trace, time, milliseconds } of lines) {
    expect(trace).toMatch(/^[\da-f]{32}$/);
    expect(new Date(String(time)).getTime()).not.toBeNaN();
    expect(milliseconds).toBeGreaterThanOrEqual(0);
  }
  expect(new Set(lines.map(({ trace }) => trace)).size).toBe(8);
});

test('names that callers make up are not kept in the metrics', async () => {
  const raw = await rawHttp({ url: server.url });
  for (let index = 0; index < 20; index += 1) await raw.call(`nhn_made_up_${index}`);
  expect(await (await fetch(`${server.url}/metrics`)).text()).not.toContain('made_up');
});
