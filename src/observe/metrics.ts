import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueLevel } from './hooks/outbox.js';
import type { Outcome } from './outcome.js';

const approvalEvents = ['requested', 'approved', 'refused', 'used'] as const;
export type ApprovalEvent = (typeof approvalEvents)[number];

const limits = [
  'request_size', // the size of a body
  'call_rate', // the requests of one caller in a second
  'caller_calls', // the running calls of one caller
  'provider_calls', // the running calls of all callers together
  'caller_streams', // the open streams of one caller
] as const;
export type Limit = (typeof limits)[number];

/** A running call. Until its account is known, it is counted for its provider. */
export interface CountedCall {
  settled: (account: string) => void;
  /** Has to be called once. */
  ended(outcome: Outcome): void;
}

/** Functions that read the numbers of other parts at each scrape. One that fails is left out of that scrape. */
export interface Gauges {
  sessions: () => number;
  subscriptions: () => number;
  approvalsPending: () => number | Promise<number>;
  /** Absent where nothing is told outside. */
  hookQueues?: () => Promise<readonly QueueLevel[]>;
}

export interface Metrics {
  /** Called when a tools/call begins. */
  called(tool: string): CountedCall;
  /** Called when a request goes to a provider. The returned function takes its status, or why no answer came. */
  requested(provider: string): (status: string) => void;
  /** Called when a request is sent once more. */
  retried(provider: string, reason: string): void;
  renewedToken(provider: string): void;
  approval(event: ApprovalEvent): void;
  /** Called when a limit has refused a caller. */
  limited: (limit: Limit) => void;
  /** Shows these numbers too, from now on. */
  watch(gauges: Gauges): void;
  text(): Promise<string>;
  contentType: string;
}

export interface MetricsOptions {
  version: string;
  /** The catalogue. Any other name is counted as `unknown`, because callers must not decide what is stored here. */
  tools: readonly { name: string; provider: string }[];
  /** The names of the accounts, which are used in the place of the provider. */
  accounts: readonly string[];
}

/**
 * There are few buckets, because each is kept for every tool: from a list of a provider to a job that is waited for.
 */
const callSeconds = [0.05, 0.2, 0.5, 1, 2.5, 10, 50];
const requestSeconds = [0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30];

const unknown = { tool: 'unknown', provider: 'none' };

/** Counts for Prometheus, in a registry of their own. */
export function createMetrics({ version, tools, accounts }: MetricsOptions): Metrics {
  const registry = new Registry();
  const providerOf = new Map(tools.map(({ name, provider }) => [name, provider]));
  const count = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `pgfleet_${name}_total`, help, labelNames, registers: [registry] });
  const time = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]) =>
    new Histogram({ name: `pgfleet_${name}_seconds`, help, labelNames, buckets, registers: [registry] });
  const level = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `pgfleet_${name}`, help, labelNames, registers: [registry] });

  const calls = count('tool_calls', 'Calls of tools that ended.', 'tool', 'provider', 'outcome');
  const callTime = time('tool_call_duration', 'How long calls of tools took.', callSeconds, 'tool', 'provider');
  const running = level('calls_in_flight', 'Calls of tools that are under way.', 'provider');
  const requests = count('provider_requests', 'Requests to providers, each try for itself.', 'provider', 'status');
  const requestTime = time('provider_request_duration', 'How long providers took.', requestSeconds, 'provider');
  const retries = count('retries', 'Requests that were sent once more.', 'provider', 'reason');
  const tokens = count('tokens_renewed', 'Tokens got from providers, the first one too.', 'provider');
  const approvals = count('approvals', 'What became of approvals by a person.', 'outcome');
  const turnedAway = count('limited', 'Requests and calls turned away by a limit.', 'limit');

  collectDefaultMetrics({ register: registry });
  level('build_info', 'The version that runs.', 'version').set({ version }, 1);
  // Counts start at 0, so that the first event shows as an increase.
  for (const provider of accounts) {
    tokens.inc({ provider }, 0);
    running.set({ provider }, 0);
  }
  for (const outcome of approvalEvents) approvals.inc({ outcome }, 0);
  for (const limit of limits) turnedAway.inc({ limit }, 0);

  return {
    called(name) {
      const known = providerOf.get(name);
      const labels = known === undefined ? unknown : { tool: name, provider: known };
      const { tool } = labels;
      let { provider } = labels;
      const stop = callTime.startTimer({ tool });
      running.inc({ provider });
      return {
        settled(account) {
          if (account === provider) return;
          running.dec({ provider });
          provider = account;
          running.inc({ provider });
        },
        ended(outcome) {
          stop({ provider });
          running.dec({ provider });
          calls.inc({ tool, provider, outcome });
        },
      };
    },
    requested(provider) {
      const stop = requestTime.startTimer({ provider });
      return (status) => {
        stop();
        requests.inc({ provider, status });
      };
    },
    retried: (provider, reason) => retries.inc({ provider, reason }),
    renewedToken: (provider) => tokens.inc({ provider }),
    approval: (outcome) => approvals.inc({ outcome }),
    limited: (limit) => turnedAway.inc({ limit }),
    watch({ sessions, subscriptions, approvalsPending, hookQueues }) {
      const add = (name: string, help: string, read: () => number | Promise<number>) =>
        addGauge(registry, { name, help, read: async () => [{ labels: {}, value: await read() }] });
      add('sessions_open', 'Sessions of clients.', sessions);
      add('subscriptions_open', 'Resources that somebody is subscribed to.', subscriptions);
      add('approvals_pending', 'Calls that wait for a person.', approvalsPending);
      if (hookQueues) addHookGauges(registry, hookQueues);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

interface ReadGauge {
  name: string;
  help: string;
  labelNames?: readonly string[];
  read: () => Promise<readonly { labels: Record<string, string>; value: number }[]>;
}

/** When the store cannot be reached, only its own numbers are missing from a scrape. */
function addGauge(registry: Registry, { name, help, labelNames = [], read }: ReadGauge): void {
  const gauge = new Gauge({
    name: `pgfleet_${name}`,
    help,
    labelNames: [...labelNames],
    registers: [],
    async collect() {
      const samples = await read().catch(() => []);
      this.reset();
      // Without labels, a gauge that was reset reads 0.
      if (labelNames.length === 0) this.remove();
      for (const { labels, value } of samples) this.set(labels, value);
    },
  });
  registry.registerMetric(gauge);
}

/** Counts what targets of hooks have not been told. */
function addHookGauges(registry: Registry, readAll: () => Promise<readonly QueueLevel[]>): void {
  let reading: ReturnType<typeof readAll> | undefined;
  // Both are collected at the same time, and are read once.
  const levels = () => {
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  addGauge(registry, {
    name: 'hook_events',
    help: 'Events that wait for a target of hooks, and dead letters.',
    labelNames: ['target', 'state'],
    read: async () =>
      (await levels()).flatMap(({ target, waiting, dead }) => [
        { labels: { target, state: 'waiting' }, value: waiting },
        { labels: { target, state: 'dead' }, value: dead },
      ]),
  });
  addGauge(registry, {
    name: 'hook_oldest_seconds',
    help: 'How long the oldest event has waited for a target of hooks.',
    labelNames: ['target'],
    read: async () => (await levels()).map(({ target, oldestSeconds: value }) => ({ labels: { target }, value })),
  });
}
