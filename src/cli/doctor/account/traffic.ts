import type { Observer } from '../../../observe/observer.js';

/** One request on its way, as far as it tells about the way and the clock. */
export interface NotedRequest {
  origin: string;
  /** How far the provider's clock is ahead of the one here, where its answer has the time. */
  aheadMilliseconds?: number;
}

/** What was seen of the requests of one account. */
export interface Traffic {
  requests: NotedRequest[];
  /** How often a request was sent once more, by the status or the failure that was the reason. */
  retries: Map<string, number>;
}

export interface TrafficNotes {
  observer: Pick<Observer, 'send' | 'retried' | 'renewedToken'>;
  of: (account: string) => Traffic;
}

/** Notes what passes between here and the providers. */
export function noteTraffic(now: () => number): TrafficNotes {
  const notes = new Map<string, Traffic>();
  const of = (account: string): Traffic => {
    const traffic = notes.get(account) ?? { requests: [], retries: new Map() };
    notes.set(account, traffic);
    return traffic;
  };
  return {
    of,
    observer: {
      send: (send, account) => async (request, signal) => {
        const begun = now();
        const response = await send(request, signal);
        const told = Date.parse(response.headers['date'] ?? '');
        const ahead = told - (begun + now()) / 2;
        const { origin } = new URL(request.url);
        of(account).requests.push({ origin, ...(Number.isFinite(ahead) && { aheadMilliseconds: ahead }) });
        return response;
      },
      retried(account, reason) {
        const { retries } = of(account);
        retries.set(reason, (retries.get(reason) ?? 0) + 1);
      },
      renewedToken: () => undefined,
    },
  };
}
