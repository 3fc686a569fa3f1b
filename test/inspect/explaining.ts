import type pg from 'pg';
import { connect } from '../support/connect.js';
import { asSuperuser, openSession, ownDatabase, sharedCluster, urlOf } from '../support/services/postgres.js';

/** A database with a large table, and a session of its owner. */
interface Planted {
  database: string;
  owner: pg.Client;
  /** Whether the server plans without values. */
  plansForAny: boolean;
}

/** A database of its own with a large table that the role may read, and a session of its owner. */
export async function planted(count = 50_000): Promise<Planted> {
  const cluster = await sharedCluster();
  const database = await ownDatabase(cluster.primary);
  const owner = await openSession(cluster.primary, 'owner', database);
  const { rows } = await owner.query<{ number: number }>("SELECT current_setting('server_version_num')::int AS number");
  const plansForAny = (rows[0]?.number ?? 0) >= 120_000;
  await asSuperuser(
    cluster.primary,
    ['CREATE SCHEMA app AUTHORIZATION owner', 'GRANT ALL ON SCHEMA app TO PUBLIC'],
    database,
  );
  await asSuperuser(cluster.primary, [`ALTER DATABASE ${database} SET search_path = app, public`], database);
  await owner.query('SET search_path = app, public');
  await owner.query('CREATE TABLE orders (id int, customer text, total int)');
  await owner.query(`INSERT INTO orders SELECT n, 'customer ' || n % 5000, n FROM generate_series(1, ${count}) AS n`);
  await owner.query('ANALYZE orders');
  await owner.query('GRANT SELECT ON orders TO monitor, plain');
  return { database, owner, plansForAny };
}

export async function lookingWithPlans(database: string) {
  const url = urlOf((await sharedCluster()).primary, 'monitor', database);
  return connect({ args: ['--sandbox', 'nhn'], env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: `${url}&explain=true` } });
}

/** The id under which the statement with this mark is counted. */
export async function idOf(owner: pg.Client, mark: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT queryid::text AS id FROM public.pg_stat_statements
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND strpos(query, $1) > 0 AND strpos(query, 'strpos') = 0`,
    [mark],
  );
  return rows[0]?.id ?? '';
}

/** Runs a statement with a mark in it, and asks for its plan. */
export async function explained(
  { database, owner, plansForAny }: Planted,
  { text, mark, values = [] }: { text: string; mark: string; values?: string[] },
) {
  await owner.query(text);
  const { call } = await lookingWithPlans(database);
  const queryId = await idOf(owner, mark);
  const answer = await call('explain_statement', {
    instance: 'orders-primary',
    queryId,
    ...(plansForAny || values.length === 0 ? {} : { values }),
  });
  const [inside] = answer.data['inside'] as { notSeen?: string; plan?: string[]; findings?: { rule: string }[] }[];
  return { ...answer, inside: inside ?? {} };
}
