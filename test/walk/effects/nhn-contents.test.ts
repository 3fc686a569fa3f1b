import { expect, test } from 'vitest';
import { instanceNamed } from '../../support/nhn.js';
import { head, startJudging } from './judging.js';

type Named = Record<string, string>[];

const login = { dbUserName: 'fresh', dbPassword: 'pass-1234', authorityType: 'CRUD' };

test('a new login is told with where access rules let it in from; a name that is taken is impossible', async () => {
  const { asked, call, endOf } = await startJudging();
  const { dbInstanceId: orders } = await instanceNamed(call, 'orders-primary');
  const { dbInstanceId: analytics } = await instanceNamed(call, 'analytics');
  expect(await endOf('nhn_create_db_user', { dbInstanceId: orders, ...login })).toBe('exposing');
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Create DB user: orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (exposing):
    Whoever knows its password can log in as fresh with CRUD rights.
    Way back: nhn_delete_db_user removes the login, and nhn_delete_hba_rule a rule that was made along
    with it."
  `);
  expect(await endOf('nhn_create_db_user', { dbInstanceId: analytics, ...login })).toBe('exposing');
  expect(head(asked[1]?.message)).toMatchInlineSnapshot(`
    "Create DB user: analytics (MASTER, AVAILABLE) at NHN Cloud RDS for PostgreSQL.
    What happens (exposing):
    Whoever knows its password can log in as fresh with CRUD rights.
    Access rules let it in from every address (IPv4).
    That is a wide range, or a name of which nobody can say who has it.
    Way back: nhn_delete_db_user removes the login, and nhn_delete_hba_rule a rule that was made along
    with it."
  `);
  const withRule = { ...login, createDefaultHbaRules: true };
  await endOf('nhn_create_db_user', { dbInstanceId: orders, ...withRule, address: '10.9.0.0/16' });
  expect(asked[2]?.message).toContain('Access rules let it in from 10.9.0.0/16 (private).');
  await endOf('nhn_create_db_user', { dbInstanceId: orders, ...withRule });
  expect(asked[3]?.message).toContain('from addresses that the service chooses');
  const taken = { dbInstanceId: analytics, ...login, dbUserName: 'etl' };
  expect(await endOf('nhn_create_db_user', taken)).toBe('impossible');
  expect(asked.map(({ message }) => message).join()).not.toContain(login.dbPassword);
});

test('a login is changed by what differs; a password always does', async () => {
  const { asked, call, endOf } = await startJudging();
  const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
  const users = (await call('nhn_list_db_users', { dbInstanceId })).data['dbUsers'] as Named;
  const dbUserId = users.find(({ dbUserName }) => dbUserName === 'orders_app')?.['dbUserId'];
  const modify = (change: object) => endOf('nhn_modify_db_user', { dbInstanceId, dbUserId, ...change });
  expect(await modify({ dbUserName: 'orders_app', authorityType: 'CRUD' })).toBe('unchanged');
  expect(await modify({ dbPassword: 'pass-1234' })).toBe('exposing');
  expect(head(asked[0]?.message)).toMatchInlineSnapshot(`
    "Change DB user: orders_app, which concerns orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for
    PostgreSQL.
    What happens (exposing):
    Whoever knows the new password can log in as orders_app; clients with the old one fail.
    Way back:
    Set the old password again.
    It cannot be read, so it has to be known."
  `);
  expect(await modify({ authorityType: 'DDL' })).toBe('exposing');
  expect(await modify({ dbUserName: 'shop' })).toBe('exposing');
  expect(await modify({ authorityType: 'CRUD', applyHbaRulesImmediately: true })).toBe('exposing');
  expect(asked.at(-1)?.message).toContain('Every reserved change of the access rules goes live too');
  expect(await endOf('nhn_delete_db_user', { dbInstanceId, dbUserId })).toBe('destructive');
  expect(asked.at(-1)?.message).toContain('Access rules that name it: ');
});

test('a database is renamed, made and deleted with what that does', async () => {
  const { asked, call, endOf } = await startJudging();
  const { dbInstanceId } = await instanceNamed(call, 'orders-primary');
  const databases = (await call('nhn_list_databases', { dbInstanceId })).data['databases'] as Named;
  const databaseId = databases.find(({ databaseName }) => databaseName === 'orders')?.['databaseId'];
  const rename = (change: object) => endOf('nhn_modify_database', { dbInstanceId, databaseId, ...change });
  expect(await rename({ databaseName: 'orders' })).toBe('unchanged');
  expect(await rename({ databaseName: 'shop' })).toBe('disruptive');
  expect(await rename({ databaseName: 'shop', applyHbaRulesImmediately: true })).toBe('exposing, disruptive');
  expect(head(asked.at(-1)?.message)).toMatchInlineSnapshot(`
    "Rename database: orders, which concerns orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for
    PostgreSQL.
    What happens (exposing, disruptive):
    Every reserved change of the access rules goes live too, also those that others reserved.
    Every client that connects to orders fails until it uses the name shop.
    Way back:
    Change the rules back and apply them again.
    Rename it back to orders."
  `);
  expect(await endOf('nhn_delete_database', { dbInstanceId, databaseId })).toBe('destructive');
  expect(head(asked.at(-1)?.message)).toMatchInlineSnapshot(`
    "Delete database: orders, which concerns orders-primary (MASTER, AVAILABLE) at NHN Cloud RDS for
    PostgreSQL.
    What happens (destructive):
    The database orders and everything in it are gone.
    Way back:
    None for what was written since the newest backup, orders-primary_202611280200 of
    2026-11-28T02:14:00+09:00; that one can be restored to a new instance."
  `);
  expect(await endOf('nhn_create_database', { dbInstanceId, databaseName: 'shop' })).toBe('sent');
});
