import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
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
    watch({ sessions, subscriptions, approvalsPending }) {
      addGauge(registry, 'sessions_open', 'Sessions of clients.', sessions);
      addGauge(registry, 'subscriptions_open', 'Resources that somebody is subscribed to.', subscriptions);
      addGauge(registry, 'approvals_pending', 'Calls that wait for a person.', approvalsPending);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** When the store cannot be reached, only its own number is missing from a scrape. */
function addGauge(registry: Registry, name: string, help: string, read: () => number | Promise<number>): void {
  const gauge = new Gauge({
    name: `pgfleet_${name}`,
    help,
    registers: [registry],
    async collect() {
      try {
        this.set(await read());
      } catch {
        this.remove();
      }
    },
  });
  gauge.set(0);
}
