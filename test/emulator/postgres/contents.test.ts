import { expect, test } from 'vitest';
import { type Contents, nothing, statementsFor } from '../../../src/emulator/postgres/contents.js';

const before: Contents = {
  logins: [{ id: 'l1', name: 'app', mayDefine: false }],
  databases: [{ id: 'd1', name: 'shop', owner: 'app', schemas: ['public'] }],
  extensions: [],
};

const role = 'LOGIN PASSWORD';
const member = 'IN ROLE pg_read_all_data, pg_write_all_data';

test.each<[what: string, from: Contents, to: Contents, statements: string[]]>([
  ['nothing', before, before, []],
  [
    'all from the start',
    nothing,
    { ...before, databases: [{ id: 'd1', name: 'shop', owner: 'app', schemas: ['public', 'log'] }] },
    [
      `postgres: CREATE ROLE "app" ${role} 'usual' ${member}`,
      'postgres: CREATE DATABASE "shop" OWNER "app"',
      'shop: CREATE SCHEMA "log" AUTHORIZATION "app"',
    ],
  ],
  [
    'a password, and a name that is hostile',
    before,
    { ...before, logins: [{ id: 'l1', name: 'a"; DROP', password: "it's", mayDefine: false }] },
    ['postgres: ALTER ROLE "app" RENAME TO "a""; DROP"', `postgres: ALTER ROLE "a""; DROP" PASSWORD 'it''s'`],
  ],
  [
    'a login that may define',
    before,
    { ...before, logins: [{ id: 'l1', name: 'app', mayDefine: true }] },
    ['postgres: GRANT CREATE ON DATABASE "shop" TO "app"'],
  ],
  [
    'another name of a database',
    before,
    { ...before, databases: [{ id: 'd1', name: 'store', owner: 'app', schemas: ['public'] }] },
    [
      "postgres: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop'",
      'postgres: ALTER DATABASE "shop" RENAME TO "store"',
    ],
  ],
  [
    'an extension',
    before,
    { ...before, extensions: [{ name: 'pg_trgm', database: 'shop', schema: 'public' }] },
    ['shop: CREATE EXTENSION IF NOT EXISTS "pg_trgm" SCHEMA "public" CASCADE'],
  ],
  [
    'no login any more',
    before,
    { ...before, logins: [] },
    [
      'postgres: REASSIGN OWNED BY "app" TO CURRENT_USER',
      'postgres: DROP OWNED BY "app"',
      'shop: REASSIGN OWNED BY "app" TO CURRENT_USER',
      'shop: DROP OWNED BY "app"',
      'postgres: DROP ROLE "app"',
    ],
  ],
  ['no database any more', before, { ...before, databases: [] }, ['postgres: DROP DATABASE "shop" WITH (FORCE)']],
])('a server is made to have %s', (_, from, to, statements) => {
  const told = statementsFor(from, to, 'usual').map(({ database, text }) => `${database}: ${text}`);
  expect(told).toEqual(statements);
});
