import type { Transport } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio as serveTransport } from '@modelcontextprotocol/server/stdio';
import type { Config } from '../config/config.js';
import { sharedKey } from '../config/shared-key.js';
import type { ToolEntry } from '../server/catalog.js';
import { createServer } from '../server/create-server.js';
import { noticing, subscriptionsTo } from '../server/subscriptions.js';
import { openStore } from '../store/index.js';
import type { Clock, Random } from '../values/clock.js';
import { createApp } from './app.js';
import type { LocalPage, LocalPageOptions } from './approval-page.js';
import { openOutbound } from './outbound.js';

export interface StdioOptions {
  config: Config;
  /** Faults of the sandbox, as the command line names them. */
  faults?: readonly string[];
  /** The list of tools as the build made it. */
  catalog: () => Promise<readonly ToolEntry[]>;
  version: string;
  log: (line: string) => void;
  clock: Clock;
  random: Random;
  /** Where the client is; left out, it holds the other ends of stdin and stdout. */
  transport?: Transport;
}

/** Serves MCP to one client until it closes the transport, or the function that it gives back is called. */
export async function serveStdio(options: StdioOptions): Promise<() => Promise<void>> {
  const { version, log, clock, random, transport = new StdioServerTransport() } = options;
  const [{ config, send }, catalog] = await Promise.all([openOutbound(options), options.catalog()]);
  const store = await openStore({ url: config.store, now: clock.now, log });
  const key = await sharedKey({ given: config.key, store, clock, random });
  const ground = { config, version, store, key, log, clock, random };
  const page = await openPage(ground);
  const app = createApp({ ...ground, catalog, send, page });
  page?.serve(app);

  const onerror = (error: unknown) => log(error instanceof Error ? error.message : String(error));
  const subscriptions = subscriptionsTo(app.watch, onerror);
  // One process, one client: it holds the other end of the pipe.
  const principal = { id: random.id(), name: 'local', groups: [] };
  const served = { ...app.served(), principal, subscriptions };
  const handle = serveTransport(({ era }) => createServer({ ...served, era }), {
    transport: noticing(transport, subscriptions),
    onerror,
  });
  return () => handle.close();
}

/** Where a person approves, if a call can be parked at all: on the page that shares the store, or on one of its own. */
async function openPage(ground: LocalPageOptions): Promise<Pick<LocalPage, 'url' | 'serve'> | undefined> {
  const { config, store } = ground;
  const mayPark = config.confirm === 'human' || config.policy !== undefined || hasHumanAccount(config);
  if (!mayPark) return undefined;
  if (store.isShared && config.publicUrl !== undefined)
    return { url: `${config.publicUrl.replace(/\/$/, '')}/approvals`, serve: () => undefined };
  const { openLocalPage } = await import('./approval-page.js');
  return openLocalPage(ground);
}

const hasHumanAccount = ({ accounts }: Config): boolean =>
  [...accounts.values()].some(({ confirm }) => confirm === 'human');
