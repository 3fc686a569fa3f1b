import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { createApp } from '../../app/app.js';
import { openOutbound } from '../../app/outbound.js';
import { operationsOf } from '../../app/served.js';
import type { AuditLog } from '../../call/audit/log.js';
import type { Caller } from '../../call/caller.js';
import { type Config, looksInside, secretsIn } from '../../config/config.js';
import { sharedKey } from '../../config/shared-key.js';
import { createRateLimiter, type RateLimiter } from '../../http/rate-limiter.js';
import { textLog } from '../../observe/logger.js';
import { offerOf, type ToolEntry } from '../../server/catalog.js';
import { openStore } from '../../store/index.js';
import { inZone } from '../../values/clock.js';
import type { Flags } from '../command-context.js';
import { configOf } from '../configuration.js';
import type { ShellContext } from './context.js';
import { callsByName } from './operation-arguments.js';

export type Answer = CallToolResult | InputRequiredResult | undefined;

/** One command's way through the corridor, in this process. */
export interface ShellSession {
  /** Everything that can be called here. */
  operations: readonly ToolEntry[];
  call: (name: string, args: unknown, caller: Caller) => Promise<Answer>;
  limits: RateLimiter;
  audit: Pick<AuditLog, 'latest'>;
  /** The account that a call goes to. */
  accountFor: (name: string, args: unknown) => Promise<string>;
  /** Whether an approval that is given elsewhere reaches this command. */
  isShared: boolean;
  close: () => Promise<void>;
}

/** Opens the same app that serves over stdio and HTTP, with the shell as its only client. */
export async function openSession({ fault, ...flags }: Flags, context: ShellContext): Promise<ShellSession> {
  const { version, loadSearch, loadBoard, fontFile, random, write } = context;
  const given = forTerminal(configOf(flags, context));
  const log = textLog({ secrets: secretsIn(given), write });
  const clock = inZone(context.clock, given.timeZone);
  const outbound = await openOutbound({ config: given, faults: fault, version, clock, log });
  const { config, send } = outbound;
  const opened: { close: () => Promise<void> }[] = [outbound];
  const close = async () => void (await Promise.all(opened.splice(0).map((each) => each.close())));
  try {
    const catalog = await context.catalog();
    const store = await openStore({ url: config.store, now: clock.now, log });
    opened.push(store);
    const key = await sharedKey({ given: config.key, store, clock, random });
    const common = { config, version, store, key, log, clock, random };
    const page = store.isShared ? { address: async () => `${pageAt(config)}/approvals` } : undefined;
    const app = await createApp({ ...common, catalog, loadSearch, loadBoard, fontFile, send, page });
    const onerror = (error: unknown) => log(error instanceof Error ? error.message : String(error));
    return {
      operations: offered(catalog, config),
      call: app.call,
      audit: app.audit,
      accountFor: app.accountFor,
      limits: createRateLimiter(limitsOf(config), { store, clock, random, limited: () => undefined, onerror }),
      isShared: store.isShared,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A terminal is a form, and a token would be a yes without a person, so the mode that wants tokens asks here too. */
const forTerminal = (config: Config): Config => ({
  ...config,
  confirm: config.confirm === 'token' ? 'auto' : config.confirm,
  accounts: new Map(
    [...config.accounts].map(([name, account]) => [
      name,
      account.confirm === 'token' ? { ...account, confirm: 'auto' } : account,
    ]),
  ),
});

/** Where the page is that shares the store. The default is that of `pgfleet approvals`. */
const pageAt = ({ publicUrl = 'http://127.0.0.1:8765' }: Config): string => publicUrl.replace(/\/$/, '');

/** The limits that are set. There are none by default, as on any machine of one's own. */
const limitsOf = ({ callsPerSecond, callsAtOnce, providerCallsAtOnce }: Config) => ({
  callsPerSecond,
  callsAtOnce,
  providerCallsAtOnce,
});

function offered(catalog: readonly ToolEntry[], config: Config): ToolEntry[] {
  const { profile, readOnly = false } = config;
  const accounts = [...config.accounts.values()];
  const { callable } = offerOf(catalog, accounts, {
    profile,
    readOnly,
    run: 'off',
    inspects: looksInside(config),
  });
  const existing = operationsOf(catalog, config);
  return callable.filter((entry) => callsByName(entry) && (entry.provider === 'pgfleet' || existing.has(entry.name)));
}
