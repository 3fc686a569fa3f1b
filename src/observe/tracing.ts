import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  isSpanContextValid,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { suppressTracing, W3CTraceContextPropagator } from '@opentelemetry/core';
import { type HttpRequest, type Send, type TraceContext, WireError } from '../providers/wire/http.js';

/** The trace that a call belongs to, as the caller gives it: in `_meta` of the request, or else in its headers. */
export interface TraceCarrier {
  traceparent?: unknown;
  tracestate?: unknown;
}

export interface TracedCall {
  /** A tool of the catalogue. It is left out when there is no tool of the requested name. */
  tool?: string;
  provider?: string;
}

/** A running call, as its work sees it. */
export interface ObservedCall {
  traceContext: TraceContext;
  /** Called with the account that the call goes to. Its name is used in the place of the provider. */
  settled: (account: string) => void;
}

export interface Tracing {
  /** Does the work of one tools/call in a span of its own, as a part of the caller's trace. */
  call: <Result extends object | undefined>(
    call: TracedCall,
    carrier: TraceCarrier,
    work: (call: ObservedCall) => Promise<Result>,
  ) => Promise<Result>;
  /**
   * Creates a span for each request, and sends its context along. When placed inside the retries, each try has a span.
   */
  send: (send: Send, provider: string) => Send;
}

export interface TracingOptions {
  /** Creates a unique UUID, from which ids of traces are made. */
  newId: () => string;
  /**
   * When left out, the tracer of the SDK that the process was started with is used. Without an SDK nothing is recorded.
   */
  tracer?: Tracer;
}

/**
 * Spans by the API of OpenTelemetry. Without its SDK, only the ids are passed on, so that one id still leads from a
 * caller to the provider. The context of a request is passed as an argument, because following it through every promise
 * costs a tenth of the throughput on Node 20. Only the trace context is passed on, not the caller's baggage.
 */
export function startTracing({ newId, tracer = trace.getTracer('pgfleet') }: TracingOptions): Tracing {
  const identified = withIds(newId);
  return {
    async call(facts, carrier, work) {
      const around = context.active();
      const parent = contextOf(carrier, around);
      const outer = trace.getSpanContext(around);
      const span = tracer.startSpan(
        facts.tool === undefined ? 'tools/call' : `tools/call ${facts.tool}`,
        {
          kind: SpanKind.SERVER,
          attributes: attributesOf(facts),
          // The request that brought the call may have a trace of its own.
          links: outer && parent !== around ? [{ context: outer }] : [],
        },
        parent,
      );
      const known = identified(span);
      const here = trace.setSpan(known === span ? parent : parent.setValue(madeUp, true), known);
      const traceContext = { traceId: known.spanContext().traceId, context: here };
      // Nothing records a span, so there is none to end.
      if (known !== span) return work({ traceContext, settled: () => undefined });
      return within(
        span,
        here,
        () => work({ traceContext, settled: (account) => void span.setAttribute('pgfleet.provider', account) }),
        (result) => (result && 'isError' in result && result.isError === true ? 'tool_error' : undefined),
      );
    },
    send: (send, provider) => tracedSend({ tracer, identified }, send, provider),
  };
}

/** The names follow OpenTelemetry's semantic conventions for MCP. Arguments are not included. */
const attributesOf = ({ tool, provider }: TracedCall): Attributes => ({
  'mcp.method.name': 'tools/call',
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': tool,
  'pgfleet.provider': provider,
});

interface Spans {
  tracer: Tracer;
  identified: (span: Span) => Span;
}

function tracedSend({ tracer, identified }: Spans, send: Send, provider: string): Send {
  const tries = new WeakMap<HttpRequest, number>();
  return async (request, signal) => {
    const { traceContext, ...plain } = request;
    const around = (traceContext?.context as Context | undefined) ?? context.active();
    // Nothing records a span here, and no provider is told of ids that lead to no trace.
    if (around.getValue(madeUp) !== undefined) return send(plain, signal);
    const resent = tries.get(request) ?? 0;
    tries.set(request, resent + 1);
    const span = tracer.startSpan(
      request.method,
      { kind: SpanKind.CLIENT, attributes: { ...requestAttributes(request, resent), 'pgfleet.provider': provider } },
      around,
    );
    const known = identified(span);
    const here = trace.setSpan(around, known);
    const traced = known === span ? { ...plain, headers: { ...request.headers, ...headersOf(here) } } : plain;
    // This span stands for the request. An instrumented HTTP client would add another span, and its headers, so it is
    // off.
    return within(
      span,
      suppressTracing(here),
      () => send(traced, signal),
      ({ status }) => {
        span.setAttribute('http.response.status_code', status);
        return status >= 400 ? String(status) : undefined;
      },
    );
  };
}

/** Only the host of the address is recorded, because the path and the query hold arguments. */
function requestAttributes({ method, url }: HttpRequest, resent: number): Attributes {
  const { hostname, port, protocol } = new URL(url);
  return {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
    ...(resent > 0 && { 'http.request.resend_count': resent }),
  };
}

/** Ends the span with the work. Only the kind of an error is recorded, because its message may hold what was sent. */
async function within<Result>(
  span: Span,
  inside: Context,
  work: () => Promise<Result>,
  failureOf: (result: Result) => string | undefined,
): Promise<Result> {
  const fail = (type: string) =>
    span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR, message: type });
  try {
    const result = await context.with(inside, work);
    const failure = failureOf(result);
    if (failure !== undefined) fail(failure);
    return result;
  } catch (error) {
    fail(error instanceof WireError ? error.failure : error instanceof Error ? error.name : 'fault');
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a context whose ids were made here. They lead to no trace of anybody, so no provider is told of them. */
const madeUp = createContextKey('pgfleet made-up ids');

/**
 * Without an SDK, a span that begins a trace has no id, so the trace gets one here. A UUID is random enough, is never
 * all zeros, and is much faster than asking for a few bytes each time.
 */
const withIds = (newId: () => string) => {
  return (span: Span): Span => {
    if (isSpanContextValid(span.spanContext())) return span;
    const traceId = newId().replaceAll('-', '');
    return trace.wrapSpanContext({ traceId, spanId: traceId.slice(16), traceFlags: TraceFlags.NONE });
  };
};

const propagator = new W3CTraceContextPropagator();

/** The defined flags are `sampled` and `random`. All others have to be passed on as zero. */
const definedFlags = 0x03;

/** The caller's context, or the current one when the caller gave none that is valid. */
function contextOf(carrier: TraceCarrier, around: Context): Context {
  const found = propagator.extract(around, carrier, {
    keys: () => propagator.fields(),
    get: (from, key) => {
      const value = key === 'traceparent' || key === 'tracestate' ? from[key] : undefined;
      return typeof value === 'string' ? value : undefined;
    },
  });
  const remote = trace.getSpanContext(found);
  if (found === around || !remote) return around;
  return trace.setSpanContext(around, { ...remote, traceFlags: remote.traceFlags & definedFlags });
}

function headersOf(from: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(from, headers, {
    set: (to, key, value) => {
      if (value !== '') to[key] = value;
    },
  });
  return headers;
}
