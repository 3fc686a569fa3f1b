import type { Log } from '../observe/logger.js';
import { observer } from '../observe/observer.js';
import { startTracing } from '../observe/tracing.js';
import type { ToolEntry } from '../server/catalog.js';
import { openStore } from '../store/index.js';
import type { Composed } from './compose.js';
import type { Config } from './config.js';
import type { Behind } from './prepare.js';
import { sharedKey } from './shared-key.js';

export interface AloneOptions {
  config: Config;
  catalog: readonly ToolEntry[];
  version: string;
  log: Log;
  composed: () => Promise<Composed>;
}

/** What stands behind a process that serves one person over stdio. */
export async function behindAlone({ config, catalog, version, log, composed }: AloneOptions): Promise<Behind> {
  const now = Date.now;
  const store = await openStore({ url: config.store, now, log });
  const key = await sharedKey(config.key, store, now);
  const behind = { store, key, observer: observer({ tracing: startTracing(), providerOf: providersOf(catalog), now }) };
  const mayPark = config.confirm === 'human' || config.policy !== undefined;
  if (!mayPark) return behind;
  // A server that shares the store shows its page for this one too.
  if (store.isShared && config.publicUrl !== undefined)
    return { ...behind, page: { url: `${config.publicUrl.replace(/\/$/, '')}/approvals` } };
  const { localPage } = await import('./http/local-page.js');
  return { ...behind, page: await localPage({ config, version, store, key, log, now, composed }) };
}

export const providersOf = (catalog: readonly ToolEntry[]): ReadonlyMap<string, string> =>
  new Map(catalog.map(({ name, provider }) => [name, provider]));
