import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { connect } from '../support/connect.js';
import { asSuperuser, sharedCluster, type TestCluster, urlOf } from '../support/services/postgres.js';
import { explained, idOf, lookingWithPlans, planted } from './explaining.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

/** A configuration file with a connection. */
function fileWith(connection: Record<string, string>): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-explain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'pgfleet.json');
  writeFileSync(path, JSON.stringify({ databases: { 'nhn:orders-primary': connection } }));
  return { PGFLEET_CONFIG: path };
}

test('the plan of a counted statement says what is wrong with it, and nothing of it is run', async () => {
  const plant = await planted();
  const { text, inside } = await explained(plant, {
    text: "SELECT id AS whole_mark FROM orders WHERE customer = 'customer 77' ORDER BY total",
    mark: 'whole_mark',
    values: ['customer 77'],
  });
  expect(inside.plan?.join('\n')).toMatch(/Seq Scan on app\.orders: cost .*Filter: \(.*customer = (?:\$1|\?)/);
  expect(inside.findings?.map(({ rule }) => rule)).toContain('whole_table');
  expect(text).toContain('Reads a whole table for few of its rows (table: app.orders, reads: about 50,000 rows');
  expect(text).not.toContain('customer 77');
});

test('estimates that are off, old statistics and a sort that does not fit are found', async () => {
  const plant = await planted();
  await plant.owner.query("INSERT INTO orders SELECT n, 'one', n FROM generate_series(1, 60000) AS n");
  await plant.owner.query('SELECT pg_stat_force_next_flush()').catch(() => undefined);
  const { inside } = await explained(plant, {
    text: "SELECT o.*, repeat(customer, 40) AS off_mark FROM orders o WHERE customer = 'one' ORDER BY total",
    mark: 'off_mark',
    values: ['40', 'one'],
  });
  expect(inside.findings?.map(({ rule }) => rule)).toContain('estimate_off');
  const sorted = await explained(plant, {
    text: 'SELECT o.*, 1 AS sort_mark FROM orders o ORDER BY total',
    mark: 'sort_mark',
    values: ['1'],
  });
  expect(sorted.inside.findings?.map(({ rule }) => rule)).toContain('spills_to_disk');
});

test('where hypopg is there, an index is tried on what a filter compares', async ({ skip }) => {
  const plant = await planted();
  const known = await plant.owner.query("SELECT FROM pg_available_extensions WHERE name = 'hypopg'");
  skip(known.rowCount === 0 && !process.env['TEST_HYPOPG'], 'hypopg is not with this PostgreSQL');
  await asSuperuser(cluster.primary, ['CREATE EXTENSION hypopg SCHEMA public'], plant.database);
  const { text } = await explained(plant, {
    text: "SELECT id AS index_mark FROM orders WHERE customer = 'customer 77' AND total > 5",
    mark: 'index_mark',
    values: ['customer 77', '5'],
  });
  expect(text).toMatch(/With an index its cost would be \d+ in place of [\d,]+\./);
  expect(text).toContain('CREATE INDEX CONCURRENTLY ON app.orders (customer, total);');
  const { rows } = await plant.owner.query("SELECT FROM pg_indexes WHERE tablename = 'orders'");
  expect(rows).toEqual([]);
});

const canary = `CREATE FUNCTION app.canary(anyelement) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS
  $$ BEGIN RETURN true; END $$`;
const canaryOfText = `CREATE FUNCTION app.canary_of_text(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
  $$ BEGIN RETURN $1; END $$`;

/** Ways to have a function of the owner run by whoever plans a statement, with why it is not planned. */
test.each<{ way: string; plant: string[]; text: string; values?: string[]; why: RegExp }>([
  {
    way: 'a function by its schema',
    plant: [canaryOfText],
    text: "SELECT app.canary_of_text('a') AS marked",
    values: ['a'],
    why: /it names app\.canary_of_text, which is outside pg_catalog/,
  },
  {
    way: 'a function by its name alone',
    plant: [canaryOfText],
    text: "SELECT canary_of_text('a') AS marked",
    values: ['a'],
    why: /its function canary_of_text is not one of pg_catalog/,
  },
  {
    way: 'a function with the name of one of the system',
    plant: [
      canaryOfText,
      'CREATE FUNCTION app.abs(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT app.canary_of_text($1) $$',
    ],
    text: "SELECT abs('a') AS marked",
    values: ['a'],
    why: /abs may mean the function app\.abs/,
  },
  {
    way: 'a function in the notation of a column',
    plant: ['CREATE FUNCTION app.worth(orders) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$'],
    text: 'SELECT o.worth AS marked FROM orders o',
    why: /worth may mean the function app\.worth/,
  },
  {
    way: 'an operator',
    plant: [
      'CREATE FUNCTION app.same(text, int) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT true $$',
      'CREATE OPERATOR app.= (LEFTARG = text, RIGHTARG = int, PROCEDURE = app.same)',
    ],
    text: 'SELECT id AS marked FROM orders WHERE customer = total',
    why: /= may mean an operator of app/,
  },
  {
    way: 'an operator by its schema',
    plant: [
      'CREATE FUNCTION app.same(text, int) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT true $$',
      'CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = int, PROCEDURE = app.same)',
    ],
    text: 'SELECT id AS marked FROM orders WHERE customer OPERATOR(app.===) total',
    why: /it names app\.===, which is outside pg_catalog/,
  },
  {
    way: 'a cast',
    plant: [
      "CREATE TYPE app.color AS ENUM ('red')",
      'CREATE TABLE app.colored (color app.color)',
      'CREATE FUNCTION app.written(app.color) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$',
      'CREATE CAST (app.color AS int) WITH FUNCTION app.written(app.color) AS IMPLICIT',
    ],
    text: 'SELECT color + 1 AS marked FROM colored',
    values: ['1'],
    why: /a cast from .*color to integer runs a function outside pg_catalog/,
  },
  {
    way: 'a domain',
    plant: [canary, 'CREATE DOMAIN app.checked AS int CHECK (app.canary(VALUE))'],
    text: 'SELECT NULL::checked AS marked',
    values: ['1'],
    why: /the function app\.canary, which is outside pg_catalog, belongs to a type of it/,
  },
  {
    way: 'a type of its own',
    plant: ['CREATE TYPE app.pair AS (one int, other int)', 'CREATE TABLE app.pairs (pair app.pair)'],
    text: 'SELECT pair AS marked FROM pairs',
    why: /it uses the type app\.pair, which is outside pg_catalog/,
  },
  {
    way: 'a view',
    plant: [canaryOfText, "CREATE VIEW app.seen AS SELECT id FROM orders WHERE app.canary_of_text('a') = 'a'"],
    text: 'SELECT id AS marked FROM seen',
    why: /the function app\.canary_of_text, which is outside pg_catalog, belongs to a table of it/,
  },
  {
    way: 'the condition of an index',
    plant: [canaryOfText, "CREATE INDEX ON orders (id) WHERE app.canary_of_text('a') = 'a'"],
    text: 'SELECT id AS marked FROM orders',
    why: /the function app\.canary_of_text, .* belongs to a table of it/,
  },
  {
    way: 'a policy for rows',
    plant: [canaryOfText, "CREATE POLICY own ON orders USING (app.canary_of_text('a') = 'a')"],
    text: 'SELECT id AS marked FROM orders',
    why: /the function app\.canary_of_text, .* belongs to a table of it/,
  },
  {
    way: 'the check of a partition',
    plant: [
      canaryOfText,
      'CREATE TABLE app.parted (id int) PARTITION BY RANGE (id)',
      'CREATE TABLE app.part PARTITION OF app.parted FOR VALUES FROM (1) TO (9)',
      "ALTER TABLE app.part ADD CHECK (app.canary_of_text('a') = 'a')",
    ],
    text: 'SELECT id AS marked FROM parted',
    why: /the function app\.canary_of_text, .* belongs to a table of it/,
  },
  {
    way: 'a query inside a function of the system',
    plant: [],
    text: "SELECT id AS marked FROM orders WHERE customer = table_to_xml('pg_am', true, true, '')::text",
    values: ['pg_am', 'true', 'true', ''],
    why: /it calls table_to_xml, which runs a query of its own/,
  },
])('by $way nothing of the owner runs when a statement is planned', async ({ plant, text, values, why }) => {
  const plan = await planted(10);
  for (const statement of plant) await plan.owner.query(statement);
  const { inside } = await explained(plan, { text, mark: 'marked', values });
  expect(inside.notSeen).toMatch(why);
  expect(inside.plan).toBeUndefined();
});

test('what is of the system, and an extension beside it, is no reason to refuse', async () => {
  const plant = await planted(10);
  await asSuperuser(cluster.primary, ['CREATE EXTENSION citext SCHEMA app'], plant.database);
  await plant.owner.query("CREATE TYPE app.state AS ENUM ('open', 'paid')");
  await plant.owner.query('CREATE TABLE app.bills (id int PRIMARY KEY, state app.state, name citext, at timestamptz)');
  await plant.owner.query('GRANT SELECT ON bills TO monitor');
  const { inside } = await explained(plant, {
    text: `SELECT count(*) AS fine_mark, lower(o.customer) FROM bills b JOIN orders o USING (id)
      WHERE b.state = 'open' AND o.customer LIKE 'c%' AND b.at > now() - '1 day'::interval GROUP BY 2 ORDER BY 2`,
    mark: 'fine_mark',
    values: ['open', 'c%', '1 day'],
  });
  expect(inside.notSeen).toBeUndefined();
  expect(inside.plan?.join('\n')).toContain('app.bills');
  const named = await explained(plant, { text: 'SELECT name AS named_mark FROM bills', mark: 'named_mark' });
  expect(named.inside.notSeen).toContain('it uses the type app.citext, which is outside pg_catalog');
});

test('what the role may not read is told with the right that is missing, but never a right to change', async () => {
  const plant = await planted(10);
  await plant.owner.query('CREATE TABLE app."a b" (id int)');
  const read = await explained(plant, { text: 'SELECT id AS read_mark FROM "a b"', mark: 'read_mark' });
  expect(read.inside.notSeen).toContain('GRANT SELECT ON app."a b" TO monitor;');
  const changed = await explained(plant, {
    text: 'UPDATE orders SET total = total /* change_mark */',
    mark: 'change_mark',
  });
  expect(changed.inside.notSeen).toContain('a role that looks should not have them');
  expect(changed.inside.notSeen).not.toContain('GRANT');
});

test('no plan is made unless the connection allows it, with a powerful role, or of what is no query', async () => {
  const plant = await planted(10);
  await plant.owner.query('SELECT id AS plain_mark FROM orders');
  const queryId = await idOf(plant.owner, 'plain_mark');
  const question = { instance: 'orders-primary', queryId };
  const url = urlOf(cluster.primary, 'monitor', plant.database);
  const off = await connect({ args: ['--sandbox', 'nhn'], env: { PGFLEET_DB_URL_NHN_ORDERS_PRIMARY: url } });
  expect((await off.call('explain_statement', question)).text).toContain(
    'only where the connection says explain: true',
  );
  const { port, password } = cluster.primary;
  const login = { user: 'powerful', password, database: plant.database, host: '127.0.0.1', port: String(port) };
  const powerful = await connect({
    args: ['--sandbox', 'nhn'],
    env: fileWith({ ...login, tls: 'off', allowPowerfulRole: 'true', explain: 'true' }),
  });
  const refused = await powerful.call('explain_statement', question);
  expect(refused.text).toContain('the role powerful is pg_read_server_files, and plans run as it');
  await plant.owner.query('CREATE TABLE app.utility_mark (id int)');
  const utility = await explained(plant, { text: 'DROP TABLE app.utility_mark', mark: 'DROP TABLE app.utility_mark' });
  expect(utility.inside.notSeen).toContain('does not parse as exactly one SELECT');
  const other = await (await lookingWithPlans('postgres')).call('explain_statement', question);
  expect(other.text).toMatch(/it ran in the database story_.*, and the connection is to postgres/);
});
