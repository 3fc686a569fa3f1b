import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type ConfigSources, secretsIn } from '../../src/config/config.js';
import { endedSettings } from '../../src/config/ended-settings.js';
import { faultsOf, fileOf, read } from './reading.js';

const credentials = { NHN_APP_KEY: 'a', NHN_ACCESS_KEY_ID: 'b', NHN_SECRET_ACCESS_KEY: 'c' };

/** What is wrong, and the words that say which, where and how to mend it. */
const bad: [string, Partial<ConfigSources>, string[]][] = [
  ['half a provider', { env: { NHN_APP_KEY: 'a' } }, ['nhn', 'NHN_ACCESS_KEY_ID', 'NHN_SECRET_ACCESS_KEY']],
  ['an empty key', { env: { ...credentials, NHN_APP_KEY: '' } }, ['NHN_APP_KEY', 'empty']],
  ['a blank key', { env: { ...credentials, NHN_APP_KEY: '  ' } }, ['NHN_APP_KEY', 'empty']],
  ['a key never put in', { env: { ...credentials, NHN_APP_KEY: '${NHN_APP_KEY}' } }, ['NHN_APP_KEY', '${NHN_APP_KEY}']],
  ['no URL', { env: { ...credentials, NHN_BASE_URL: 'postgres' } }, ['NHN_BASE_URL', 'URL']],
  ['another kind of URL', { env: { ...credentials, NHN_TOKEN_URL: 'file:///etc/passwd' } }, ['NHN_TOKEN_URL', 'URL']],
  ['no region', { env: { ...credentials, NHN_REGION: 'Korea' } }, ['NHN_REGION', '"Korea"', 'kr1']],
  ['a slip', { env: { NHN_APP_KEI: 'a' } }, ['NHN_APP_KEI', 'NHN_APP_KEY']],
  ['an unknown variable', { env: { PGFLEET_COLOUR: 'blue' } }, ['PGFLEET_COLOUR', 'not known']],
  ['an unknown mode', { env: { PGFLEET_CONFIRM: 'always' } }, ['PGFLEET_CONFIRM', 'always', 'token']],
  ['an unknown mode as a flag', { flags: { confirm: 'never' } }, ['--confirm', 'never', 'deny']],
  ['perhaps read-only', { env: { PGFLEET_READ_ONLY: 'perhaps' } }, ['PGFLEET_READ_ONLY', 'perhaps']],
  ['an unknown language', { flags: { lang: 'fr' } }, ['--lang', 'fr', 'ko']],
  ['no speed', { flags: { sandboxSpeed: '0' } }, ['--sandbox-speed', 'above 0']],
  ['no file', { file: '/nowhere/pgfleet.json' }, ['/nowhere/pgfleet.json', 'cannot be read']],
  ['cut JSON', { file: fileOf('{"sandbox":') }, ['pgfleet.json', 'not JSON']],
  ['a list', { file: fileOf('[]') }, ['pgfleet.json', 'object']],
  ['an unknown key', { file: fileOf('{"sandbox":true,"colour":1}') }, ['colour', 'not known']],
  ['an unknown key below', { file: fileOf('{"sandbox":1,"nhn":{"apKey":"x"}}') }, ['nhn.apKey', 'not known']],
  ['text for a provider', { file: fileOf('{"sandbox":1,"nhn":"x"}') }, ['nhn', 'object']],
  ['an unexpanded value', { file: fileOf('{"auditLog":"${HOME}/a"}') }, ['auditLog', '${HOME}']],
  ['an empty value', { file: fileOf('{"lang":""}') }, ['lang', 'empty']],
];
test.each(bad)('%s is a fault that says which, where and how', (_, sources, words) => {
  const faults = faultsOf(sources).join('\n');
  for (const word of words) expect(faults).toContain(word);
});

test('several faults are all named at once', () => {
  const env = { PGFLEET_CONFIRM: 'x', PGFLEET_BLUE: '1', NHN_APP_KEY: 'a' };
  const faults = faultsOf({ flags: { lang: 'fr' }, env });
  expect(faults).toHaveLength(4);
  for (const word of ['--lang', 'PGFLEET_CONFIRM', 'PGFLEET_BLUE', 'NHN_SECRET_ACCESS_KEY'])
    expect(faults.join('\n')).toContain(word);
});

test('no fault shows a key, nor another setting that is a secret', () => {
  const secrets = { NHN_SECRET_ACCESS_KEY: 'secret-a', PGFLEET_KEY: 'secret-b', PGFLEET_STORE: 'secret-c' };
  const shown = faultsOf({ flags: { lang: 'fr' }, env: { ...credentials, ...secrets } }).join('\n');
  for (const word of ['--lang', 'PGFLEET_KEY', 'PGFLEET_STORE']) expect(shown).toContain(word);
  for (const secret of Object.values(secrets)) expect(shown).not.toContain(secret);
});

test('a flag wins over a variable, and a variable over the file', () => {
  const file = fileOf({ profile: 'full', confirm: 'deny', lang: 'ko' });
  const env = { PGFLEET_CONFIRM: 'token', PGFLEET_PROFILE: 'backups' };
  expect(read({ env, flags: { profile: 'events' }, file })).toMatchObject({
    profile: ['events'],
    confirm: 'token',
    lang: 'ko',
  });
});

const empty = { NHN_APP_KEY: '', NHN_ACCESS_KEY_ID: ' ', NHN_SECRET_ACCESS_KEY: '' };

test('a provider all of whose keys are empty is off, and the file may have them', () => {
  expect([...read({ env: empty }).accounts.keys()]).toEqual([]);
  const file = fileOf({ nhn: { appKey: 'a', accessKeyId: 'b', secretAccessKey: 'c' } });
  expect(read({ env: empty, file }).accounts.get('nhn')?.settings).toMatchObject({ appKey: 'a' });
});

test('a provider with a key that is empty beside another that is not is a fault for each empty one', () => {
  expect(faultsOf({ env: { ...empty, NHN_APP_KEY: 'a' } })).toEqual([
    expect.stringContaining('NHN_ACCESS_KEY_ID is empty'),
    expect.stringContaining('NHN_SECRET_ACCESS_KEY is empty'),
  ]);
});

test('an empty variable does not hide the other name of the same setting', () => {
  const env = { NAVER_ACCESS_KEY: '', NCLOUD_ACCESS_KEY: 'a', NCLOUD_SECRET_KEY: 'b' };
  expect(read({ env }).accounts.get('naver')?.settings).toMatchObject({ accessKey: 'a', secretKey: 'b' });
});

const unfit: [string, string, string][] = [
  ['a line break', 'secret\nkey', 'has a line break'],
  ['a carriage return at its end', 'secret-key\r', 'has a line break'],
  ['a space before it', ' secret-key', 'begins or ends with a space'],
  ['a space after it', 'secret-key\t', 'begins or ends with a space'],
  ['a quotation mark of a word processor', '“secret-key”', 'no HTTP header can carry'],
  ['an invisible character', 'secret\u200bkey', 'no HTTP header can carry'],
  ['a control character', 'secret\u0001key', 'no HTTP header can carry'],
];
test.each(unfit)('a key with %s is refused at start, and not shown', (_, key, words) => {
  const file = fileOf({ accounts: { prod: { provider: 'nhn', appKey: key, accessKeyId: 'b', secretAccessKey: 'c' } } });
  for (const sources of [{ env: { ...credentials, NHN_APP_KEY: key } }, { file }]) {
    const faults = faultsOf(sources);
    expect(faults).toEqual([expect.stringContaining(words)]);
    expect(faults[0]).not.toContain('secret');
  }
});

test('a token for approvals that no header can carry is refused, and not shown', () => {
  const faults = faultsOf({ env: { PGFLEET_TOKEN: 'secret\ntoken' } });
  expect(faults).toEqual([expect.stringContaining('PGFLEET_TOKEN cannot be used')]);
  expect(faults[0]).not.toContain('secret');
});

test('a byte order mark before a file is skipped', () => {
  const key = fileOf('\uFEFFfrom-a-file\r\n', 'key');
  const prod = { provider: 'nhn', appKey: { file: key }, accessKeyId: 'b', secretAccessKey: 'c' };
  const file = fileOf(`\uFEFF${JSON.stringify({ accounts: { prod } })}`);
  expect(read({ file }).accounts.get('prod')?.settings).toMatchObject({ appKey: 'from-a-file' });
});

test('the folder of the user may be written as ~ in every path', () => {
  const key = fileOf('from-a-file', 'key');
  const file = fileOf({
    policy: '~/policy.json',
    accounts: { prod: { provider: 'nhn', appKey: { file: '~/key' }, accessKeyId: 'b', secretAccessKey: 'c' } },
  });
  const paths = { PGFLEET_SECRETS_DIR: '~', PGFLEET_TOKENS_FILE: 'a/~/b' };
  const config = read({ env: { ...paths, HOME: dirname(key) }, flags: { auditLog: '~/audit.jsonl' }, file });
  expect(config).toMatchObject({
    auditLog: join(dirname(key), 'audit.jsonl'),
    secretsDir: dirname(key),
    policy: join(dirname(key), 'policy.json'),
    tokensFile: 'a/~/b',
  });
  expect(config.accounts.get('prod')?.settings).toMatchObject({ appKey: 'from-a-file' });
  const other = fileOf({ lang: 'ko' });
  expect(read({ env: { HOME: dirname(other) }, file: '~/pgfleet.json' }).lang).toBe('ko');
  const targets = fileOf({ targets: { chat: { url: 'https://chat.example', shape: 'slack' } } }, 'hooks.json');
  const env = { PGFLEET_SANDBOX: 'nhn', PGFLEET_HOOKS: '~/hooks.json', HOME: dirname(targets) };
  expect(read({ env }).hookTargets).toHaveLength(1);
});

test('the gateway that the provider’s own tools name is used, unless a whole address is given', () => {
  const env = { NAVER_ACCESS_KEY: 'a', NAVER_SECRET_KEY: 'b', NCLOUD_API_GW: 'https://ncloud.apigw.gov-ntruss.com' };
  expect(read({ env }).accounts.get('naver')?.settings).toMatchObject({ gateway: env.NCLOUD_API_GW, baseUrl: '' });
  expect(faultsOf({ env: { ...env, NCLOUD_API_GW: 'ncloud' } })).toEqual([expect.stringContaining('NCLOUD_API_GW')]);
});

const samsung = { SAMSUNG_ACCESS_KEY: 'a', SAMSUNG_SECRET_KEY: 'b' };
const ended: [string, Record<string, string>, string, number][] = [
  ['before its end', samsung, '2026-05-30T23:59:59Z', 0],
  ['from its end on', samsung, '2026-05-31T00:00:00Z', 1],
  ['from its end on, also where it is set', { ...samsung, SAMSUNG_API_VERSION: 'postgresql 1.0' }, '2027-01-01', 1],
  ['never where another one is set', { ...samsung, SAMSUNG_API_VERSION: 'postgresql 1.1' }, '2027-01-01', 0],
];
test.each(ended)('a version that its provider has marked as ended is told %s', (_, env, time, count) => {
  const lines = endedSettings(read({ env }).accounts.values(), Date.parse(time));
  expect(lines).toHaveLength(count);
  for (const word of count ? ['postgresql 1.0', '2026-05-31', 'SAMSUNG_API_VERSION', 'postgresql 1.1'] : [])
    expect(lines[0]).toContain(word);
});

test.each(['socks5://user:secret@proxy.test:1080', 'http://user:secret@', 'http://user:secret@proxy:x'])(
  'a proxy %s that cannot be used is a fault that does not show its password',
  (proxy) => {
    for (const variable of ['HTTPS_PROXY', 'http_proxy']) {
      const faults = faultsOf({ env: { ...credentials, [variable]: proxy } });
      expect(faults).toEqual([expect.stringContaining(`${variable} is no proxy`)]);
      expect(faults[0]).not.toContain('secret');
    }
  },
);

test('the password of a proxy is a secret, as it is written and as it is meant', () => {
  const config = read({ env: { HTTPS_PROXY: 'http://user:a%40b-secret@proxy.test:3128', NO_PROXY: '.test' } });
  expect(config.proxies.exceptions).toBe('.test');
  expect(secretsIn(config)).toEqual(['a%40b-secret', 'a@b-secret']);
});
