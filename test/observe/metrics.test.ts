import { inputRequired } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { metered } from '../../src/observe/metered.js';
import { createMetrics, type Metrics } from '../../src/observe/metrics.js';
import { type Outcome, outcomeOf } from '../../src/observe/outcome.js';
import { repeating, wayToNhn } from './way.js';

const list = 'nhn_list_db_instances';
const options = {
  version: '1.2.3',
  tools: [
    { name: list, provider: 'nhn' },
    { name: 'fleet_overview', provider: 'pgfleet' },
  ],
  accounts: ['nhn', 'cegedim'],
};

const label = '[a-z_]+="[^"\\\\]*"';
const sample = new RegExp(`^([a-z_]\\w*(?:\\{${label}(?:,${label})*\\})?) (-?[\\d.]+(?:e[+-]?\\d+)?|NaN)$`, 'i');

/** Every sample of a scrape by its name and labels; throws at a line that Prometheus would not read. */
async function scrape(metrics: Metrics): Promise<Map<string, number>> {
  const lines = (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('# '));
  return new Map(
    lines.map((line): [string, number] => {
      const [, name, value] = sample.exec(line) ?? [];
      if (name === undefined) throw new Error(`Not a sample: ${line}`);
      return [name, Number(value)];
    }),
  );
}

test('a call counts as under way until it ends, and then with its outcome and its time', async () => {
  const metrics = createMetrics(options);
  const underWay = metrics.called(list);
  metrics.called('fleet_overview').ended('refused');
  const before = await scrape(metrics);
  expect(before.get('pgfleet_calls_in_flight{provider="nhn"}')).toBe(1);
  expect(before.get('pgfleet_calls_in_flight{provider="pgfleet"}')).toBe(0);
  underWay.ended('ok');
  const after = await scrape(metrics);
  expect(after.get('pgfleet_calls_in_flight{provider="nhn"}')).toBe(0);
  expect(after.get(`pgfleet_tool_calls_total{tool="${list}",provider="nhn",outcome="ok"}`)).toBe(1);
  const refused = 'pgfleet_tool_calls_total{tool="fleet_overview",provider="pgfleet",outcome="refused"}';
  expect(after.get(refused)).toBe(1);
  expect(after.get(`pgfleet_tool_call_duration_seconds_count{tool="${list}",provider="nhn"}`)).toBe(1);
  expect(after.get(`pgfleet_tool_call_duration_seconds_bucket{le="+Inf",tool="${list}",provider="nhn"}`)).toBe(1);
});

test('once the account of a call is settled, the call counts as one to it', async () => {
  const metrics = createMetrics(options);
  const underWay = metrics.called(list);
  underWay.settled('cegedim');
  const before = await scrape(metrics);
  expect(before.get('pgfleet_calls_in_flight{provider="nhn"}')).toBe(0);
  expect(before.get('pgfleet_calls_in_flight{provider="cegedim"}')).toBe(1);
  underWay.ended('ok');
  const after = await scrape(metrics);
  expect(after.get('pgfleet_calls_in_flight{provider="cegedim"}')).toBe(0);
  expect(after.get(`pgfleet_tool_calls_total{tool="${list}",provider="cegedim",outcome="ok"}`)).toBe(1);
  expect(after.get(`pgfleet_tool_call_duration_seconds_count{tool="${list}",provider="cegedim"}`)).toBe(1);
});

test('names that callers make up take no room', async () => {
  const metrics = createMetrics(options);
  const size = (await scrape(metrics)).size;
  for (const name of ['nhn_made_up', 'x"} 1\nevil_total{a="', '__proto__']) metrics.called(name).ended('unknown_tool');
  const samples = await scrape(metrics);
  const one = 'pgfleet_tool_calls_total{tool="unknown",provider="none",outcome="unknown_tool"}';
  expect(samples.get(one)).toBe(3);
  for (let i = 0; i < 100; i += 1) metrics.called(`made_up_${i}`).ended('unknown_tool');
  expect((await scrape(metrics)).size).toBe(samples.size);
  expect(samples.size).toBeGreaterThan(size);
  expect([...samples.keys()].join()).not.toMatch(/made_up|evil|proto/);
});

test('requests to a provider are counted try by try, and retries by their reason', async () => {
  const metrics = createMetrics(options);
  const way = await wayToNhn((send) =>
    repeating(metered(send, 'nhn', metrics), (_, reason) => metrics.retried('nhn', reason)),
  );
  const faulty = { on: 'GET /v1.0/db-instances', times: 1 };
  way.fleet.faults.add({ ...faulty, kind: 'status', value: 503 });
  await way.ask(list);
  way.fleet.faults.add({ ...faulty, kind: 'cut-before' });
  await way.ask(list);
  const samples = await scrape(metrics);
  const asked = (status: string) => samples.get(`pgfleet_provider_requests_total{provider="nhn",status="${status}"}`);
  // The third of the good answers is the token.
  expect(['200', '503', 'cut'].map(asked)).toEqual([3, 1, 1]);
  const retried = (reason: string) => samples.get(`pgfleet_retries_total{provider="nhn",reason="${reason}"}`);
  expect(['503', 'cut'].map(retried)).toEqual([1, 1]);
  expect(samples.get('pgfleet_provider_request_duration_seconds_count{provider="nhn"}')).toBe(5);
});

test('what has not happened yet reads 0, and counts from there', async () => {
  const metrics = createMetrics(options);
  const names = [
    'pgfleet_approvals_total{outcome="approved"}',
    'pgfleet_limited_total{limit="call_rate"}',
    'pgfleet_tokens_renewed_total{provider="cegedim"}',
  ];
  const before = await scrape(metrics);
  metrics.approval('approved');
  metrics.limited('call_rate');
  metrics.renewedToken('cegedim');
  const after = await scrape(metrics);
  expect(names.map((name) => [before.get(name), after.get(name)])).toEqual(names.map(() => [0, 1]));
});

test('levels are read with each scrape; one that cannot be read is left out of it', async () => {
  let pending = 1;
  const metrics = createMetrics(options);
  metrics.watch({
    sessions: () => 3,
    subscriptions: () => 2,
    approvalsPending: async () => {
      if (pending < 0) throw new Error('the store is away');
      return pending;
    },
  });
  const level = async () => (await scrape(metrics)).get('pgfleet_approvals_pending');
  expect(await level()).toBe(1);
  pending = -1;
  expect(await level()).toBeUndefined();
  pending = 5;
  expect(await level()).toBe(5);
  const samples = await scrape(metrics);
  expect(samples.get('pgfleet_sessions_open')).toBe(3);
  expect(samples.get('pgfleet_subscriptions_open')).toBe(2);
});

test('what waits for the targets of hooks is told for each, and left out while it cannot be read', async () => {
  let isAway = false;
  let reads = 0;
  const metrics = createMetrics(options);
  metrics.watch({
    sessions: () => 0,
    subscriptions: () => 0,
    approvalsPending: () => 0,
    async hookQueues() {
      reads += 1;
      if (isAway) throw new Error('the store is away');
      return [
        { target: 'ops', waiting: 2, dead: 1, oldestSeconds: 90 },
        { target: 'chat', waiting: 0, dead: 0, oldestSeconds: 0 },
      ];
    },
  });
  const hooks = async () => [...(await scrape(metrics))].filter(([name]) => name.startsWith('pgfleet_hook_'));
  expect(await hooks()).toEqual([
    ['pgfleet_hook_events{target="ops",state="waiting"}', 2],
    ['pgfleet_hook_events{target="ops",state="dead"}', 1],
    ['pgfleet_hook_events{target="chat",state="waiting"}', 0],
    ['pgfleet_hook_events{target="chat",state="dead"}', 0],
    ['pgfleet_hook_oldest_seconds{target="ops"}', 90],
    ['pgfleet_hook_oldest_seconds{target="chat"}', 0],
  ]);
  expect(reads).toBe(1);
  isAway = true;
  expect(await hooks()).toEqual([]);
});

test('the process and its version are told too, in a registry of their own each time', async () => {
  const [first, second] = [createMetrics(options), createMetrics(options)];
  first.called(list).ended('ok');
  const samples = await scrape(first);
  expect(samples.get('pgfleet_build_info{version="1.2.3"}')).toBe(1);
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  expect(samples.has('nodejs_eventloop_lag_seconds')).toBe(true);
  expect(first.contentType).toContain('text/plain');
  expect([...(await scrape(second)).keys()].some((name) => name.startsWith('pgfleet_tool_calls'))).toBe(false);
});

const results: [object | undefined, Outcome][] = [
  [undefined, 'unknown_tool'],
  [{ content: [] }, 'ok'],
  [{ content: [], structuredContent: { status: 'available' } }, 'ok'],
  [{ content: [], isError: true }, 'error'],
  [{ content: [], structuredContent: { status: 'confirmation_required' } }, 'asked'],
  [{ content: [], structuredContent: { status: 'approval_pending' } }, 'asked'],
  [inputRequired({ inputRequests: {}, requestState: 'x' }), 'asked'],
];
test.each(results)('the result %j counts as %s', (result, outcome) => {
  expect(outcomeOf(result)).toBe(outcome);
});
