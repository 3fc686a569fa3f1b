import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../../src/config/config.js';
import { type Keychain, KeychainError, openKeychain } from '../../../src/config/keychain.js';
import { ConfigError } from '../../../src/define/config-error.js';
import { fileOf } from '../../config/reading.js';
import { newHome, setUp } from './set-up.js';

/** A keychain that lies in memory. */
function newKeychain() {
  const kept = new Map<string, string>();
  const keychain: Keychain = {
    get: (account) => kept.get(account),
    set: (account, value) => void kept.set(account, value),
  };
  return { kept, keychain };
}

const env = { A: 'an-app-key', B: 'an-id', C: 'a-secret' };
const keyOptions = ['appKey=env:A', 'accessKeyId=env:B', 'secretAccessKey=env:C'].flatMap((key) => ['--key', key]);
const account = ['cursor', '--provider', 'nhn', '--no-check', ...keyOptions];
const settings = { appKey: 'an-app-key', accessKeyId: 'an-id', secretAccessKey: 'a-secret' };

test.each(['darwin', 'win32'] as const)(
  'on %s keys go into the keychain, and a server finds them there',
  async (platform) => {
    const { home, config, read } = newHome();
    const { keychain, kept } = newKeychain();
    const { said } = await setUp(home, [...account, '--config', config], { env, keychain, platform });
    expect(said).toContain('The keys of nhn are in the keychain.');
    expect([...kept]).toEqual([
      ['nhn/appKey', 'an-app-key'],
      ['nhn/accessKeyId', 'an-id'],
      ['nhn/secretAccessKey', 'a-secret'],
    ]);
    expect(JSON.parse(read('own/config.json'))).toEqual({
      accounts: {
        nhn: {
          provider: 'nhn',
          appKey: { keychain: 'pgfleet/nhn/appKey' },
          accessKeyId: { keychain: 'pgfleet/nhn/accessKeyId' },
          secretAccessKey: { keychain: 'pgfleet/nhn/secretAccessKey' },
        },
      },
    });
    expect(existsSync(join(home, 'own/keys'))).toBe(false);
    const { accounts } = readConfig({ env: {}, flags: {}, file: config, keychain });
    expect(accounts.get('nhn')?.settings).toMatchObject(settings);
  },
);

test('another key in the keychain is not written over unasked', async () => {
  const { home, config } = newHome();
  const { keychain, kept } = newKeychain();
  keychain.set('nhn/secretAccessKey', 'another-secret');
  const args = [...account, '--config', config, '--keep', 'keychain'];
  const { said, ok } = await setUp(home, args, { env, keychain });
  expect(ok).toBe(false);
  expect(said).toContain('Another secretAccessKey of nhn is kept in the keychain.');
  expect(said).not.toMatch(/another-secret|a-secret/);
  expect(kept.size).toBe(1);
  expect(readdirSync(home)).toEqual([]);
});

/** Keychains that refuse, at the first look or only when something is written. */
const refusing: [string, Keychain][] = [
  [
    'read',
    {
      get() {
        throw new KeychainError('the keychain refuses (locked)');
      },
      set: () => undefined,
    },
  ],
  [
    'written to',
    {
      get: () => undefined,
      set() {
        throw new KeychainError('the keychain refuses (locked)');
      },
    },
  ],
];
test.each(refusing)('a keychain that refuses to be %s is said, and files are taken', async (_what, keychain) => {
  const { home, config, read } = newHome();
  const { said, ok } = await setUp(home, [...account, '--config', config, '--keep', 'keychain'], { env, keychain });
  expect(ok).toBe(true);
  expect(said).toContain('The keys go into files, since the keychain refuses (locked).');
  expect(read('own/keys/nhn/secretAccessKey')).toBe('a-secret');
  expect(JSON.parse(read('own/config.json')).accounts.nhn.appKey).toEqual({ file: join(home, 'own/keys/nhn/appKey') });
});

/** A machine with a desktop has a keychain, which is left alone. */
const hasNone = process.platform === 'linux' && !process.env['DBUS_SESSION_BUS_ADDRESS'];

test.runIf(hasNone)('where a session has no keychain, the real one refuses rather than forget later', async () => {
  const { home, config, read } = newHome();
  const args = [...account, '--config', config, '--keep', 'keychain'];
  const { said, ok } = await setUp(home, args, { env, keychain: openKeychain() });
  expect(ok).toBe(true);
  expect(said).toMatch(/The keys go into files, since the keychain refuses \(.+\)\./);
  expect(read('own/keys/nhn/secretAccessKey')).toBe('a-secret');
});

/** What a server says of a key that it cannot get from the keychain. */
const faulty: [string, unknown, Keychain['get'], string][] = [
  ['that is not there', 'pgfleet/nhn/appKey', () => undefined, 'which is not there: pgfleet setup puts it in'],
  [
    'in one that refuses',
    'pgfleet/nhn/appKey',
    () => {
      throw new KeychainError('the keychain refuses (locked)');
    },
    'but the keychain refuses (locked). A file does as well: { "file": "path" }',
  ],
  ['by a name of another form', 'nhn/appKey', () => 'x', 'not of the form pgfleet/<account>/<key>'],
  ['of another program', 'other/nhn/appKey', () => 'x', 'not of the form pgfleet/<account>/<key>'],
  ['by no name', 7, () => 'x', 'has to be a text, { "env": "NAME" }'],
  ['that is empty', 'pgfleet/nhn/appKey', () => '', 'is empty'],
];
test.each(faulty)('a key %s is a fault that says what to do', (_what, keychain, get, words) => {
  const value = { provider: 'nhn', accessKeyId: 'b', secretAccessKey: 'c', appKey: { keychain } };
  const file = fileOf({ accounts: { prod: value } });
  const reading = () => readConfig({ env: {}, flags: {}, file, keychain: { get, set: () => undefined } });
  expect(reading).toThrow(ConfigError);
  expect(reading).toThrow(words);
  expect(reading).toThrow('accounts.prod.appKey in ');
});

test('a configuration without such a key opens no keychain', () => {
  const keychain: Keychain = {
    get: () => {
      throw new Error('It was opened.');
    },
    set: () => undefined,
  };
  const file = fileOf({ accounts: { prod: { provider: 'nhn', appKey: 'a', accessKeyId: 'b', secretAccessKey: 'c' } } });
  expect(readConfig({ env: {}, flags: {}, file, keychain }).accounts.size).toBe(1);
});
