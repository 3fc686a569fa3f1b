import type { Config } from '../config/config.js';
import { httpSettings } from '../config/serving/http-settings.js';
import { sharedKey } from '../config/shared-key.js';
import type { OperationSearch } from '../define/search/index.js';
import { sharedWatch } from '../fleet/resources/shared-watch.js';
import { createHttpApp } from '../http/app.js';
import { bind } from '../http/bind.js';
import type { Log } from '../observe/logger.js';
import { createMetrics } from '../observe/metrics.js';
import type { ToolEntry } from '../server/catalog.js';
import { counted } from '../server/subscriptions.js';
import { openStore } from '../store/index.js';
import { type Clock, inZone, type Random } from '../values/clock.js';
import { unasked } from '../values/watch.js';
import { createApp } from './app.js';
import { pageOver } from './approval-page.js';
import { authenticator } from './authenticator.js';
import { address, banner, codeLine } from './banner.js';
import { endpoints } from './http/endpoints.js';
import { readiness } from './http/readiness.js';
import { transports } from './http/transports.js';
import { inFlight } from './in-flight.js';
import { openOutbound } from './outbound.js';

export interface HttpOptions {
  config: Config;
  /** Faults of the sandbox, as the command line names them. */
  faults?: readonly string[];
  /** Loads the list of tools that the build wrote. */
  catalog: () => Promise<readonly ToolEntry[]>;
  /** Opens the index that the build wrote, with the first search. */
  loadSearch: () => Promise<OperationSearch>;
  /** Reads the page of the board that the build wrote. */
  loadBoard: () => Promise<string>;
  /** The file of the font for pictures. */
  fontFile: string;
  version: string;
  log: Log;
  clock: Clock;
  random: Random;
  /** Prints for the person who starts the server: stdout is free while serving over HTTP. */
  say: (text: string) => void;
}

export interface ServingHttp {
  url: URL;
  /** Takes no more calls, lets the running ones end, and stops. */
  close: () => Promise<void>;
}

/** Serves MCP over HTTP, with sign-in, limits and the approval page, until it is closed. */
export async function serveHttp(options: HttpOptions): Promise<ServingHttp> {
  const opened: Opened[] = [];
  try {
    return await bindAndServe(options, opened);
  } catch (error) {
    // Resources that are open already would keep a process alive that serves nothing.
    await Promise.all(opened.map((each) => each.close()));
    throw error;
  }
}

interface Opened {
  close(): Promise<void>;
}

async function bindAndServe(options: HttpOptions, opened: Opened[]): Promise<ServingHttp> {
  const { version, loadSearch, loadBoard, fontFile, log, random, say } = options;
  const clock = inZone(options.clock, options.config.timeZone);
  const settings = httpSettings(options.config);
  const onerror = (error: unknown) => log(error instanceof Error ? error.message : String(error));
  const [outbound, catalog] = await Promise.all([openOutbound(options), options.catalog()]);
  opened.push(outbound);
  const { config, send, fetch: ask } = outbound;
  const store = await openStore({ url: config.store, now: clock.now, log });
  opened.push(store);
  const key = await sharedKey({ given: config.key, store, clock, random });
  const port = await bind({ ...settings, onerror });
  opened.push(port);
  const url = new URL(config.publicUrl ?? `http://${settings.hostInUrl}:${port.port}`);
  const closing = new AbortController();
  const isDraining = () => closing.signal.aborted;

  const metrics = createMetrics({ version, tools: catalog, accounts: [...config.accounts.keys()] });
  const page = { address: async () => address(url, 'approvals'), closing: closing.signal };
  const common = { config, version, store, key, log, clock, random };
  const app = await createApp({
    ...common,
    catalog,
    loadSearch,
    loadBoard,
    fontFile,
    send,
    page,
    metrics,
    callLog: log,
  });

  const paths = endpoints(app.served, catalog);
  const isServed = (path: string) => (path === '/sse' ? settings.sse : paths.faultOf(path) === undefined);
  const showCode = (code: string) => say(codeLine(code));
  const { isSignInNeeded } = settings;
  const callers = await authenticator({ ...common, isSignInNeeded, publicUrl: url, isServed, showCode, fetch: ask });
  const replica = random.id();
  const { pollSeconds: seconds = usualPollSeconds } = config;
  const shared = sharedWatch({ watch: app.watch, store, replica, seconds, clock, log });
  const hooks = app.beginHooks?.();
  const watching = config.watch ? unasked(shared) : undefined;
  const watch = counted(shared);
  const calls = inFlight(clock);
  const spoken = transports({
    ...common,
    catalog,
    paths,
    settings,
    replica,
    watch,
    calls,
    isDraining,
    onerror,
    accountFor: app.accountFor,
    open: app.open,
    mayHear: app.mayHear,
    limited: metrics.limited,
  });
  metrics.watch({
    sessions: spoken.count,
    subscriptions: watch.count,
    approvalsPending: async () => (await app.approvals.list()).filter(({ state }) => state === 'pending').length,
    hookQueues: app.hookQueues,
  });
  const { issuer, tokensFile } = config;
  const { fetch } = createHttpApp({
    ...spoken.routes,
    gate: callers.gate,
    metadata: callers.metadata,
    isSignInNeeded,
    hosts: settings.hosts,
    origins: settings.origins,
    faultOf: paths.faultOf,
    page: pageOver({ ...common, app, publicUrl: url, signIn: callers.signIn }),
    notReady: readiness({ store, signedIn: callers.ready, refused: app.accountsRefused, clock }),
    isDraining,
    card: { version, url: address(url, 'mcp'), needsStaticToken: tokensFile !== undefined && issuer === undefined },
    metrics,
    onerror,
  });
  port.serve(fetch);
  // Who asks first does not wait for tokens.
  void app.prepare();
  const listed = app.served().tools.announced.length;
  say(banner({ url, listed, issuer, hasStaticTokens: tokensFile !== undefined, isSandbox: isSandbox(config) }));

  return {
    url,
    async close() {
      closing.abort();
      await calls.ended(settings.drainSeconds * 1000);
      await spoken.close();
      await watching?.close();
      await hooks?.close();
      await port.close();
      await store.close();
      await outbound.close();
    },
  };
}

const usualPollSeconds = 30;

const isSandbox = ({ accounts }: Config): boolean => [...accounts.values()].every((account) => account.isSandbox);
