import { type Accounts, readWith } from '../call/call-context.js';
import { type Connection, openConnection } from '../call/exchange/exchange.js';
import type { Toolset } from '../define/index.js';
import type { Read } from '../fleet/adapter.js';
import { adapters } from '../fleet/adapters/index.js';
import type { Observer } from '../observe/observer.js';
import type { Account } from '../providers/account.js';
import { connectProvider } from '../providers/index.js';
import { ProviderError } from '../providers/provider.js';
import { productOf } from '../providers/settings.js';
import type { Send } from '../providers/wire/http.js';
import { type RetryOptions, retrying } from '../providers/wire/retrying.js';
import { loadToolset } from '../server/catalog.js';
import { sanitizeWords } from '../values/sanitize-text.js';

export interface AccountsOptions {
  accounts: ReadonlyMap<string, Account>;
  /** Sends requests to the providers. */
  send: Send;
  observer: Pick<Observer, 'send' | 'retried' | 'renewedToken'>;
  retry: RetryOptions;
  /** The tools that each account with a profile takes. */
  taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Gives each account its own connection. Two accounts of one provider share neither a token nor anything learned. */
export function connectAccounts({ accounts, send, observer, retry, taken }: AccountsOptions): Accounts {
  const connections = new Map<string, Promise<Connection>>();
  const toolsets = new Map<string, Promise<Toolset | undefined>>();
  const providers = new Set<string>([...accounts.values()].map(({ provider }) => provider));

  async function connect(name: string): Promise<Connection> {
    const account = accounts.get(name);
    if (!account) throw new Error(`There is no account ${name}.`);
    const onRetry = (_request: unknown, reason: string) => {
      observer.retried(name, reason);
      if (busy.has(reason)) connection.reads.lower();
    };
    const patient = retrying(observer.send(send, name), { ...retry, onRetry });
    const { clock } = retry;
    const options = { send: patient, now: clock.now, onRenewed: () => observer.renewedToken(name) };
    const provider = await connectProvider(account.provider, account.settings, options);
    const connection = openConnection({ account, title: titleOf(account), provider, send: patient, clock });
    return connection;
  }

  return {
    all: [...accounts.values()],
    connection: (name) => kept(connections, name, () => connect(name)),
    toolset: (provider) =>
      kept(toolsets, provider, async () => (providers.has(provider) ? loadToolset(provider) : undefined)),
    takes: ({ name }, tool) => taken.get(name)?.has(tool) ?? true,
  };
}

/** Loads what calls need, and signs in to each account. What fails is told by the first call. */
export async function prepareAccounts(accounts: Accounts): Promise<void> {
  const prepared = accounts.all.map(async ({ name, provider }) => {
    const [connection] = await Promise.all([accounts.connection(name), accounts.toolset(provider)]);
    await connection.provider.signIn?.();
  });
  await Promise.allSettled(prepared);
}

/** The statuses by which a provider says that it is asked too much. */
const busy: ReadonlySet<string> = new Set(['429', '503']);

/** Reads for the view over all accounts: side by side, and fewer at once while the provider is busy. */
export const readerIn =
  (accounts: Accounts) =>
  (account: string): Read =>
  async (tool, input = {}) => {
    const { reads } = await accounts.connection(account);
    try {
      return await reads.run(() => readWith(tool, input, account, accounts));
    } catch (error) {
      if (isBusy(error)) reads.lower();
      throw error;
    }
  };

const isBusy = (error: unknown): boolean =>
  error instanceof ProviderError && (error.kind === 'too_fast' || error.kind === 'unavailable');

/** The product alone is enough for an account that has the name of its provider. */
export function titleOf({ name, provider, label }: Account): string {
  const product = productOf(provider);
  if (name === provider && label === undefined) return product;
  return `${product}, account ${name}${label === undefined ? '' : ` (${label})`}`;
}

/** Returns the value that was made earlier for this key, or makes it now. */
function kept<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
}

/** Finds the accounts whose credentials are refused. An account that cannot be reached is not one of them. */
export async function accountsRefused(accounts: Accounts): Promise<string[]> {
  const readerOf = readerIn(accounts);
  const answers = accounts.all.map(async ({ name, provider }) => {
    try {
      const adapter = adapters[provider];
      const read = readerOf(name);
      await (adapter.names?.(read) ?? adapter.list(read));
      return [];
    } catch (error) {
      return error instanceof ProviderError && error.kind === 'unauthenticated' ? [name] : [];
    }
  });
  return (await Promise.all(answers)).flat();
}

/** Says why an account could not be asked, and whether it wants to be asked less often. */
export function failureOf(error: unknown): { message: string; isBusy?: boolean } {
  if (!(error instanceof ProviderError))
    return { message: error instanceof Error ? sanitizeWords(error.message, 300) : '' };
  return { message: `${error.code}: ${sanitizeWords(error.message, 300)}`, isBusy: isBusy(error) };
}
