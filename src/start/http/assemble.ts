import { createHttpApp } from '../../http/app.js';
import type { Log } from '../../observe/logger.js';
import type { Metrics } from '../../observe/metrics.js';
import type { Store } from '../../store/store.js';
import type { Watch } from '../../values/watch.js';
import type { Prepared } from '../prepare.js';
import { address, codeLine } from './banner.js';
import { entrance } from './entrance.js';
import { pageOver } from './page.js';
import { servingByPath } from './paths.js';
import { type Protocol, protocol } from './protocol.js';
import { readiness } from './readiness.js';
import type { HttpSettings } from './settings.js';
import type { UnderWay } from './shutdown.js';

export interface AssembleOptions {
  prepared: Prepared;
  settings: HttpSettings;
  /** As clients and browsers reach this server. */
  url: URL;
  version: string;
  store: Store;
  /** 32 bytes, the same on every replica. */
  key: Uint8Array;
  /** Id of this process. */
  replica: string;
  changes: Watch;
  metrics: Metrics;
  calls: UnderWay;
  closing: AbortSignal;
  now: () => number;
  log: Log;
  onerror: (error: unknown) => void;
  /** Tells the person who started it. */
  say: (text: string) => void;
}

export interface Assembled {
  fetch: (request: Request) => Promise<Response>;
  spoken: Protocol;
}

/** Everything behind the port: who comes in, the protocol, the approval page, what operators ask for. */
export async function assemble(options: AssembleOptions): Promise<Assembled> {
  const { prepared, settings, url, metrics, say, ...ground } = options;
  const { version, store, key, closing, now, log, onerror } = ground;
  const { config, catalog, composed } = prepared;
  const { isSignInNeeded, hosts, origins } = settings;
  const behind = await composed();

  const resource = new URL(address(url, 'mcp'));
  const showCode = (code: string) => say(codeLine(code));
  const door = await entrance({ config, isSignInNeeded, resource, store, now, log, showCode });
  const { resourceMetadataUrl } = door;
  const paths = servingByPath(prepared, catalog);
  const spoken = protocol({ ...ground, catalog, paths, settings, limited: metrics.limited, resourceMetadataUrl });
  const signIn = door.ways;
  const page = pageOver({ config, composed: behind, key, publicUrl: url, version, signIn, store, now, log });
  const { fetch } = createHttpApp({
    mcp: spoken.mcp,
    sse: spoken.sse,
    faultOf: paths.faultOf,
    page,
    gate: door.gate,
    isSignInNeeded,
    metadata: door.metadata,
    hosts,
    origins,
    notReady: readiness({ store, signedIn: door.ready, refusing: behind.refusing, now }),
    isDraining: () => closing.aborted,
    metrics,
    onerror,
  });
  return { fetch, spoken };
}
