import { execFile } from 'node:child_process';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isRoot, ownFolder, unprivileged } from './binaries.js';
import { copyData } from './copy-data.js';

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
  start: () => Promise<void>;
  restart: () => Promise<void>;
  promote: () => Promise<void>;
  /** As a standby, streams from this primary from now on. */
  follow: (primary: PostgresServer) => Promise<void>;
  /** Sets and keeps settings, which are read anew. Some count after a restart only. */
  set: (settings: ServerSettings) => Promise<void>;
  stop: () => Promise<void>;
  /** A standby of it that streams. Its data are copied while it runs. */
  standby: (name: string, options?: Pick<ServerOptions, 'settings' | 'port'>) => Promise<PostgresServer>;
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
  max_wal_senders: '5',
  // A new standby has no log of changes to look for first.
  wal_retrieve_retry_interval: '100ms',
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

type Upstream = Pick<PostgresServer, 'port' | 'password'>;

async function started(options: ServerOptions, data: string, primary?: Upstream): Promise<PostgresServer> {
  const { programs, folder, password, name } = options;
  const port = options.port ?? (await freePort());
  const major = Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10);
  const kept: Record<string, string> = { ...usual, ...options.settings, port: String(port) };
  const control = (...args: string[]) => run(join(programs, 'pg_ctl'), ['-D', data, '-s', '-w', ...args], asUser());
  let isUp = false;
  const start = async () => {
    await control('-l', join(data, 'server.log'), 'start');
    isUp = true;
  };
  const restart = async () => {
    await control('-m', 'fast', 'stop');
    await start();
  };
  let upstream = primary;
  const write = () => writeSettings({ data, major, name }, kept, upstream);
  await write();
  if (isRoot()) await run('chown', ['-R', `${unprivileged.uid}:${unprivileged.gid}`, data]);
  await start();
  return {
    ...options,
    port,
    data,
    start,
    restart,
    async promote() {
      await control('promote');
      upstream = undefined;
    },
    async follow(other) {
      upstream = other;
      await write();
      // Before version 13 a standby reads only once where it streams from.
      if (isUp) await (major < 13 ? restart() : control('reload'));
    },
    async set(more) {
      Object.assign(kept, more);
      await write();
      if (isUp) await control('reload');
    },
    async stop() {
      isUp = false;
      await control('-m', 'immediate', 'stop').catch(() => undefined);
    },
    async standby(standbyName, { settings, port: standbyPort } = {}) {
      const copy = join(folder, standbyName);
      await rm(copy, { recursive: true, force: true });
      await ownFolder(copy);
      await copyData({ port, password, data, major }, copy);
      const standbyOptions = { ...options, name: standbyName, settings: { ...kept, ...settings }, port: standbyPort };
      return started(standbyOptions, copy, { port, password });
    },
  };
}

interface DataFolder {
  data: string;
  major: number;
  name: string;
}

/** What a standby streams from stands in a file of its own before version 12, and among the settings since then. */
async function writeSettings({ data, major, name }: DataFolder, settings: ServerSettings, upstream?: Upstream) {
  const where = upstream && `host=127.0.0.1 port=${upstream.port} user=postgres password=${upstream.password}`;
  const streams = where && { primary_conninfo: `${where} application_name=${name}` };
  const isOld = major < 12;
  await writeFile(join(data, 'postgresql.auto.conf'), confOf({ ...settings, ...(!isOld && streams) }));
  if (streams && isOld)
    await writeFile(
      join(data, 'recovery.conf'),
      confOf({ standby_mode: 'on', recovery_target_timeline: 'latest', ...streams }),
    );
  else if (streams) await writeFile(join(data, 'standby.signal'), '');
}

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
