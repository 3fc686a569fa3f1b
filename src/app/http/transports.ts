import { setImmediate } from 'node:timers/promises';
import type { HttpSettings } from '../../config/serving/http-settings.js';
import type { HttpAppOptions } from '../../http/app.js';
import { principalOf } from '../../http/auth/authenticate.js';
import { createSeal } from '../../http/auth/seal.js';
import { type McpOptions, mcpEndpoint } from '../../http/mcp.js';
import { createRateLimiter, type RateLimiterOptions } from '../../http/rate-limiter.js';
import type { ServerFor } from '../../http/request-context.js';
import { lackingOf } from '../../http/request-context.js';
import { sessionIds } from '../../http/sessions/session-ids.js';
import { createSessions } from '../../http/sessions/sessions.js';
import { sseStreams } from '../../http/sse.js';
import { createServer } from '../../server/create-server.js';
import type { Store } from '../../store/store.js';
import type { Clock, Random } from '../../values/clock.js';
import type { Watch } from '../../values/watch.js';
import type { InFlight } from '../in-flight.js';
import type { Endpoints } from './endpoints.js';

export interface TransportOptions
  extends Pick<McpOptions, 'catalog' | 'accountFor' | 'open' | 'isDraining' | 'mayHear' | 'onerror'> {
  paths: Pick<Endpoints, 'served'>;
  settings: HttpSettings;
  store: Store;
  key: Uint8Array;
  /** The id of this process. */
  replica: string;
  watch: Watch;
  /** Called for each caller that a limit has refused. */
  limited: McpOptions['limited'] & RateLimiterOptions['limited'];
  calls: InFlight;
  clock: Clock;
  random: Random;
}

export interface Transports {
  routes: Pick<HttpAppOptions, 'mcp' | 'sse'>;
  /** Counts the sessions and streams of clients that are open here. */
  count: () => number;
  close(): Promise<void>;
}

/** Creates every HTTP transport of the protocol, all over the same tools. */
export function transports(options: TransportOptions): Transports {
  const { paths, settings, store, key, replica, watch, mayHear, limited, calls, clock, random, onerror } = options;
  const serverFor: ServerFor = (path, kind) => {
    const served = paths.served(path);
    const call: typeof served.call = async (...call) => {
      // Requests that have come in meanwhile are read first: with many callers, handling them together saves time.
      await setImmediate();
      return calls.around(() => served.call(...call));
    };
    return createServer({ ...served, call, principalOf, lackingOf, ...kind, clock, onerror });
  };
  const ids = sessionIds(options);
  const sessions = createSessions({ ids, store, serverFor, watch, mayHear, replica, now: clock.now, onerror });
  const seal = createSeal(key, clock.now);
  const sse = settings.sse ? sseStreams({ ids, seal, store, serverFor, watch, mayHear, clock, onerror }) : undefined;
  const rateLimiter = createRateLimiter(settings.limits, { store, clock, random, limited, onerror });
  const mcp = mcpEndpoint({
    ...options,
    serverFor,
    sessions,
    rateLimiter,
    requestBytes: settings.requestBytes,
  });
  return {
    routes: { mcp, sse },
    count: () => sessions.count() + (sse?.count() ?? 0),
    async close() {
      await Promise.all([mcp.close(), sessions.close(), sse?.close()]);
    },
  };
}
