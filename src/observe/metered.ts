import { type Send, WireError } from '../providers/wire/http.js';
import type { Metrics } from './metrics.js';

/** Counts and times each request to a provider. When it is placed inside the retries, it sees every try. */
export function metered(send: Send, provider: string, metrics: Pick<Metrics, 'requested'>): Send {
  return async (request, signal) => {
    const ended = metrics.requested(provider);
    try {
      const response = await send(request, signal);
      ended(String(response.status));
      return response;
    } catch (error) {
      ended(error instanceof WireError ? error.failure : 'fault');
      throw error;
    }
  };
}
