import type { Send } from '../providers/wire/http.js';
import type { Log } from './logger.js';
import { metered } from './metered.js';
import type { ApprovalEvent, Metrics } from './metrics.js';
import { outcomeOf } from './outcome.js';
import type { ObservedCall, TraceCarrier, Tracing } from './tracing.js';

/** The facts about the caller of a call that a log line has. */
export interface CallSource {
  name: string;
  client: string;
  trace?: TraceCarrier;
}

/** Observes calls while they run, without any effect on them. */
export interface Observer {
  /** Does the work of one tools/call. */
  call: <Result extends object | undefined>(
    tool: string,
    source: CallSource,
    work: (call: ObservedCall) => Promise<Result>,
  ) => Promise<Result>;
  /** Adds traces and counts to the requests to one provider. */
  send: (send: Send, provider: string) => Send;
  retried: (provider: string, reason: string) => void;
  renewedToken: (provider: string) => void;
  approval: (event: ApprovalEvent) => void;
}

export interface ObserverParts {
  tracing: Tracing;
  /** The providers of all tools. */
  providerOf: ReadonlyMap<string, string>;
  /** The counts that an operator can read. */
  metrics?: Metrics;
  /** The log for one line about each call. */
  log?: Log;
  now: () => number;
}

/** Always traces calls. Counts and logs are optional. */
export function observer({ tracing, providerOf, metrics, log, now }: ObserverParts): Observer {
  return {
    async call(tool, { name: caller, client, trace = {} }, work) {
      const provider = providerOf.get(tool);
      const known = provider === undefined ? undefined : { tool, provider };
      const begun = now();
      const counted = metrics?.called(tool);
      return tracing.call(known ?? {}, trace, async ({ traceContext, settled }) => {
        let outcome: ReturnType<typeof outcomeOf> = 'error';
        try {
          const result = await work({
            traceContext,
            settled(account) {
              counted?.settled(account);
              settled(account);
            },
          });
          outcome = outcomeOf(result);
          return result;
        } finally {
          counted?.ended(outcome);
          const milliseconds = now() - begun;
          const { traceId } = traceContext;
          log?.('call', { tool: known?.tool ?? 'unknown', outcome, caller, client, milliseconds, trace: traceId });
        }
      });
    },
    send: (send, provider) => tracing.send(metrics ? metered(send, provider, metrics) : send, provider),
    retried: (provider, reason) => metrics?.retried(provider, reason),
    renewedToken: (provider) => metrics?.renewedToken(provider),
    approval: (event) => metrics?.approval(event),
  };
}
