import { expect, test } from 'vitest';
import type { ConfigSources } from '../../src/config/config.js';
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
