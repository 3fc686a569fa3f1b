import pg from 'pg';
import type { WantedServer } from '../core/backing.js';

/** What is in the databases of a group, as its account has it. */
export type Contents = Pick<WantedServer, 'databases' | 'logins' | 'extensions'>;

/** A statement, and the database that it is run in. */
export interface Statement {
  database: string;
  text: string;
}

export const nothing: Contents = { databases: [], logins: [], extensions: [] };

const name = pg.escapeIdentifier;
const literal = pg.escapeLiteral;
const everywhere = 'postgres';

/** What makes a server that has `before` have `after`. Logins that have no password yet get the given one. */
export function statementsFor(before: Contents, after: Contents, password: string): Statement[] {
  const [logins, databases] = [rowsOf(before.logins, after.logins), rowsOf(before.databases, after.databases)];
  const inServer = (text: string): Statement => ({ database: everywhere, text });
  return [
    ...logins.changed.filter(isRenamed).map(([old, now]) => `ALTER ROLE ${name(old.name)} RENAME TO ${name(now.name)}`),
    ...logins.changed.flatMap(([old, now]) =>
      now.password === undefined || now.password === old.password ? [] : passwordOf(now.name, now.password),
    ),
    ...logins.added.map((login) => roleOf(login.name, login.password ?? password)),
    ...databases.changed
      .filter(isRenamed)
      .flatMap(([old, now]) => [ending(old.name), `ALTER DATABASE ${name(old.name)} RENAME TO ${name(now.name)}`]),
    ...databases.added.map((database) => `CREATE DATABASE ${name(database.name)}${ownerOf(database.owner)}`),
  ]
    .map(inServer)
    .concat(
      schemasOf(databases.added),
      definersOf(before, after).map(inServer),
      extensionsOf(before, after),
      databases.gone.map((database) => inServer(`DROP DATABASE ${name(database.name)} WITH (FORCE)`)),
      logins.gone.flatMap((login) => goodbyeTo(login.name, after)),
    );
}

interface Named {
  id: string;
  name: string;
}

const isRenamed = ([old, now]: readonly [Named, Named]): boolean => old.name !== now.name;

function rowsOf<Row extends Named>(before: readonly Row[], after: readonly Row[]) {
  const old = new Map(before.map((row) => [row.id, row]));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    gone: before.filter(({ id }) => !after.some((row) => row.id === id)),
    changed: after.flatMap((row): [Row, Row][] => {
      const former = old.get(row.id);
      return former ? [[former, row]] : [];
    }),
  };
}

/** The service says no more than that a login of either kind reads and writes. */
const roleOf = (role: string, password: string): string =>
  `CREATE ROLE ${name(role)} LOGIN PASSWORD ${literal(password)} IN ROLE pg_read_all_data, pg_write_all_data`;

const passwordOf = (role: string, password: string): string => `ALTER ROLE ${name(role)} PASSWORD ${literal(password)}`;

const ownerOf = (owner: string | undefined): string => (owner === undefined ? '' : ` OWNER ${name(owner)}`);

/** A database that somebody is connected to cannot be renamed. */
const ending = (database: string): string =>
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${literal(database)}`;

const schemasOf = (databases: Contents['databases']): Statement[] =>
  databases.flatMap(({ name: database, schemas, owner }) =>
    schemas
      .filter((schema) => schema !== 'public')
      .map((schema) => ({
        database,
        text: `CREATE SCHEMA ${name(schema)}${owner === undefined ? '' : ` AUTHORIZATION ${name(owner)}`}`,
      })),
  );

/** Who may define in which database, where that is new. */
function definersOf(before: Contents, after: Contents): string[] {
  const had = new Set(grantsOf(before));
  return grantsOf(after).filter((grant) => !had.has(grant));
}

const grantsOf = ({ databases, logins }: Contents): string[] =>
  databases.flatMap((database) =>
    logins
      .filter(({ mayDefine }) => mayDefine)
      .map((login) => `GRANT CREATE ON DATABASE ${name(database.name)} TO ${name(login.name)}`),
  );

function extensionsOf(before: Contents, after: Contents): Statement[] {
  const key = ({ name: extension, database }: Contents['extensions'][number]) => `${extension} ${database}`;
  const [had, has] = [new Set(before.extensions.map(key)), new Set(after.extensions.map(key))];
  const left = new Set(after.databases.map((database) => database.name));
  return [
    ...after.extensions
      .filter((extension) => !had.has(key(extension)))
      .map(({ name: extension, database, schema }) => ({
        database,
        text: `CREATE EXTENSION IF NOT EXISTS ${name(extension)} SCHEMA ${name(schema)} CASCADE`,
      })),
    ...before.extensions
      .filter((extension) => !has.has(key(extension)) && left.has(extension.database))
      .map(({ name: extension, database }) => ({
        database,
        text: `DROP EXTENSION IF EXISTS ${name(extension)} CASCADE`,
      })),
  ];
}

/** What a login owned or was granted goes first, in each database. */
const goodbyeTo = (role: string, { databases }: Contents): Statement[] => [
  ...[everywhere, ...databases.map((database) => database.name)].flatMap((database) => [
    { database, text: `REASSIGN OWNED BY ${name(role)} TO CURRENT_USER` },
    { database, text: `DROP OWNED BY ${name(role)}` },
  ]),
  { database: everywhere, text: `DROP ROLE ${name(role)}` },
];
