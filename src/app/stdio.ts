import type { Transport } from '@modelcontextprotocol/server';
import { serveStdio as serveTransport } from '@modelcontextprotocol/server/stdio';
import type { Config } from '../config/config.js';
import { usualRequestBytes } from '../config/serving/http-settings.js';
import { sharedKey } from '../config/shared-key.js';
import type { OperationSearch } from '../define/search/index.js';
import { answerMilliseconds } from '../providers/wire/deadlines.js';
import type { ToolEntry } from '../server/catalog.js';
import { createServer } from '../server/create-server.js';
import { stdioTransport } from '../server/stdio/stdio-transport.js';
import { noticing, subscriptionsTo } from '../server/subscriptions.js';
import { openStore } from '../store/index.js';
import { type Clock, inZone, type Random } from '../values/clock.js';
import { unasked } from '../values/watch.js';
import { type App, createApp } from './app.js';
import type { LocalPage, LocalPageOptions } from './approval-page.js';
import { inFlight } from './in-flight.js';
import { openOutbound } from './outbound.js';

export interface StdioOptions {
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
  log: (line: string) => void;
  clock: Clock;
  random: Random;
  /** Opens the connection to the client, with the bytes of the longest line. Left out, stdin and stdout are used. */
  transport?: (mostBytes: number) => Transport;
}

interface Opened {
  close(): Promise<void>;
}

/** How long changes that were sent may take to end and to be recorded, once their client is gone. */
const lastWordsMilliseconds = answerMilliseconds + 5_000;

/** Serves MCP to one client until the client closes the transport or the returned function is called. */
export async function serveStdio(options: StdioOptions): Promise<() => Promise<void>> {
  const opened: Opened[] = [];
  // What is left open would keep a process alive that has no client.
  const closeAll = async () => void (await Promise.all(opened.splice(0).map((each) => each.close())));
  try {
    return await openAndServe(options, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function openAndServe(
  options: StdioOptions,
  opened: Opened[],
  closeAll: () => Promise<void>,
): Promise<() => Promise<void>> {
  const { version, loadSearch, loadBoard, fontFile, log, random, transport = stdioTransport } = options;
  const clock = inZone(options.clock, options.config.timeZone);
  const [outbound, catalog] = await Promise.all([openOutbound(options), options.catalog()]);
  opened.push(outbound);
  const { config, send } = outbound;
  const store = await openStore({ url: config.store, now: clock.now, log });
  opened.push(store);
  const key = await sharedKey({ given: config.key, store, clock, random });
  const common = { config, version, store, key, log, clock, random };
  const page = await openPage(common);
  opened.push(page);
  const app = await createApp({ ...common, catalog, loadSearch, loadBoard, fontFile, send, page });
  page.serve(app);
  const hooks = app.beginHooks?.();
  if (hooks) opened.push(hooks);

  const onerror = (error: unknown) => log(error instanceof Error ? error.message : String(error));
  // One process serves one client, which holds the other end of the pipe.
  const principal = { id: random.id(), name: 'local', groups: [] };
  const hearing = { reader: async () => principal, mayHear: app.mayHear };
  if (config.watch) opened.push(unasked(app.watch));
  const subscriptions = subscriptionsTo(app.watch, hearing, onerror);
  const served = app.served();
  const calls = inFlight(clock);
  const call: typeof served.call = (...given) => calls.around(() => served.call(...given));
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= calls.ended(lastWordsMilliseconds).then(closeAll);
  };
  const handle = serveTransport(
    ({ era }) => createServer({ ...served, call, principalOf: () => principal, subscriptions, era, clock, onerror }),
    {
      transport: noticing(transport(config.requestBytes ?? usualRequestBytes), subscriptions, end),
      onerror,
    },
  );
  return async () => {
    await handle.close();
    end();
    await ended;
  };
}

/**
 * The page to approve on: the one that shares the store, or one of its own. It is open from the beginning where a call
 * can be parked without having been asked about, so that the person at this machine finds it.
 */
async function openPage(common: LocalPageOptions): Promise<LocalPage> {
  const { config, store } = common;
  const { publicUrl } = config;
  if (store.isShared && publicUrl !== undefined)
    return {
      address: async () => `${publicUrl.replace(/\/$/, '')}/approvals`,
      serve: () => undefined,
      close: async () => undefined,
    };
  const open = async (given = common) => (await import('./approval-page.js')).openLocalPage(given);
  // Another process over stdio may have the port by then.
  const openSomewhere = () => open().catch(() => open({ ...common, config: { ...config, port: 0 } }));
  const mayPark = config.confirm === 'human' || config.policy !== undefined || hasHumanAccount(config);
  return mayPark ? open() : onDemand(openSomewhere);
}

/** A page that is opened once its address is asked for. */
function onDemand(open: () => Promise<LocalPage>): LocalPage {
  let app: App | undefined;
  let opening: Promise<LocalPage> | undefined;
  const openNow = async () => {
    const page = await open();
    if (app) page.serve(app);
    return page;
  };
  return {
    isOnDemand: true,
    async address() {
      opening ??= openNow();
      return (await opening).address();
    },
    serve: (served) => {
      app = served;
    },
    close: async () => (await opening?.catch(() => undefined))?.close(),
  };
}

const hasHumanAccount = ({ accounts }: Config): boolean =>
  [...accounts.values()].some(({ confirm }) => confirm === 'human');
