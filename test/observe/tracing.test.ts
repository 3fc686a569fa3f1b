import { context, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../src/cli/system.js';
import { startTracing, type TraceCarrier, type Tracing } from '../../src/observe/tracing.js';
import { idOf, repeating, type Way, wayToNhn } from './way.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${callerSpan}-01`;
const list = 'nhn_list_db_instances';
const listed = { tool: list, provider: 'nhn' };

/** An SDK of OpenTelemetry that keeps its spans. */
function sdk() {
  const exporter = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer('test');
  const spans = (kind: SpanKind) => exporter.getFinishedSpans().filter((span) => span.kind === kind);
  return {
    tracer,
    all: () => exporter.getFinishedSpans(),
    calls: () => spans(SpanKind.SERVER),
    requests: () => spans(SpanKind.CLIENT),
  };
}

/** An SDK also carries contexts through promises; the API alone does not. */
function carryContexts(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  onTestFinished(() => context.disable());
}

const tracingBy = (tracer?: Tracer) => startTracing({ newId: () => systemRandom.id(), tracer });

const traced = (tracing: Tracing) => wayToNhn((send) => repeating(tracing.send(send, 'nhn')));

/** The `traceparent` of each request as it arrived, without those for tokens. */
const arrived = ({ fleet }: Way) => fleet.requests.map(({ headers }) => headers['traceparent']);

test('the trace of the caller goes through the call to the request, each a child of the one before', async () => {
  const { tracer, calls, requests } = sdk();
  const tracing = tracingBy(tracer);
  const way = await traced(tracing);
  const within: (string | undefined)[] = [];
  await tracing.call(listed, { traceparent, tracestate: 'vendor=1' }, async ({ traceContext }) => {
    within.push(traceContext.traceId);
    return way.ask(list, {}, traceContext);
  });
  const [call] = calls();
  const [token, request] = requests();
  expect(call).toMatchObject({ name: `tools/call ${list}`, parentSpanContext: { traceId, spanId: callerSpan } });
  expect(call?.attributes).toEqual({
    'mcp.method.name': 'tools/call',
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': list,
    'pgfleet.provider': 'nhn',
  });
  expect([token?.name, request?.name]).toEqual(['POST', 'GET']);
  expect(request?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId);
  expect(request?.attributes).toEqual({
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'server.address': '127.0.0.1',
    'server.port': expect.any(Number),
    'pgfleet.provider': 'nhn',
  });
  expect(arrived(way)).toEqual([`00-${traceId}-${request?.spanContext().spanId}-01`]);
  expect(way.fleet.requests[0]?.headers['tracestate']).toBe('vendor=1');
  expect(within).toEqual([traceId]);
});

test('once the account of a call is settled, the span bears its name', async () => {
  const { tracer, calls } = sdk();
  await tracingBy(tracer).call(listed, {}, async (call) => {
    call.settled('nhn-prod');
    return undefined;
  });
  expect(calls()[0]?.attributes['pgfleet.provider']).toBe('nhn-prod');
});

test('each try of a request is a span of its own', async () => {
  const { tracer, calls, requests } = sdk();
  const tracing = tracingBy(tracer);
  const way = await traced(tracing);
  way.fleet.faults.add({ on: 'GET /v1.0/db-instances', kind: 'status', value: 503, times: 2 });
  await tracing.call(listed, {}, ({ traceContext }) => way.ask(list, {}, traceContext));
  const tries = requests().filter(({ name }) => name === 'GET');
  const facts = tries.map(({ attributes, status }) => [
    attributes['http.response.status_code'],
    attributes['http.request.resend_count'],
    attributes['error.type'],
    status.code,
  ]);
  expect(facts).toEqual([
    [503, undefined, '503', SpanStatusCode.ERROR],
    [503, 1, '503', SpanStatusCode.ERROR],
    [200, 2, undefined, SpanStatusCode.UNSET],
  ]);
  const parents = new Set(tries.map(({ parentSpanContext }) => parentSpanContext?.spanId));
  expect([...parents]).toEqual(calls().map((call) => call.spanContext().spanId));
  const ids = tries.map((each) => each.spanContext().spanId);
  expect(arrived(way).map((header) => header?.split('-')[2])).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
});

test('no span holds an argument, a token, a key, a query or a body', async () => {
  const { tracer, all } = sdk();
  const tracing = tracingBy(tracer);
  const way = await traced(tracing);
  const dbInstanceId = await idOf('analytics', way);
  const created = { dbInstanceId, dbUserName: 'reporting', dbPassword: 'Tr0ub4dor', authorityType: 'CRUD' };
  const time = { from: '2026-01-01T00:00:00+09:00', to: '2026-01-02T00:00:00+09:00' };
  const searched = { page: 1, size: 10, ...time, eventCategoryType: 'ALL', sourceId: dbInstanceId, keyword: 'backup' };
  await tracing.call({ tool: 'nhn_create_db_user' }, {}, ({ traceContext }) =>
    way.ask('nhn_create_db_user', created, traceContext),
  );
  await tracing.call({ tool: 'nhn_list_events' }, {}, ({ traceContext }) =>
    way.ask('nhn_list_events', searched, traceContext),
  );
  const shown = JSON.stringify(
    all().map(({ name, attributes, events: noted, links, status }) => [name, attributes, noted, links, status]),
  );
  const { headers, body } = way.fleet.requests.find(({ method }) => method === 'POST') ?? {};
  const keys = [headers?.['x-nhn-authorization']?.replace('Bearer ', ''), headers?.['x-tc-app-key']];
  expect(keys).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  expect(body).toContain('Tr0ub4dor');
  expect(way.fleet.requests.at(-1)?.url).toContain('keyword=backup');
  const never = [dbInstanceId, 'reporting', 'Tr0ub4dor', 'CRUD', 'backup', '2026-01-01', ...keys];
  for (const secret of never) expect(shown).not.toContain(secret);
});

const failures: [string, () => Promise<object | undefined>, string][] = [
  ['answers that it failed', async () => ({ isError: true }), 'tool_error'],
  [
    'throws',
    async () => {
      throw new TypeError('it says password=hunter2');
    },
    'TypeError',
  ],
];
test.each(failures)('a call that %s is marked, without its words', async (_, work, type) => {
  const { tracer, calls } = sdk();
  const tracing = tracingBy(tracer);
  await tracing.call(listed, {}, work).catch(() => undefined);
  expect(calls()[0]?.status).toEqual({ code: SpanStatusCode.ERROR, message: type });
  expect(calls()[0]?.attributes['error.type']).toBe(type);
  expect(calls()[0]?.events).toEqual([]);
});

test('a request that gets no answer is marked with what went wrong', async () => {
  const { tracer, requests } = sdk();
  const tracing = tracingBy(tracer);
  const way = await traced(tracing);
  const dbInstanceId = await idOf('staging', way);
  way.fleet.faults.add({ on: '*', kind: 'cut-before' });
  await expect(way.ask('nhn_start_db_instance', { dbInstanceId })).rejects.toThrow('broke before');
  expect(requests().at(-1)?.attributes['error.type']).toBe('cut');
  expect(requests().at(-1)?.status.code).toBe(SpanStatusCode.ERROR);
});

test('what brought the request is linked when the caller names a trace, and is the parent otherwise', async () => {
  carryContexts();
  const { tracer, calls } = sdk();
  const tracing = tracingBy(tracer);
  const outer = tracer.startSpan('POST /mcp');
  const { traceId: outerTrace } = outer.spanContext();
  await context.with(trace.setSpan(context.active(), outer), async () => {
    await tracing.call(listed, { traceparent }, async () => undefined);
    await tracing.call(listed, {}, async () => undefined);
  });
  const [named, unnamed] = calls();
  expect(named?.parentSpanContext?.spanId).toBe(callerSpan);
  expect(named?.links.map((link) => link.context.traceId)).toEqual([outerTrace]);
  expect(unnamed?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
  expect(unnamed?.links).toEqual([]);
});

test('an instrumented HTTP client below adds no second span', async () => {
  carryContexts();
  const { tracer, requests } = sdk();
  const tracing = tracingBy(tracer);
  const way = await wayToNhn((send) =>
    tracing.send(async (request, signal) => {
      const span = tracer.startSpan('GET from an instrumented client', { kind: SpanKind.CLIENT });
      const response = await send(request, signal);
      span.end();
      return response;
    }, 'nhn'),
  );
  await way.ask(list);
  expect(requests().map(({ name }) => name)).toEqual(['POST', 'GET']);
});

test('a tool that does not exist gives the span no name', async () => {
  const { tracer, calls } = sdk();
  await tracingBy(tracer).call({}, {}, async () => undefined);
  expect(calls()[0]?.name).toBe('tools/call');
  expect(calls()[0]?.attributes).not.toHaveProperty('gen_ai.tool.name');
});

test('without an SDK the trace of the caller still reaches the provider, and nothing else that it sent', async () => {
  const tracing = tracingBy();
  const way = await traced(tracing);
  const carrier = { traceparent, tracestate: 'vendor=1,other=2', baggage: 'user=somebody' };
  await tracing.call(listed, carrier, ({ traceContext }) => way.ask(list, {}, traceContext));
  expect(way.fleet.requests.map(({ headers }) => headers)).toEqual([
    expect.objectContaining({ traceparent, tracestate: 'vendor=1,other=2' }),
  ]);
  expect(JSON.stringify(way.fleet.requests)).not.toContain('somebody');
});

test('without an SDK and a trace of the caller each call has an id of its own, which no provider is told', async () => {
  const tracing = tracingBy();
  const way = await traced(tracing);
  const ids: (string | undefined)[] = [];
  for (const _ of [1, 2])
    await tracing.call(listed, {}, async ({ traceContext }) => {
      ids.push(traceContext.traceId);
      await way.ask(list, {}, traceContext);
      return way.ask(list, {}, traceContext);
    });
  const [first, second] = ids;
  expect(first).toMatch(/^[\da-f]{32}$/);
  expect(second).not.toBe(first);
  expect(arrived(way)).toEqual([undefined, undefined, undefined, undefined]);
});

test('a request outside of any call carries a trace only with an SDK', async () => {
  const way = await traced(tracingBy());
  await way.ask(list);
  expect(arrived(way)).toEqual([undefined]);
  const recorded = await traced(tracingBy(sdk().tracer));
  await recorded.ask(list);
  expect(arrived(recorded)).toEqual([expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-01$/)]);
});

test('calls at the same time keep their traces apart', async () => {
  const tracing = tracingBy();
  const way = await traced(tracing);
  const ids = Array.from({ length: 20 }, (_, i) => String(i + 1).padStart(32, '0'));
  const seen = await Promise.all(
    ids.map((id) =>
      tracing.call(listed, { traceparent: `00-${id}-${callerSpan}-00` }, async ({ traceContext }) => {
        await way.ask(list, {}, traceContext);
        return { id: traceContext.traceId };
      }),
    ),
  );
  expect(seen.map(({ id }) => id)).toEqual(ids);
  expect(new Set(arrived(way))).toEqual(new Set(ids.map((id) => `00-${id}-${callerSpan}-00`)));
});

const invalid: [string, TraceCarrier][] = [
  ['a text of another kind', { traceparent: 'hello' }],
  ['no text', { traceparent: { toString: 1 } }],
  ['ids of zeros', { traceparent: `00-${'0'.repeat(32)}-${callerSpan}-01` }],
  ['a parent of zeros', { traceparent: `00-${traceId}-${'0'.repeat(16)}-01` }],
  ['a version that is forbidden', { traceparent: `ff-${traceId}-${callerSpan}-01` }],
  ['capital letters', { traceparent: traceparent.toUpperCase() }],
  ['a header of its own', { traceparent: `${traceparent}\r\nx-evil: 1` }],
  ['a state without a parent', { tracestate: 'vendor=1' }],
];
test.each(invalid)('%s is no trace, and reaches no provider', async (_, carrier) => {
  const tracing = tracingBy();
  const way = await traced(tracing);
  await tracing.call(listed, carrier, ({ traceContext }) => way.ask(list, {}, traceContext));
  expect(arrived(way)).toEqual([undefined]);
  expect(way.fleet.requests[0]?.headers).not.toHaveProperty('tracestate');
});

test('flags that nobody has defined are not passed on, and a state that is none is left out', async () => {
  const tracing = tracingBy();
  const way = await traced(tracing);
  const carrier = { traceparent: `00-${traceId}-${callerSpan}-ff`, tracestate: 'no state\r\nat all' };
  await tracing.call(listed, carrier, ({ traceContext }) => way.ask(list, {}, traceContext));
  expect(arrived(way)).toEqual([`00-${traceId}-${callerSpan}-03`]);
  expect(way.fleet.requests[0]?.headers).not.toHaveProperty('tracestate');
});
