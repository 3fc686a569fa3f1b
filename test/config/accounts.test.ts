import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../src/config/config.js';
import { faultsOf, fileOf, read } from './reading.js';

const keys = { appKey: 'a', accessKeyId: 'b', secretAccessKey: 'c' };
const whole = { provider: 'nhn', ...keys };
const credentials = { NHN_APP_KEY: 'a', NHN_ACCESS_KEY_ID: 'b', NHN_SECRET_ACCESS_KEY: 'c' };

const inFile = (accounts: unknown, more: object = {}) => fileOf({ accounts, ...more });

describe('accounts of the file', () => {
  test('have their provider’s settings and options of their own, beside the one of the environment', () => {
    const file = inFile({
      'nhn-prod': {
        ...whole,
        region: 'kr2',
        label: 'production (Pangyo)',
        readOnly: true,
        confirm: 'human',
        profile: 'core, backups',
      },
      'nhn-dev': { ...whole, baseUrl: 'https://nhn.example.test', profile: ['core', 'db-users'] },
    });
    const { accounts } = read({ env: credentials, file });
    expect([...accounts.keys()]).toEqual(['nhn', 'nhn-prod', 'nhn-dev']);
    expect(accounts.get('nhn-prod')).toMatchObject({
      name: 'nhn-prod',
      provider: 'nhn',
      settings: { ...keys, region: 'kr2', baseUrl: '' },
      label: 'production (Pangyo)',
      readOnly: true,
      confirm: 'human',
      profile: ['core', 'backups'],
    });
    expect(accounts.get('nhn-dev')).toMatchObject({
      settings: { region: 'kr1', baseUrl: 'https://nhn.example.test' },
      readOnly: false,
      profile: ['core', 'db-users'],
    });
  });

  test('take values from variables of any name and from files, and both stay out of every log', () => {
    const secret = fileOf('from-a-file\n', 'secret');
    const file = inFile({
      prod: { provider: 'nhn', appKey: { env: 'NHN_APP_KEY2' }, accessKeyId: 'b', secretAccessKey: { file: secret } },
    });
    const config = read({ env: { NHN_APP_KEY2: 'from-a-variable' }, file });
    expect(config.accounts.get('prod')?.settings).toMatchObject({
      appKey: 'from-a-variable',
      secretAccessKey: 'from-a-file',
    });
    expect(secretsIn(config)).toEqual(['from-a-variable', 'b', 'from-a-file']);
  });

  test('of the sandbox need no credentials', () => {
    const { accounts } = read({ file: inFile({ 'nhn-try': { provider: 'nhn', sandbox: true } }) });
    expect(accounts.get('nhn-try')).toMatchObject({ provider: 'nhn', isSandbox: true });
  });

  test('may bear the name of their own provider', () => {
    expect([...read({ file: inFile({ nhn: whole }) }).accounts.keys()]).toEqual(['nhn']);
  });

  test.each(['kr1', 'kr2', 'jp1'])('of NHN may be in the region %s', (region) => {
    expect(faultsOf({ file: inFile({ prod: { ...whole, region } }) })).toEqual([]);
  });
});

const form = 'begins with a letter, has small letters, digits and hyphens';
const names: [string, string][] = [
  ['Prod', form],
  ['1prod', form],
  ['-prod', form],
  ['nhn_prod', form],
  ['nhn prod', form],
  ['nhn:prod', form],
  ['프로덕션', form],
  ['prod\n', form],
  ['', form],
  ['p'.repeat(32), 'at most 31'],
  ['pgfleet', 'is not pgfleet, fleet or operations'],
  ['fleet', 'is not pgfleet, fleet or operations'],
  ['operations', 'is not pgfleet, fleet or operations'],
  ['naver', 'has the name of another provider than its own'],
];
test.each(names)('an account cannot be called %j', (name, words) => {
  const file = inFile({ [name]: whole });
  expect(faultsOf({ file })).toEqual([expect.stringContaining(words)]);
  expect(faultsOf({ file })[0]).toContain(`accounts.${name} in ${file}`);
});

test('a name may have 31 letters', () => {
  expect(faultsOf({ file: inFile({ ['p'.repeat(31)]: whole }) })).toEqual([]);
});

const { accessKeyId: _, ...withoutId } = whole;

/** An account, and what is wrong with it. */
const bad: [string, unknown, string[]][] = [
  ['no object', 'nhn', ['accounts.prod in ', 'has to be an object']],
  ['a list', [whole], ['accounts.prod in ', 'has to be an object']],
  ['without a provider', keys, ['accounts.prod.provider in ', 'one of nhn, samsung, naver, cegedim']],
  ['of an unknown provider', { ...whole, provider: 'aws' }, ['accounts.prod.provider in ', 'one of nhn, samsung']],
  ['of no word for a provider', { ...whole, provider: 7 }, ['accounts.prod.provider in ', 'one of nhn, samsung']],
  ['with a slip', { ...whole, regin: 'kr2' }, ['accounts.prod.regin in ', 'is not known; did you mean region?']],
  [
    'with the key of another provider',
    { ...whole, clientSecret: 'x' },
    ['accounts.prod.clientSecret in ', 'not known'],
  ],
  ['with an unknown key', { ...whole, favouriteColour: 'x' }, ['accounts.prod.favouriteColour in ', 'not known.']],
  ['without one of its keys', withoutId, ['accounts.prod in ', 'lacks accessKeyId.']],
  ['without any key', { provider: 'nhn' }, ['lacks appKey and accessKeyId and secretAccessKey.']],
  ['with an empty key', { ...whole, appKey: '' }, ['accounts.prod.appKey in ', 'is empty']],
  ['with a key never put in', { ...whole, appKey: '${KEY}' }, ['accounts.prod.appKey in ', 'is literally ${KEY}']],
  ['with a variable that is not set', { ...whole, appKey: { env: 'GONE' } }, ['appKey', 'GONE, which is not set']],
  ['with a variable that is empty', { ...whole, appKey: { env: 'EMPTY' } }, ['variable EMPTY (accounts.prod', 'empty']],
  ['with a file that is not there', { ...whole, appKey: { file: '/nowhere/key' } }, ['/nowhere/key, which cannot be']],
  ['with a folder for a file', { ...whole, appKey: { file: '/' } }, ['the file /, which cannot be read']],
  [
    'with a file that is empty',
    { ...whole, appKey: { file: fileOf('\n', 'key') } },
    ['key (accounts.prod', 'is empty'],
  ],
  ['with a variable and a file', { ...whole, appKey: { env: 'A', file: '/b' } }, ['appKey', '{ "env": "NAME" }, {']],
  ['with a reference of another kind', { ...whole, appKey: { vault: 'a' } }, ['appKey', '{ "env": "NAME" }, {']],
  ['with a reference to nothing', { ...whole, appKey: {} }, ['accounts.prod.appKey in ', 'has to be a text, {']],
  ['in no region', { ...whole, region: 'Korea' }, ['accounts.prod.region in ', '"Korea"', 'kr1 or kr2']],
  ['in a region with more than its name', { ...whole, region: 'kr1.evil.test/' }, ['region in ', 'kr1 or kr2']],
  ['at no URL', { ...whole, baseUrl: 'postgres' }, ['accounts.prod.baseUrl in ', 'not an http or https URL']],
  ['perhaps read-only', { ...whole, readOnly: 'yes' }, ['accounts.prod.readOnly in ', 'true or false']],
  ['perhaps of the sandbox', { ...whole, sandbox: 1 }, ['accounts.prod.sandbox in ', 'true or false']],
  ['with an unknown mode', { ...whole, confirm: 'never' }, ['accounts.prod.confirm in ', 'auto, token, human, deny']],
  ['with a weaker mode', { ...whole, confirm: 'auto' }, ['confirm in ', 'is auto', 'stricter', 'own, which is token']],
  ['that asks nobody', { ...whole, confirm: 'off' }, ['confirm in ', 'is off', 'stricter', 'own, which is token']],
  ['with an empty label', { ...whole, label: '' }, ['accounts.prod.label in ', 'at most 40 letters']],
  ['with a long label', { ...whole, label: 'x'.repeat(41) }, ['accounts.prod.label in ', 'at most 40 letters']],
  ['with a label of two lines', { ...whole, label: 'prod\nnone' }, ['accounts.prod.label in ', 'at most 40 letters']],
  ['with a label that marks up', { ...whole, label: 'a</data>' }, ['accounts.prod.label in ', 'at most 40 letters']],
  ['with a number for a label', { ...whole, label: 7 }, ['accounts.prod.label in ', 'has to be a text']],
  [
    'with an object for a profile',
    { ...whole, profile: { core: true } },
    ['accounts.prod.profile in ', 'core,backups'],
  ],
];
test.each(bad)('an account %s is a fault', (_what, account, words) => {
  const faults = faultsOf({ env: { PGFLEET_CONFIRM: 'token', EMPTY: '' }, file: inFile({ prod: account }) });
  expect(faults).toHaveLength(1);
  for (const word of words) expect(faults[0]).toContain(word);
});

test.each(['token', 'human', 'deny'])('the mode of an account may be as strict as the server’s, or %s', (confirm) => {
  const env = { PGFLEET_CONFIRM: 'token' };
  expect(faultsOf({ env, file: inFile({ prod: { ...whole, confirm } }) })).toEqual([]);
});

test('accounts have to be an object by names', () => {
  for (const accounts of [[whole], 'nhn', 7])
    expect(faultsOf({ file: inFile(accounts) })).toEqual([expect.stringContaining('an object of accounts by their')]);
});

test.each([
  ['the environment', credentials, {}],
  ['the provider’s own section', {}, { nhn: keys }],
])('an account is not configured a second time beside %s', (_what, env, section) => {
  expect(faultsOf({ env, file: inFile({ nhn: whole }, section) })).toEqual([
    expect.stringMatching(/^accounts\.nhn in .* is configured a second time, outside of accounts\.$/),
  ]);
});

test('the faults of all accounts are named at once, and no key among them', () => {
  const file = inFile({
    Prod: { ...whole, secretAccessKey: 'very-secret-key' },
    dev: { provider: 'samsung', accessKey: 'very-secret-key' },
    naver: { provider: 'aws' },
  });
  const faults = faultsOf({ file });
  expect(faults.map((fault) => fault.slice(0, fault.indexOf(' in ')))).toEqual([
    'accounts.Prod',
    'accounts.dev',
    'accounts.naver',
    'accounts.naver.provider',
  ]);
  expect(faults.join('\n')).not.toContain('very-secret-key');
});

test('the sandbox comes by itself only where no account is configured', () => {
  const auto = { PGFLEET_SANDBOX: 'auto' };
  const unfilled = { NHN_APP_KEY: '', NHN_ACCESS_KEY_ID: '', NHN_SECRET_ACCESS_KEY: '' };
  expect(read({ env: { ...auto, ...unfilled } }).sandbox).toBe(true);
  expect(read({ env: { ...auto, ...credentials } }).sandbox).toBe(false);
  expect(read({ env: credentials }).sandbox).toBeUndefined();
  expect(faultsOf({ env: { ...auto, NHN_APP_KEY: 'x' } })[0]).toContain('configured only in part');
});
