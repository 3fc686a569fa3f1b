import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackedAccount, Backing } from '../core/backing.js';
import type { Scenario } from '../core/world.js';
import { type Binaries, runnable } from './binaries.js';
import { guard } from './guardian.js';
import { type Mirror, mirrorOf } from './mirror.js';
import { lookingRole, plant } from './plant.js';

export { findBinaries } from './binaries.js';

export interface BackingOptions {
  binaries: Binaries;
  scenario: Scenario;
  log: (line: string) => void;
}

/** A login to look inside a server of the sandbox. */
export interface BackedLogin {
  account: string;
  /** The name of the instance. */
  instance: string;
  user: string;
  password: string;
  database: string;
}

export interface RealBacking extends Backing {
  /** Starts the servers of the accounts that were adopted, and plants in them what the story tells. */
  open: () => Promise<readonly BackedLogin[]>;
  /** Resolves once the servers are as their accounts have them. */
  follow: () => Promise<void>;
  close: () => Promise<void>;
}

/** Puts real PostgreSQL behind instances of emulated accounts. */
export async function createBacking({ binaries, scenario, log }: BackingOptions): Promise<RealBacking> {
  const folder = await mkdtemp(join(tmpdir(), 'pgfleet-sandbox-'));
  const guardian = guard(folder);
  const password = randomBytes(12).toString('hex');
  const accounts: BackedAccount[] = [];
  const mirrors: Mirror[] = [];
  const sessions: { end: () => Promise<void> }[] = [];
  const follow = async () => void (await Promise.all(mirrors.map((mirror) => mirror.follow())));
  return {
    adopt: (account) => void accounts.push(account),
    follow,
    async open() {
      const programs = await runnable(binaries, folder);
      mirrors.push(...accounts.map((account) => mirrorOf(account, { programs, folder, password, log })));
      await follow();
      for (const mirror of mirrors)
        sessions.push(...(await plant({ mirror, password, isFaulty: scenario !== 'quiet' })));
      return accounts.flatMap((account) => loginsOf(account, password));
    },
    async close() {
      await guardian.close();
      await Promise.all(sessions.map((session) => session.end().catch(() => undefined)));
    },
  };
}

const loginsOf = ({ name: account, wanted }: BackedAccount, password: string): BackedLogin[] => {
  const servers = wanted();
  return servers.map(({ name: instance, databases }) => ({
    account,
    instance,
    user: lookingRole,
    password,
    database: databases[0]?.name ?? 'postgres',
  }));
};
