import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { securityChecks } from '../../../src/inspect/checks/security.js';
import { asSuperuser, ownDatabase, sharedCluster, type TestCluster } from '../../support/services/postgres.js';
import { faultsOf, lookInto, notSeenOf, remediesOf } from './looking.js';
import { factsOf } from './seen.js';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await sharedCluster();
});

const topics = ['security'] as const;

test('logins above the rights that are granted are told, and not the first superuser', async () => {
  await asSuperuser(cluster.primary, [
    'CREATE ROLE "Over all" LOGIN SUPERUSER',
    'CREATE ROLE past_rows LOGIN BYPASSRLS',
    'CREATE ROLE no_login SUPERUSER',
  ]);
  onTestFinished(() => asSuperuser(cluster.primary, ['DROP ROLE "Over all", past_rows, no_login']));
  const report = await lookInto(cluster.primary, { role: 'plain', topics });
  expect(faultsOf(report, 'powerful-login')).toEqual([
    'warning, login: Over all, is: superuser',
    'notice, login: past_rows, is: BYPASSRLS',
  ]);
  expect(remediesOf(report, 'powerful-login')[0]).toEqual({ statement: 'ALTER ROLE "Over all" NOSUPERUSER;' });
});

test('schemas and functions that let others in are told', async () => {
  const database = await ownDatabase(cluster.primary);
  const as = 'RETURNS int LANGUAGE sql SECURITY DEFINER';
  await asSuperuser(
    cluster.primary,
    [
      'CREATE SCHEMA "Open"',
      'GRANT CREATE ON SCHEMA "Open" TO PUBLIC',
      `CREATE FUNCTION "Open".loose(a text) ${as} AS 'SELECT 1'`,
      `CREATE FUNCTION "Open".bound(a text) ${as} SET search_path = '' AS 'SELECT 1'`,
      `CREATE FUNCTION "Open".granted() ${as} AS 'SELECT 1'`,
      'REVOKE EXECUTE ON FUNCTION "Open".granted() FROM PUBLIC',
    ],
    database,
  );
  const report = await lookInto(cluster.primary, { role: 'plain', database, topics });
  // Before PostgreSQL 15 the schema public is open in every new database.
  expect(faultsOf(report, 'everybody-may-create')).toContain('warning, schema: Open');
  expect(remediesOf(report, 'everybody-may-create')).toContainEqual({
    statement: 'REVOKE CREATE ON SCHEMA "Open" FROM PUBLIC;',
  });
  expect(faultsOf(report, 'definer-without-path')).toEqual([
    'warning, routine: "Open".loose(text), may be called by: every role',
    'notice, routine: "Open".granted(), may be called by: those it was granted to',
  ]);
  expect(remediesOf(report, 'definer-without-path')[0]).toEqual({
    statement: 'ALTER ROUTINE "Open".loose(text) SET search_path = pg_catalog, "Open", pg_temp;',
  });
});

test('passwords that would be kept as MD5 are told', async () => {
  const database = await ownDatabase(cluster.primary);
  await asSuperuser(cluster.primary, [`ALTER DATABASE ${database} SET password_encryption = 'md5'`]);
  const report = await lookInto(cluster.primary, { database, topics });
  expect(faultsOf(report, 'weak-password-hashes')).toEqual(['notice, password_encryption: md5']);
});

test('who looks without pg_monitor cannot say that sessions are encrypted', async () => {
  const report = await lookInto(cluster.standby, { role: 'plain', topics });
  expect(faultsOf(report, 'unencrypted-sessions')).toEqual([]);
  expect(notSeenOf(report, 'unencrypted-sessions')).toEqual([expect.stringMatching(/GRANT pg_monitor TO plain;$/)]);
});

test('sessions without TLS are told by their login, with the switch where it is off', () => {
  const check = securityChecks.find(({ id }) => id === 'unencrypted-sessions');
  const rows = [{ login: 'app', sessions: '12', address: '10.0.0.4', hidden: '0' }];
  const faults = check?.judge(rows, factsOf({ settings: new Map([['ssl', 'off']]) }));
  expect(faults).toMatchObject([
    { severity: 'warning', facts: { login: 'app', used: 12 }, remedy: { parameter: 'ssl', value: 'on' } },
  ]);
});
