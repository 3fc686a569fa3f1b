import { hostHeaderValidationResponse, localhostAllowedHostnames } from '@modelcontextprotocol/server';
import { listen } from '../../http/listen.js';
import type { Log } from '../../observe/logger.js';
import type { Store } from '../../store/store.js';
import type { Composed } from '../compose.js';
import type { Config } from '../config.js';
import { once } from '../reach.js';
import { address } from './banner.js';
import { oneTimeCodes } from './one-time-code.js';
import { pageOver } from './page.js';

export interface LocalPageOptions {
  config: Config;
  version: string;
  store: Store;
  key: Uint8Array;
  log: Log;
  now: () => number;
  composed: () => Promise<Composed>;
}

const largestRequestBytes = 65_536;

/** The approval page of a server over stdio: on loopback, for the person at this machine. */
export async function localPage(options: LocalPageOptions): Promise<{ url: string }> {
  const { config, version, store, key, log, now, composed } = options;
  const show = (code: string) => log(`one-time code for the approval page: ${code}`);
  const { use } = await oneTimeCodes({ store, now, show });
  const page = once(async () => {
    const behind = await composed();
    return pageOver({ config, composed: behind, key, publicUrl: url, version, signIn: { code: use }, store, now, log });
  });
  const { port, unref } = await listen({
    fetch: async (request) =>
      hostHeaderValidationResponse(request, localhostAllowedHostnames()) ?? (await page()).fetch(request),
    host: '127.0.0.1',
    port: config.port ?? 0,
    requestBytes: largestRequestBytes,
    onerror: (error) => log(error instanceof Error ? error.message : String(error)),
  });
  // The client ends this process by closing its pipe; the page does not keep it.
  unref();
  const url = new URL(`http://127.0.0.1:${port}`);
  log(`approval page: ${address(url, 'approvals')}`);
  return { url: address(url, 'approvals') };
}
