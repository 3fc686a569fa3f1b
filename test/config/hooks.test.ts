import { expect, test } from 'vitest';
import { secretsIn } from '../../src/config/config.js';
import { faultsOf, fileOf, read } from './reading.js';

const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const url = 'https://hooks.example/T0/B0/hidden-part';
const env = (targets: unknown, more: Record<string, string> = {}) => ({
  PGFLEET_SANDBOX: 'nhn',
  PGFLEET_HOOKS: fileOf(JSON.stringify({ targets })),
  ...more,
});

const bad: [string, unknown, string[]][] = [
  ['no target', {}, ['at least one target']],
  ['a target that is no object', { ops: 'x' }, ['targets.ops', 'object']],
  ['a name of more than a word', { 'ops team': { url, key } }, ['ops team', 'letters']],
  ['no address', { ops: { key } }, ['targets.ops', 'lacks url']],
  ['no key', { ops: { url } }, ['targets.ops', 'lacks key', 'openssl']],
  ['a short key', { ops: { url, key: 'whsec_c2hvcnQ=' } }, ['key of targets.ops', '24 bytes']],
  ['a key of another form', { ops: { url, key: 'hidden-part' } }, ['key of targets.ops', 'whsec_']],
  ['http', { ops: { url: 'http://hooks.example/hidden-part', key } }, ['url of targets.ops', 'https']],
  ['http to this machine that is not allowed', { ops: { url: 'http://127.0.0.1:1/', key } }, ['allow']],
  ['http to an allowed address elsewhere', { ops: { url: 'http://10.0.0.1/', key, allow: ['10.0.0.0/8'] } }, ['https']],
  ['a user in the address', { ops: { url: 'https://a:hidden-part@hooks.example/', key } }, ['no user']],
  ['an unknown event', { ops: { url, key, events: ['approval.lost'] } }, ['events of targets.ops', 'approval.decided']],
  ['an unknown account', { ops: { url, key, accounts: ['samsung'] } }, ['accounts of targets.ops', 'nhn']],
  ['an unknown shape', { ops: { url, key, shape: 'irc' } }, ['shape of targets.ops', 'slack']],
  ['a range that is none', { ops: { url, key, allow: ['inside'] } }, ['allow of targets.ops', '10.0.0.0/8']],
  ['an unknown member', { ops: { url, key, secret: 'hidden-part' } }, ['secret of targets.ops', 'not known']],
  ['a variable that is not set', { ops: { url, key: { env: 'OPS_KEY' } } }, ['OPS_KEY', 'not set']],
];
test.each(bad)('%s is a fault that says which and how, and shows no secret', (_, targets, words) => {
  const faults = faultsOf({ env: env(targets) }).join('\n');
  for (const word of words) expect(faults).toContain(word);
  expect(faults).not.toContain('hidden-part');
});

test('a file that is not there, and one that is no JSON, are faults', () => {
  expect(faultsOf({ env: { PGFLEET_SANDBOX: '1', PGFLEET_HOOKS: '/nowhere/hooks.json' } }).join()).toContain(
    'cannot be',
  );
  const torn = fileOf(`{"targets":{"ops":{"key":"${key}`);
  const [fault = ''] = faultsOf({ env: { PGFLEET_SANDBOX: '1', PGFLEET_HOOKS: torn } });
  expect(fault).toContain('not JSON');
  expect(fault).not.toContain('MfKQ');
});

test('keys and addresses come from variables and files too, and are secrets as a whole and in part', () => {
  const targets = {
    ops: { url: { file: fileOf(`${url}\n`) }, key: { env: 'PGFLEET_OPS_KEY' }, events: ['job.ended'] },
    chat: { url, shape: 'slack', language: 'ko' },
  };
  const config = read({ env: env(targets, { PGFLEET_OPS_KEY: key }) });
  expect(config.hookTargets).toMatchObject([
    { name: 'ops', url, key, events: ['job.ended'], shape: 'standard', language: 'en', allow: [] },
    { name: 'chat', url, shape: 'slack', language: 'ko' },
  ]);
  // A chat is not told every line of the record, if nobody says so.
  expect(config.hookTargets[1]?.events).not.toContain('audit.written');
  expect(secretsIn(config)).toEqual(expect.arrayContaining([url, '/T0/B0/hidden-part', key, key.slice(6)]));
});

test('while a key is changed there are two, each a secret, and never three', () => {
  const next = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
  const config = read({ env: env({ ops: { url, key: `${key} ${next}` } }) });
  expect(secretsIn(config)).toEqual(expect.arrayContaining([key, key.slice(6), next, next.slice(6)]));
  const faults = faultsOf({ env: env({ ops: { url, key: [key, next, key].join(' ') } }) }).join();
  expect(faults).toContain('key of targets.ops');
  expect(faults).not.toContain(next.slice(6));
});
