import { randomUUID } from 'node:crypto';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServer } from '../server/create-server.js';
import { noticing, subscriptionsTo } from '../server/subscriptions.js';
import type { Config } from './config.js';
import { prepare } from './prepare.js';

export interface ServeOptions {
  config: Config;
  faults?: readonly string[];
  version: string;
  log: (line: string) => void;
}

/** Serves MCP over stdio until the client closes it, or the function that it gives back is called. */
export async function serve({ config, faults, version, log }: ServeOptions): Promise<() => Promise<void>> {
  const { serving, watch, composed } = await prepare({
    config,
    faults,
    version,
    log,
    behind: async (catalog) => {
      const { behindAlone } = await import('./behind.js');
      return behindAlone({ config, catalog, version, log, composed });
    },
  });
  const onerror = (error: unknown) => log(error instanceof Error ? error.message : String(error));
  const subscriptions = subscriptionsTo(watch, onerror);
  // One process, one client: whoever holds the other end of the pipe.
  const principal = { id: randomUUID(), name: 'local', groups: [] };
  const options = { ...serving(), principal, subscriptions };
  const handle = serveStdio(({ era }) => createServer({ ...options, era }), {
    transport: noticing(new StdioServerTransport(), subscriptions),
    onerror,
  });
  return () => handle.close();
}
