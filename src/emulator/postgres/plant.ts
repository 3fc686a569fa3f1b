import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import type { Mirror } from './mirror.js';
import type { PostgresServer } from './server.js';
import { asSuperuser, openSession } from './sessions.js';
import { orders } from './story/orders.js';
import type { Planting, StorySession } from './story/planting.js';
import { warehouse } from './story/warehouse.js';

/** The role that looks inside, as somebody careful would make it. */
export const lookingRole = 'pgfleet';

export interface PlantOptions {
  mirror: Mirror;
  /** Of every login that the story has. */
  password: string;
  /** Whether anything is wrong. */
  isFaulty: boolean;
}

/** Puts into the databases what the story tells. Returns the sessions that stay open. */
export async function plant({ mirror, password, isFaulty }: PlantOptions): Promise<readonly pg.Client[]> {
  const opened = await Promise.all(
    [orders, warehouse].map(async (planting) => {
      const server = mirror.primaryWith(planting.database);
      if (!server) return [];
      await fill(server, planting);
      if (!isFaulty) return [];
      await pauseReplay(server, mirror, planting);
      await breakIn(server, planting);
      return openAll(server, password, planting);
    }),
  );
  return opened.flat();
}

async function fill(server: PostgresServer, { database, owner, tables }: Planting): Promise<void> {
  await asSuperuser(server, 'postgres', [
    `CREATE ROLE ${lookingRole} LOGIN PASSWORD '${server.password}' IN ROLE pg_monitor, pg_signal_backend`,
  ]);
  await asSuperuser(server, database, ['CREATE EXTENSION IF NOT EXISTS pg_stat_statements']);
  await asSuperuser(server, database, [`SET ROLE ${owner}`, ...tables, 'RESET ROLE', ...grants]);
}

/** Numbers of sequences and plans of statements are seen with these alone, which pg_monitor does not bring. */
const grants = [
  `DO $$ DECLARE place text; BEGIN
    FOR place IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)' LOOP
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${lookingRole}', place);
      EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO ${lookingRole}', place);
      EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %I TO ${lookingRole}', place);
    END LOOP; END $$`,
];

/** What the primary does from then on is missing at this replica. */
async function pauseReplay(primary: PostgresServer, mirror: Mirror, { paused }: Planting): Promise<void> {
  const replica = paused === undefined ? undefined : mirror.serverOf(paused);
  if (!replica) return;
  // What is committed may not be written yet, since a commit does not wait for the disk.
  const [written] = await asSuperuser(primary, 'postgres', ['SELECT pg_current_wal_insert_lsn()::text AS lsn']);
  const replayed = `SELECT pg_last_wal_replay_lsn() >= '${String(written?.['lsn'])}' AS done`;
  // So that it has the roles and tables.
  while ((await asSuperuser(replica, 'postgres', [replayed]))[0]?.['done'] !== true) await setTimeout(20);
  await asSuperuser(replica, 'postgres', ['SELECT pg_wal_replay_pause()']);
}

async function breakIn(server: PostgresServer, { database, owner, faults }: Planting): Promise<void> {
  for (const { text, isOfServer, fails } of faults) {
    const done = asSuperuser(server, database, [...(isOfServer ? [] : [`SET ROLE ${owner}`]), text]);
    await (fails ? done.catch(() => undefined) : done);
  }
}

/** One kind after the other, since the first holds up the others. */
async function openAll(
  server: PostgresServer,
  password: string,
  { database, sessions }: Planting,
): Promise<pg.Client[]> {
  const opened: pg.Client[] = [];
  for (const session of sessions) {
    const some = Array.from({ length: session.count ?? 1 }, () => openOne({ server, password, database }, session));
    opened.push(...(await Promise.all(some)));
  }
  return opened;
}

async function openOne(
  { server, password, database }: { server: PostgresServer; password: string; database: string },
  { login, application, statements, waits }: StorySession,
): Promise<pg.Client> {
  const client = await openSession({ port: server.port, user: login, password, database, application });
  for (const statement of statements) await client.query(statement);
  if (waits === undefined) return client;
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  // It may wait for as long as the sandbox lasts.
  client.query(waits).catch(() => undefined);
  const isWaiting = `SELECT count(*) > 0 AS yes FROM pg_locks WHERE pid = ${rows[0]?.pid} AND NOT granted`;
  while ((await asSuperuser(server, 'postgres', [isWaiting]))[0]?.['yes'] !== true) await setTimeout(20);
  return client;
}
