import { hostHeaderValidationResponse, localhostAllowedHostnames } from '@modelcontextprotocol/server';
import type { ApprovalChannel } from '../call/guard/human-approval.js';
import type { Config } from '../config/config.js';
import type { Principal } from '../define/index.js';
import type { BoardTool } from '../define/presentation.js';
import { oneTimeCodes } from '../http/auth/one-time-code.js';
import { bind } from '../http/bind.js';
import type { PageOptions } from '../http/page/options.js';
import { approvalPage } from '../http/page/page.js';
import type { Store } from '../store/store.js';
import type { Clock, Random } from '../values/clock.js';
import type { App } from './app.js';
import { address } from './banner.js';

type OfApp = 'approvals' | 'fleetFor' | 'callTool' | 'loadBoard' | 'latestAudit' | 'isSandbox';

export interface PageOverOptions extends Omit<PageOptions, OfApp> {
  config: Config;
  app: App;
}

/** Creates the approval page for the calls of an app. */
export const pageOver = ({ config, app, ...options }: PageOverOptions): ReturnType<typeof approvalPage> =>
  approvalPage({
    ...options,
    approvals: app.approvals,
    // Scopes are for calls. Who approves sees what their calls are about, as far as no rule denies it.
    fleetFor: (person) => app.openTo({ reader: { ...person, scopes: undefined }, tool: 'fleet_overview' }),
    callTool: (tool, input, person, signal) => callFor(person, { tool, input, signal }, app),
    loadBoard: app.loadBoard,
    latestAudit: app.audit.latest,
    isSandbox: [...config.accounts.values()].every(({ isSandbox }) => isSandbox === true),
  });

interface PageCall {
  tool: BoardTool;
  input: object;
  signal: AbortSignal;
}

/** Who approves may read what the fleet's tools tell, like on the rest of the page. A look inside has its own scope. */
async function callFor(person: Principal, { tool, input, signal }: PageCall, app: App): Promise<object> {
  const scopes = person.scopes && [...person.scopes, 'pgfleet:read'];
  const nobodyToAsk = { canBeAsked: false, canOpenPages: false, answer: {} };
  const result = await app.call(tool, input, { ...person, scopes, client: 'approval page', ...nobodyToAsk, signal });
  if (!result) throw new Error(`${tool} did not answer.`);
  return result;
}

export interface LocalPageOptions {
  config: Config;
  version: string;
  store: Store;
  key: Uint8Array;
  log: (line: string) => void;
  clock: Clock;
  random: Random;
}

export interface LocalPage extends Pick<ApprovalChannel, 'address' | 'isOnDemand'> {
  /** Makes the page show the requests that wait in this app. */
  serve(app: App): void;
  close(): Promise<void>;
}

/** Opens the approval page of a server over stdio. It listens on loopback, for the person at this machine. */
export async function openLocalPage(options: LocalPageOptions): Promise<LocalPage> {
  const { config, version, store, key, log, clock, random } = options;
  const port = await bind({
    host: '127.0.0.1',
    port: config.port ?? 0,
    onerror: (error) => log(error instanceof Error ? error.message : String(error)),
  });
  // The client ends this process by closing its pipe, so the page must not keep the process alive.
  port.unref();
  const publicUrl = new URL(`http://127.0.0.1:${port.port}`);
  const url = address(publicUrl, 'approvals');
  const { use } = await oneTimeCodes({
    store,
    clock,
    random,
    show: (code) => log(`one-time code for the approval page: ${code}`),
  });
  log(`approval page: ${url}`);
  return {
    address: async () => url,
    close: port.close,
    serve(app) {
      const page = pageOver({ config, app, key, publicUrl, version, signIn: { code: use }, store, clock, random, log });
      port.serve(
        async (request, from) =>
          hostHeaderValidationResponse(request, localhostAllowedHostnames()) ?? page.fetch(request, from),
      );
    },
  };
}
