import { adapters } from '../fleet/adapters/index.js';
import { observer } from '../observe/observer.js';
import { startTracing } from '../observe/tracing.js';
import type { Account } from '../providers/account.js';
import { secretsOf } from '../providers/settings.js';
import { openNetwork } from '../providers/wire/network.js';
import type { Proxies } from '../providers/wire/proxies.js';
import { named } from '../providers/wire/user-agent.js';
import type { Clock, Random } from '../values/clock.js';
import { redact } from '../values/redact.js';
import { connectAccounts, failureOf, readerIn } from './accounts.js';

export interface TryOptions {
  proxies: Proxies;
  version: string;
  clock: Clock;
  random: Random;
}

/** What one harmless read of an account told: how many instances it has, or why it could not be read. */
export type Tried = { instances: number } | { failure: string };

/** Reads the list of an account's instances once, to find out whether its keys are good. */
export async function tryAccount(account: Account, { proxies, version, clock, random }: TryOptions): Promise<Tried> {
  const { name, provider, settings } = account;
  const tracing = startTracing({ newId: random.id });
  const accounts = connectAccounts({
    accounts: new Map([[name, account]]),
    send: named(openNetwork({ proxies }).send, version),
    observer: observer({ tracing, providerOf: new Map(), now: clock.now }),
    retry: { clock, random },
    taken: new Map(),
  });
  const read = readerIn(accounts)(name);
  const adapter = adapters[provider];
  try {
    return { instances: (await (adapter.names?.(read) ?? adapter.list(read))).length };
  } catch (error) {
    return { failure: redact(secretsOf(provider, settings)).text(failureOf(error).message) };
  }
}
