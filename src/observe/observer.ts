import type { Send } from '../providers/wire/http.js';
import type { Log } from './logger.js';
import { metered } from './metered.js';
import type { ApprovalEvent, Metrics } from './metrics.js';
import { outcomeOf } from './outcome.js';
import type { ObservedCall, TraceCarrier, Tracing } from './tracing.js';

/** Who makes a call, as far as a log line tells. */
export interface CallSource {
  name: string;
  client: string;
  trace?: TraceCarrier;
}

/** What looks on while calls run; none of it changes what they do. */
export interface Observer {
  /** Does the work of one tools/call. */
  call: <Result extends object | undefined>(
    tool: string,
    source: CallSource,
    work: (call: ObservedCall) => Promise<Result>,
  ) => Promise<Result>;
  /** The way out to one provider. */
  send: (send: Send, provider: string) => Send;
  retried: (provider: string, reason: string) => void;
  renewedToken: (provider: string) => void;
  approval: (event: ApprovalEvent) => void;
}

export interface ObserverParts {
  tracing: Tracing;
  /** Of every tool there is. */
  providerOf: ReadonlyMap<string, string>;
  /** Where somebody can ask for the counts. */
  metrics?: Metrics;
  /** Where calls are to leave a line. */
  log?: Log;
  now: () => number;
}

/** Traces always; counts and logs where it is wanted. */
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
