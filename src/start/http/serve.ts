import { randomUUID } from 'node:crypto';
import { sharedWatch } from '../../fleet/resources/shared-watch.js';
import { listen } from '../../http/listen.js';
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
import { type Assembled, assemble } from './assemble.js';
import { address, banner } from './banner.js';
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
  const opened: Opened[] = [];
  try {
    return await serveWith(options, opened);
  } catch (error) {
    // What was opened on the way would keep a process alive that serves nothing.
    await Promise.all(opened.map((each) => each.close()));
    throw error;
  }
}

interface Opened {
  close(): Promise<void>;
}

async function serveWith(options: ServeHttpOptions, opened: Opened[]): Promise<ServingHttp> {
  const { config: given, faults, version, log, say } = options;
  const settings = httpSettings(given);
  const [now, replica, calls, closing] = [Date.now, randomUUID(), underWay(), new AbortController()];
  const onerror = (error: unknown) => log(error instanceof Error ? error.message : String(error));
  const tracing = startTracing();
  const store = await openStore({ url: given.store, now, log });
  opened.push(store);
  const key = await sharedKey(given.key, store, now);

  // The corridor is put together when the address and the counters, further down, are known.
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
  const { config, catalog, composed, watch } = prepared;
  const { pollSeconds: seconds = usualPollSeconds } = config;
  const changes = counted(sharedWatch({ watch, store, replica, seconds, now, later, log }));
  const metrics = createMetrics({
    version,
    tools: catalog,
    providers: [...config.providers.keys()],
    gauges: {
      sessions: () => assembled?.spoken.count() ?? 0,
      subscriptions: () => changes.count(),
      approvalsPending: async () => (await (await composed()).approvals.list()).filter(isPending).length,
    },
  });

  let assembled: Assembled | undefined;
  const fetch = async (request: Request) => assembled?.fetch(request) ?? new Response('starting\n', { status: 503 });
  const listening = await listen({ ...settings, fetch, onerror });
  opened.push(listening);
  const url = new URL(config.publicUrl ?? `http://${settings.hostInUrl}:${listening.port}`);
  const ground = { version, store, key, replica, now, log, onerror, say };
  const { signal } = closing;
  assembled = await assemble({ prepared, settings, url, changes, metrics, calls, closing: signal, ...ground });
  const { spoken } = assembled;
  const hasStaticTokens = config.tokensFile !== undefined && config.issuer === undefined;
  const listed = prepared.serving().tools.listed.length;
  say(banner({ url, listed, hasStaticTokens, isSandbox: Boolean(config.sandbox) }));

  return {
    url,
    async close() {
      closing.abort();
      await calls.ended(settings.drainSeconds * 1000);
      await spoken.close();
      await listening.close();
      await store.close();
    },
  };
}

const usualPollSeconds = 30;
const isPending = ({ state }: { state: string }): boolean => state === 'pending';
