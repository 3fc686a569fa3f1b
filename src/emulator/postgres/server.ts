import { execFile } from 'node:child_process';
import { chown, cp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isRoot, ownFolder, unprivileged } from './binaries.js';

/** Settings as in `postgresql.conf`, by name. */
export type ServerSettings = Readonly<Record<string, string>>;

export interface ServerOptions {
  /** The folder of the programs. */
  programs: string;
  /** A folder that exists. The data go into one below it. */
  folder: string;
  name: string;
  /** Of the superuser `postgres`. */
  password: string;
  settings?: ServerSettings;
  /** Left out, a free one. */
  port?: number;
}

/** A real PostgreSQL on loopback. */
export interface PostgresServer extends ServerOptions {
  port: number;
  data: string;
  start(): Promise<void>;
  restart(): Promise<void>;
  promote(): Promise<void>;
  /** As a standby, streams from this primary from now on. */
  follow(primary: PostgresServer): Promise<void>;
  /** Sets and keeps settings, which are read anew. Some count after a restart only. */
  set(settings: ServerSettings): Promise<void>;
  stop(): Promise<void>;
  /** A standby of it that streams. It is stopped for a moment, and its data are copied. */
  standby(name: string, options?: Pick<ServerOptions, 'settings' | 'port'>): Promise<PostgresServer>;
}

const run = promisify(execFile);
const asUser = () => ({ ...(isRoot() && unprivileged), env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });

/** It is only for trying and testing: a crash may lose what was written last, and the server says so nowhere else. */
const usual: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_preload_libraries: 'pg_stat_statements',
  // A commit does not wait for the disk. Unlike without fsync, no crash of the server harms the data.
  synchronous_commit: 'off',
  wal_keep_size: '64MB',
  max_wal_senders: '5',
  hot_standby: 'on',
};

/** Makes a data folder and starts a server in it. */
export async function startServer(options: ServerOptions): Promise<PostgresServer> {
  const { programs, folder, name, password } = options;
  const data = join(folder, name);
  await ownFolder(data);
  const passwordFile = join(folder, `${name}.password`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (isRoot()) await chown(passwordFile, unprivileged.uid, unprivileged.gid);
  const how = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C'];
  await run(join(programs, 'initdb'), ['-D', data, '--no-sync', ...how], asUser());
  await rm(passwordFile);
  return started(options, data);
}

async function started(options: ServerOptions, data: string): Promise<PostgresServer> {
  const { programs, folder, password } = options;
  const port = options.port ?? (await freePort());
  const settings = { ...usual, ...options.settings, port: String(port) };
  await writeFile(join(data, 'postgresql.auto.conf'), confOf(settings));
  if (isRoot()) await chown(join(data, 'postgresql.auto.conf'), unprivileged.uid, unprivileged.gid);
  const control = (...args: string[]) => run(join(programs, 'pg_ctl'), ['-D', data, '-s', '-w', ...args], asUser());
  let isUp = false;
  const start = async () => {
    await control('-l', join(data, 'server.log'), 'start');
    isUp = true;
  };
  await start();
  const kept: Record<string, string> = settings;
  const set = async (more: ServerSettings) => {
    Object.assign(kept, more);
    await writeFile(join(data, 'postgresql.auto.conf'), confOf(kept));
    if (isUp) await control('reload');
  };
  return {
    ...options,
    port,
    data,
    async restart() {
      await control('-m', 'fast', 'stop');
      await start();
    },
    promote: async () => void (await control('promote')),
    start,
    set,
    follow: (primary) => set({ primary_conninfo: conninfoOf(primary, options.name) }),
    async stop() {
      isUp = false;
      await control('-m', 'immediate', 'stop').catch(() => undefined);
    },
    async standby(standbyName, { settings: more, port: standbyPort } = {}) {
      const copy = join(folder, standbyName);
      await rm(copy, { recursive: true, force: true });
      await control('-m', 'fast', 'stop');
      await cp(data, copy, { recursive: true });
      await start();
      await writeFile(join(copy, 'standby.signal'), '');
      if (isRoot()) await run('chown', ['-R', `${unprivileged.uid}:${unprivileged.gid}`, copy]);
      const primary = { primary_conninfo: conninfoOf({ port, password }, standbyName) };
      const standbySettings = { ...options.settings, ...more, ...primary };
      return started({ ...options, name: standbyName, settings: standbySettings, port: standbyPort }, copy);
    },
  };
}

const conninfoOf = ({ port, password }: Pick<PostgresServer, 'port' | 'password'>, name: string): string =>
  `host=127.0.0.1 port=${port} user=postgres password=${password} application_name=${name}`;

const confOf = (settings: ServerSettings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
