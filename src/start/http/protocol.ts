import { setImmediate } from 'node:timers/promises';
import type { HttpAppOptions } from '../../http/app.js';
import { mcpEndpoint } from '../../http/mcp.js';
import { createRateLimiter } from '../../http/rate-limiter.js';
import type { ServerFor } from '../../http/request-context.js';
import { sessionIds } from '../../http/session-ids.js';
import { createSessions } from '../../http/sessions.js';
import { sseStreams } from '../../http/sse.js';
import type { Metrics } from '../../observe/metrics.js';
import type { ToolEntry } from '../../server/catalog.js';
import { createServer } from '../../server/create-server.js';
import type { Store } from '../../store/store.js';
import type { Watch } from '../../values/watch.js';
import type { Paths } from './paths.js';
import type { HttpSettings } from './settings.js';
import type { UnderWay } from './shutdown.js';

export interface ProtocolOptions {
  catalog: readonly ToolEntry[];
  paths: Paths;
  settings: HttpSettings;
  store: Store;
  key: Uint8Array;
  /** Id of this process. */
  replica: string;
  changes: Watch;
  limited: Metrics['limited'];
  calls: UnderWay;
  resourceMetadataUrl?: string;
  closing: AbortSignal;
  now: () => number;
  onerror: (error: unknown) => void;
}

export interface Protocol extends Pick<HttpAppOptions, 'mcp' | 'sse'> {
  /** Sessions and streams of clients that are open here. */
  count(): number;
  close(): Promise<void>;
}

/** Every way in which the protocol is spoken over HTTP, over the same tools. */
export function protocol(options: ProtocolOptions): Protocol {
  const { catalog, paths, settings, store, key, replica, changes, limited, calls, now, onerror } = options;
  const serverFor: ServerFor = ({ principal, path }, { era, subscriptions, onlyTools }) => {
    const serving = paths.serving(path);
    const call: typeof serving.call = async (...call) => {
      // What has come in meanwhile is read first: with many callers, turns in common save more than they cost.
      await setImmediate();
      return calls.around(() => serving.call(...call));
    };
    return createServer({ ...serving, call, principal, era, subscriptions, onlyTools });
  };
  const ids = sessionIds(key, now);
  const sessions = createSessions({ ids, store, serverFor, changes, replica, now, onerror });
  const sse = settings.sse ? sseStreams({ ids, store, serverFor, changes, onerror }) : undefined;
  const mcp = mcpEndpoint({
    serverFor,
    changes,
    sessions,
    rateLimiter: createRateLimiter(settings.limits, { store, now, limited, onerror }),
    catalog,
    requestBytes: settings.requestBytes,
    limited,
    isDraining: () => options.closing.aborted,
    resourceMetadataUrl: options.resourceMetadataUrl,
    onerror,
  });
  return {
    mcp,
    sse,
    count: () => sessions.count() + (sse?.count() ?? 0),
    async close() {
      await Promise.all([mcp.close(), sessions.close(), sse?.close()]);
    },
  };
}
