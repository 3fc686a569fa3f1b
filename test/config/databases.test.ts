import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ConfigSources, readConfig } from '../../src/config/config.js';
import { connect } from '../support/connect.js';

const fileWith = (value: object): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-config-')), 'pgfleet.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
};

const reading = (env: ConfigSources['env'], databases?: object) =>
  readConfig({
    env: { PGFLEET_SANDBOX: 'nhn', ...env },
    flags: {},
    ...(databases && { file: fileWith({ databases }) }),
  });

const url = 'PGFLEET_DB_URL_NHN_ORDERS_PRIMARY';

test('a connection of the file and one of a variable say the same', () => {
  const written = { user: 'look', password: { env: 'LOOK' }, database: 'orders', host: '10.0.0.5', port: 6432 };
  const { databases } = reading({ LOOK: 'p@ss' }, { 'nhn:orders-primary': { ...written, tls: 'off' } });
  const said = reading({ [url]: 'postgres://look:p%40ss@10.0.0.5:6432/orders?sslmode=disable' }).databases;
  for (const [connection] of [databases, said])
    expect(connection).toMatchObject({
      account: 'nhn',
      user: 'look',
      password: 'p@ss',
      database: 'orders',
      host: '10.0.0.5',
      port: 6432,
      tls: 'off',
    });
  expect(said[0]).toMatchObject({ kind: 'variable', instance: 'ORDERS_PRIMARY' });
});

test('a URL without a host leaves the address to the fleet', () => {
  const [connection] = reading({ [url]: 'postgres://look:secret@/orders' }).databases;
  expect(connection).toMatchObject({ database: 'orders', host: undefined, port: undefined, tls: undefined });
});

describe('what cannot be used is a fault at start, and no password is in it', () => {
  test.each<[string, Record<string, string>, object | undefined, RegExp]>([
    ['no account', {}, { 'azure:orders': { user: 'look' } }, /has to be named by an account and an instance/],
    ['no instance', {}, { nhn: { user: 'look' } }, /has to be named by an account and an instance/],
    ['no user', {}, { 'nhn:orders': { password: 'hunter2' } }, /lacks user/],
    [
      'a member that is not known',
      {},
      { 'nhn:orders': { user: 'look', passwort: 'hunter2' } },
      /passwort .* is not known/,
    ],
    [
      'a mode that is none',
      {},
      { 'nhn:orders': { user: 'look', tls: 'hunter2' } },
      /tls of .* has to be verify or off/,
    ],
    ['no certificates', {}, { 'nhn:orders': { user: 'look', ca: '/hunter2' } }, /has to be a file of certificates/],
    [
      'a variable that is not set',
      {},
      { 'nhn:orders': { user: 'look', password: { env: 'X' } } },
      /X, which is not set/,
    ],
    ['no URL', { [url]: 'hunter2' }, undefined, /has to be postgres:\/\/user:password@/],
    ['a URL of something else', { [url]: 'mysql://look:hunter2@db/x' }, undefined, /has to be postgres/],
    [
      'a mode of TLS that is none',
      { [url]: 'postgres://a:hunter2@h/x?sslmode=maybe' },
      undefined,
      /sslmode of .* has to be/,
    ],
    ['a parameter', { [url]: 'postgres://a:hunter2@h/x?options=-c' }, undefined, /has unknown parameters/],
    [
      'a variable of no account',
      { PGFLEET_DB_URL_AZURE_X: 'postgres://a:hunter2@h/x' },
      undefined,
      /begins with no account/,
    ],
    [
      'two for one instance',
      { [url]: 'postgres://a:hunter2@h/x' },
      { 'nhn:orders-primary': { user: 'look' } },
      /are for the same instance/,
    ],
  ])('%s', (_, env, databases, expected) => {
    let said = '';
    try {
      reading(env, databases);
    } catch (error) {
      said = String(error);
    }
    expect(said).toMatch(expected);
    if (Object.values(env).length > 0) expect(said).not.toContain('hunter2@');
    expect(said).not.toContain("'hunter2'");
  });
});

test('a pattern that would silently fit nothing is a fault at start', async () => {
  const file = fileWith({ databases: { 'nhn:orders-[a-c]': { user: 'look' } } });
  await expect(connect({ args: ['--sandbox', 'nhn', '--config', file] })).rejects.toThrow(/have no meaning here/);
});

test.each([
  ['a wide range', { address: '203.0.113.0/24' }, 'has to be one address'],
  ['an address without its length', { address: '203.0.113.7' }, 'has to be one address'],
  ['a name', { address: 'office.example.com' }, 'has to be one address'],
  ['another member', { address: '203.0.113.7/32', adress: 'x' }, 'adress of inspect'],
])('looks come from one address: %s is a fault', (_, inspect, fault) => {
  expect(() => readConfig({ env: { PGFLEET_SANDBOX: 'nhn' }, flags: {}, file: fileWith({ inspect }) })).toThrow(fault);
});

test('one address is taken as it is written, of either family', () => {
  for (const address of ['203.0.113.7/32', '2001:db8::7/128'])
    expect(
      readConfig({ env: { PGFLEET_SANDBOX: 'nhn' }, flags: {}, file: fileWith({ inspect: { address } }) }).inspect,
    ).toEqual({ address });
});
