import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { findBinaries, runnable } from '../../../src/emulator/postgres/binaries.js';
import { type PostgresServer, startServer } from '../../../src/emulator/postgres/server.js';

/** A server that stories look into, with the roles that they look as. */
export interface TestServer {
  port: number;
  /** Of every role. */
  password: string;
}

export interface TestCluster {
  primary: TestServer;
  standby: TestServer;
}

/** What a role may do. `owner` owns the databases of stories, and `powerful` could read files of the server. */
export const roles = ['owner', 'monitor', 'plain', 'signaller', 'powerful'] as const;
export type TestRole = (typeof roles)[number];

/**
 * One primary and one standby, shared by all files and started by the first that asks. `TEST_POSTGRES` names a folder
 * with another major version of the package.
 */
export async function sharedCluster(): Promise<TestCluster> {
  const folder = inject('postgresFolder');
  const done = join(folder, 'cluster.json');
  try {
    mkdirSync(join(folder, 'starting'));
  } catch {
    return waitFor(done);
  }
  try {
    const cluster = await startCluster(folder);
    writeFileSync(`${done}.new`, JSON.stringify(cluster));
    renameSync(`${done}.new`, done);
    return cluster;
  } catch (error) {
    // The other processes do not wait for what never comes.
    writeFileSync(join(folder, 'failed'), String(error));
    throw error;
  }
}

/** Another process is starting it. */
async function waitFor(file: string): Promise<TestCluster> {
  const failed = join(dirname(file), 'failed');
  while (!existsSync(file)) {
    if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return JSON.parse(readFileSync(file, 'utf8')) as TestCluster;
}

/** The programs that stories start servers with. */
export async function testPrograms(folder: string): Promise<string> {
  const other = process.env['TEST_POSTGRES'];
  const binaries = findBinaries(other === undefined ? undefined : [join(other, 'package.json')]);
  if (!binaries) throw new Error('There is no PostgreSQL: npm ci brings one.');
  return runnable(binaries, folder);
}

async function startCluster(folder: string): Promise<TestCluster> {
  const password = randomBytes(12).toString('hex');
  const programs = await testPrograms(folder);
  const settings = {
    max_connections: '120',
    max_prepared_transactions: '5',
    'pg_stat_statements.track_utility': 'on',
    // All stories together run more statements than the usual 5,000, of which the rarest would be forgotten.
    'pg_stat_statements.max': '50000',
  };
  const primary = await startServer({ programs, folder, name: 'primary', password, settings });
  await asSuperuser({ port: primary.port, password }, [
    `CREATE ROLE owner LOGIN PASSWORD '${password}' CREATEDB`,
    `CREATE ROLE monitor LOGIN PASSWORD '${password}' IN ROLE pg_monitor`,
    `CREATE ROLE plain LOGIN PASSWORD '${password}'`,
    `CREATE ROLE signaller LOGIN PASSWORD '${password}' IN ROLE pg_monitor, pg_signal_backend`,
    `CREATE ROLE powerful LOGIN PASSWORD '${password}' IN ROLE pg_read_server_files`,
    'CREATE EXTENSION pg_stat_statements',
  ]);
  const standby = await primary.standby('standby');
  return { primary: serverOf(primary), standby: serverOf(standby) };
}

const serverOf = ({ port, password }: PostgresServer): TestServer => ({ port, password });

/** Runs statements one after the other, each by itself. */
export async function asSuperuser(server: TestServer, statements: readonly string[], database = 'postgres') {
  const client = await session(server, 'postgres', database);
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A connection of a story's own, for what it plants. It has to be ended, or ends with the test. */
export async function session(server: TestServer, user: string, database = 'postgres'): Promise<pg.Client> {
  const { port, password } = server;
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database, application_name: 'story' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A session that ends with the test. */
export async function openSession(server: TestServer, user: string, database = 'postgres'): Promise<pg.Client> {
  const client = await session(server, user, database);
  onTestFinished(() => client.end().catch(() => undefined));
  return client;
}

/** A database of the test's own, which is dropped with whoever is still connected. */
export async function ownDatabase(server: TestServer, end: (close: () => Promise<void>) => void = onTestFinished) {
  const name = `story_${randomBytes(4).toString('hex')}`;
  await asSuperuser(server, [`CREATE DATABASE ${name} OWNER owner`]);
  await asSuperuser(server, ['CREATE EXTENSION pg_stat_statements'], name);
  end(() =>
    asSuperuser(server, [
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      `DROP DATABASE ${name}`,
    ]),
  );
  return name;
}

/** The URL of a connection, for the variables of the product. */
export const urlOf = ({ port, password }: TestServer, role: TestRole, database = 'postgres'): string =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
