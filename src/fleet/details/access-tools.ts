import type { AccessSettings, DatabaseConnection, InspectedInstance } from '../../inspect/database-connection.js';
import type { Account } from '../../providers/account.js';
import type { ProviderName } from '../../providers/settings.js';
import type { KeptTexts } from '../../store/kept-texts.js';
import type { LoginWay } from './login-way.js';
import { type MadeAccesses, madeAccessesIn, passingTexts } from './made-accesses.js';
import { madeConnections } from './made-connections.js';

/** What making logins needs. It is there where an address is written down. */
export interface AccessTools {
  settings: AccessSettings;
  /** What was made in an account. Of an emulated one it ends with the process, as the account does. */
  accessesIn: (account: Pick<Account, 'isSandbox'>) => MadeAccesses;
  wayOf: (account: Pick<Account, 'provider'>) => LoginWay;
  connectionOf: (instance: InspectedInstance, written?: DatabaseConnection) => Promise<DatabaseConnection | undefined>;
}

export interface AccessToolsOptions {
  settings: AccessSettings;
  accounts: readonly Account[];
  ways: Readonly<Record<ProviderName, LoginWay>>;
  texts: KeptTexts;
}

export function accessTools({ settings, accounts, ways, texts }: AccessToolsOptions): AccessTools {
  const [real, emulated] = [madeAccessesIn(texts), madeAccessesIn(passingTexts())];
  const accessesIn = ({ isSandbox }: Pick<Account, 'isSandbox'>) => (isSandbox ? emulated : real);
  return {
    settings,
    accessesIn,
    wayOf: ({ provider }) => ways[provider],
    async connectionOf(instance, written) {
      const account = accounts.find(({ name }) => name === instance.account);
      return account && madeConnections(accessesIn(account), settings)(instance, written);
    },
  };
}
