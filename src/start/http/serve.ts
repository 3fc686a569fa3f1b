import { randomUUID } from 'node:crypto';
import { sharedWatch } from '../../fleet/resources/shared-watch.js';
import { createApp } from '../../http/app.js';
import { listen } from '../../http/listen.js';
import { approvalPage } from '../../http/page/page.js';
import type { Log } from '../../observe/logger.js';
import { createMetrics } from '../../observe/metrics.js';
import { observer } from '../../observe/observer.js';
import { startTracing } from '../../observe/tracing.js';
import { counted } from '../../server/subscriptions.js';
import { openStore } from '../../store/index.js';
import { providersOf } from '../behind.js';
import type { Config } from '../config.js';
import { later, prepare } from '../prepare.js';
import { sharedKey } from '../shared-key.js';
import { address, banner, codeLine } from './banner.js';
import { entrance } from './entrance.js';
import { servingByPath } from './paths.js';
import { protocol } from './protocol.js';
import { readiness } from './readiness.js';
import { httpSettings } from './settings.js';
import { underWay } from './shutdown.js';

export interface ServeHttpOptions {
  config: Config;
  faults?: readonly string[];
  version: string;
  log: Log;
  /** For the person who starts it: stdout is free while serving over HTTP. */
  say: (text: string) => void;
}

export interface ServingHttp {
  url: URL;
  /** Takes no more calls, lets those under way end, and stops. */
  close: () => Promise<void>;
}

/** Serves MCP over HTTP, with sign-in, limits and the approval page, until it is closed. */
export async function serveHttp(options: ServeHttpOptions): Promise<ServingHttp> {
  const opened: Pick<ServingHttp, 'close'>[] = [];
  try {
    return await serveWith(options, opened);
  } catch (error) {
    // What was opened on the way would keep a process alive that serves nothing.
    await Promise.all(opened.map(({ close }) => close()));
    throw error;
  }
}

async function serveWith(
  { config: given, faults, version, log, say }: ServeHttpOptions,
  opened: Pick<ServingHttp, 'close'>[],
): Promise<ServingHttp> {
  const settings = httpSettings(given);
  const [now, replica, calls, closing] = [Date.now, randomUUID(), underWay(), new AbortController()];
  const onerror = (error: unknown) => log(error instanceof Error ? error.message : String(error));
  const tracing = startTracing();
  const store = await openStore({ url: given.store, now, log });
  opened.push({ close: () => store.close() });
  const key = await sharedKey(given.key, store, now);

  // What is put together below is known by the time somebody calls.
  const prepared = await prepare({
    config: given,
    faults,
    version,
    log,
    behind: async (tools) => ({
      store,
      key,
      page: { url: address(url, 'approvals'), closing: closing.signal },
      observer: observer({ tracing, providerOf: providersOf(tools), metrics, log, now }),
    }),
  });
  const { config, catalog, composed } = prepared;
  const metrics = createMetrics({
    version,
    tools: catalog,
    providers: [...config.providers.keys()],
    gauges: {
      sessions: () => spoken.count(),
      subscriptions: () => changes.count(),
      approvalsPending: async () => (await (await composed()).approvals.list()).filter(isPending).length,
    },
  });
  const seconds = config.pollSeconds ?? usualPollSeconds;
  const changes = counted(sharedWatch({ watch: prepared.watch, store, replica, seconds, now, later, log }));

  let app: { fetch: (request: Request) => Promise<Response> } | undefined;
  const listening = await listen({
    ...settings,
    fetch: async (request) => app?.fetch(request) ?? new Response('starting\n', { status: 503 }),
    onerror,
  });
  opened.push({ close: () => listening.close() });
  const url = new URL(config.publicUrl ?? `http://${settings.hostInUrl}:${listening.port}`);
  const resource = new URL(address(url, 'mcp'));
  const showCode = (code: string) => say(codeLine(code));
  const door = entrance({ config, isSignInNeeded: settings.isSignInNeeded, resource, now, log, showCode });
  const paths = servingByPath(prepared, catalog);
  const { limited } = metrics;
  const { resourceMetadataUrl } = door;
  const spoken = protocol({
    catalog,
    paths,
    settings,
    store,
    key,
    replica,
    changes,
    limited,
    calls,
    resourceMetadataUrl,
    now,
    onerror,
  });
  const page = approvalPage({
    approvals: (await composed()).approvals,
    fleet: async () => (await composed()).fleet,
    latestAudit: async (count) => (await composed()).audit.latest(count),
    key,
    publicUrl: url,
    version,
    isSandbox: Boolean(config.sandbox),
    signIn: door.ways,
    store,
    now,
    log,
  });
  app = createApp({
    mcp: spoken.mcp,
    sse: spoken.sse,
    faultOf: spoken.faultOf,
    page,
    gate: door.gate,
    isSignInNeeded: settings.isSignInNeeded,
    metadata: door.metadata,
    hosts: settings.hosts,
    origins: settings.origins,
    notReady: readiness({ store, signedIn: door.ready, connected: (await composed()).connected }),
    isDraining: () => closing.signal.aborted,
    metrics,
    onerror,
  });
  const hasStaticTokens = config.tokensFile !== undefined && config.issuer === undefined;
  const listed = prepared.serving().tools.listed.length;
  say(banner({ url, listed, hasStaticTokens, isSandbox: Boolean(config.sandbox) }));

  return {
    url,
    async close() {
      closing.abort();
      listening.refuse();
      await calls.ended(settings.drainSeconds * 1000);
      await spoken.close();
      await listening.close();
      await store.close();
    },
  };
}

const usualPollSeconds = 30;
const isPending = ({ state }: { state: string }): boolean => state === 'pending';
