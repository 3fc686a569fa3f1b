import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, onTestFinished, test } from 'vitest';
import { providerNames, secretsOf, settingsOf } from '../../../src/providers/settings.js';
import { root } from '../../project/documents.js';
import { type Fleet, startFleet } from '../../support/fleet.js';
import { newHome, node, script, setUp } from './set-up.js';

/** The command line for an account of a fleet, with its keys in variables. */
function optionsFor(fleet: Fleet, name: string, config: string) {
  const account = fleet.served.get(name);
  if (!account) throw new Error(`The fleet has no ${name}.`);
  const { provider, settings } = account;
  const values = Object.entries<string>(settings);
  const secrets = secretsOf(provider, settings);
  const keys = values.filter(([, value]) => secrets.includes(value));
  const rest = values.filter(([, value]) => !secrets.includes(value) && value !== '');
  return {
    secrets,
    env: Object.fromEntries(keys.map(([key, value]) => [`GIVEN_${key}`, value])),
    args: [
      '--provider',
      provider,
      '--config',
      config,
      ...keys.flatMap(([key]) => ['--key', `${key}=env:GIVEN_${key}`]),
      ...rest.flatMap(([key, value]) => ['--setting', `${key}=${value}`]),
    ],
  };
}

/** Every file below a folder, with its text. */
const allTexts = (folder: string): [string, string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isFile() ? [[path, readFileSync(path, 'utf8')]] : [];
  });

describe.each(providerNames)('an account of %s', (provider) => {
  test('is tried with reads alone, and its keys are in files that only the user can read', async () => {
    const fleet = await startFleet({ providers: [provider] });
    const { home, config, read } = newHome();
    const { args, env, secrets } = optionsFor(fleet, provider, config);
    const { said, ok } = await setUp(home, ['cursor', ...args], { env });
    expect(said).toMatch(new RegExp(`^${provider} was read: [1-9]\\d* instances?\\.\n`));
    expect(ok).toBe(true);
    expect(fleet.sent.length).toBeGreaterThan(0);
    expect(fleet.changes()).toEqual([]);

    const withKey = allTexts(home).filter(([, text]) => secrets.some((secret) => text.includes(secret)));
    const keys = Object.entries(settingsOf(provider)).flatMap(([key, { fallback }]) =>
      fallback === undefined ? join(home, 'own/keys', provider, key) : [],
    );
    expect(withKey.map(([path]) => path).toSorted()).toEqual(keys.toSorted());
    for (const [path] of withKey) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'own/keys')).mode & 0o777).toBe(0o700);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    expect(JSON.parse(read('.cursor/mcp.json'))).toEqual({
      mcpServers: { pgfleet: { command: node, args: [script, '--config', config] } },
    });
  });
});

/** An account of the emulator, and a home that does not know it yet. */
async function newcomer() {
  const fleet = await startFleet({ providers: ['nhn'] });
  const place = newHome();
  return { fleet, ...place, ...optionsFor(fleet, 'nhn', place.config) };
}

test('what a host reads starts a server that knows the account', async () => {
  const { home, args, env, read } = await newcomer();
  const program = { node: process.execPath, script: join(root, 'dist/main.js') };
  await setUp(home, ['claude-code', ...args, '--account', 'prod'], { env, ...program });
  const entry = JSON.parse(read('.claude.json')).mcpServers.pgfleet as { command: string; args: string[] };
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(new StdioClientTransport({ ...entry, env: { HOME: home } }));
  onTestFinished(() => client.close());
  const { content } = await client.callTool({ name: 'fleet_overview' });
  expect(JSON.stringify(content)).toMatch(/prod\W+available/);
});

test('a second run writes nothing and makes no copies', async () => {
  const { home, args, env } = await newcomer();
  await setUp(home, ['codex', ...args], { env });
  const before = allTexts(home);
  expect((await setUp(home, ['codex', ...args], { env })).ok).toBe(true);
  expect(allTexts(home)).toEqual(before);
});

test('an account beside others leaves them, and every other setting, as they are', async () => {
  const { home, config, args, env, write, read } = await newcomer();
  const kept = { profile: 'core', accounts: { 'nhn-try': { provider: 'nhn', sandbox: true } } };
  write('own/config.json', JSON.stringify(kept));
  await setUp(home, ['cursor', ...args, '--account', 'prod', '--setting', 'region=kr2'], { env });
  expect(JSON.parse(read('own/config.json'))).toEqual({
    ...kept,
    accounts: {
      ...kept.accounts,
      prod: {
        provider: 'nhn',
        region: 'kr2',
        baseUrl: expect.any(String),
        tokenUrl: expect.any(String),
        ...Object.fromEntries(
          ['appKey', 'accessKeyId', 'secretAccessKey'].map((key) => [key, { file: join(config, '../keys/prod', key) }]),
        ),
      },
    },
  });
});

describe('keys', () => {
  test('come from a variable, a file and lines of stdin', async () => {
    const { fleet, home, config } = await newcomer();
    const { appKey, accessKeyId, secretAccessKey, baseUrl, tokenUrl } = Object.fromEntries(
      Object.entries<string>(fleet.served.get('nhn')?.settings ?? {}),
    );
    writeFileSync(join(home, 'id'), `${accessKeyId}\n`);
    const keys = ['NHN_APP_KEY=stdin', 'accessKeyId=file:~/id', 'secretAccessKey=stdin'];
    const options = [...keys.flatMap((key) => ['--key', key]), '--setting', `baseUrl=${baseUrl}`];
    const { ok } = await setUp(
      home,
      ['cursor', '--provider', 'nhn', '--config', config, ...options, '--setting', `tokenUrl=${tokenUrl}`],
      { stdin: `${appKey}\n${secretAccessKey}\n`, env: { HOME: home } },
    );
    expect(ok).toBe(true);
  });

  test('are taken from the usual variables, and that is said', async () => {
    const { fleet, home, config } = await newcomer();
    const { said, ok } = await setUp(home, ['cursor', '--provider', 'nhn', '--config', config], {
      env: fleet.environment,
    });
    expect(said).toContain('appKey is taken from NHN_APP_KEY.');
    expect(ok).toBe(true);
  });

  test('that are refused are not kept, unless that is wanted', async () => {
    const { home, args, env } = await newcomer();
    const wrong = { ...env, GIVEN_secretAccessKey: 'wrong-secret' };
    const refused = await setUp(home, ['cursor', ...args], { env: wrong });
    expect(refused.ok).toBe(false);
    expect(refused.said).toMatch(/^nhn could not be read: .*--no-check/s);
    expect(refused.said).not.toContain('wrong-secret');
    expect(readdirSync(home)).toEqual([]);
    expect(await setUp(home, ['cursor', ...args, '--no-check'], { env: wrong })).toMatchObject({ ok: true });
  });

  test('of a provider that cannot be reached are not kept', async () => {
    const { home, args, env } = await newcomer();
    const { said } = await setUp(home, ['cursor', ...args, '--setting', 'baseUrl=http://127.0.0.1:1'], { env });
    expect(said).toContain('could not be read');
    expect(readdirSync(home)).toEqual([]);
  });

  test('that others replace are not written over unasked', async () => {
    const { home, args, env } = await newcomer();
    await setUp(home, ['cursor', ...args], { env });
    const others = { ...env, GIVEN_secretAccessKey: 'another-secret' };
    const before = allTexts(home);
    const { said, ok } = await setUp(home, ['cursor', ...args, '--no-check'], { env: others });
    expect(ok).toBe(false);
    expect(said).toContain('Another secretAccessKey of nhn is kept in files');
    expect(said).not.toContain('another-secret');
    expect(allTexts(home)).toEqual(before);
    await setUp(home, ['cursor', ...args, '--no-check', '--force'], { env: others });
    expect(readFileSync(join(home, 'own/keys/nhn/secretAccessKey'), 'utf8')).toBe('another-secret');
  });

  test('in the configuration file are not shown where they are written over', async () => {
    const { home, args, env, write, read } = await newcomer();
    const text = JSON.stringify({ accounts: { nhn: { provider: 'nhn', appKey: 'k3y-in-clear', region: 'kr2' } } });
    write('own/config.json', text);
    const { said, ok } = await setUp(home, ['cursor', ...args], { env });
    expect(ok).toBe(false);
    expect(said).toContain('now:  {"provider":"nhn","appKey":"…","region":"kr2"}');
    expect(read('own/config.json')).toBe(text);
  });
});

test('an account that the file has as the section of its provider is not configured twice', async () => {
  const { home, args, env, write, read } = await newcomer();
  const text = JSON.stringify({ nhn: { appKey: 'a', accessKeyId: 'b', secretAccessKey: 'c' } });
  write('own/config.json', text);
  const { said, ok } = await setUp(home, ['cursor', ...args], { env });
  expect(ok).toBe(false);
  expect(said).toContain('has nhn as a section of its own. Take another name with --account.');
  expect(allTexts(home).map(([, each]) => each)).toEqual([text]);
  expect(await setUp(home, ['cursor', ...args, '--account', 'prod'], { env })).toMatchObject({ ok: true });
  expect(JSON.parse(read('own/config.json'))).toMatchObject({ ...JSON.parse(text), accounts: { prod: {} } });
});

/** What is wrong with a command line. */
const faults: [string, string[], string[]][] = [
  ['no provider', [], ['--provider', 'nhn, samsung, naver, cegedim', '--sandbox']],
  ['an unknown provider', ['--provider', 'aws'], ['--provider', 'nhn, samsung']],
  ['no keys', ['--provider', 'nhn'], ['needs appKey and accessKeyId and secretAccessKey', '--key appKey=env:NAME']],
  ['a key in clear', ['--provider', 'nhn', '--key', 'appKey=k3y'], ['--key appKey has to be env:NAME, file:PATH']],
  ['a key as a setting', ['--provider', 'nhn', '--setting', 'appKey=k3y'], ['--setting appKey is a key']],
  ['a setting as a key', ['--provider', 'nhn', '--key', 'region=env:k3y'], ['--key region is no key of nhn']],
  ['an unknown key', ['--provider', 'nhn', '--key', 'appkey=env:k3y'], ['--key appkey is no key of nhn']],
  ['a variable that is not set', ['--provider', 'nhn', '--key', 'appKey=env:GONE'], ['GONE, which is not set']],
  ['a file that is not there', ['--provider', 'nhn', '--key', 'appKey=file:/gone'], ['/gone, which cannot be read']],
  ['an empty stdin', ['--provider', 'nhn', '--key', 'appKey=stdin'], ['--key appKey has no line of its own on stdin']],
  ['an unknown setting', ['--provider', 'nhn', '--setting', 'zone=1'], ['--setting zone is no setting of nhn']],
];
test.each(faults)('%s is a fault, told before anything is written', async (_what, args, words) => {
  const { home } = newHome();
  const { said, ok } = await setUp(home, ['cursor', ...args]);
  expect(ok).toBe(false);
  for (const word of words) expect(said).toContain(word);
  expect(said).not.toContain('k3y');
  expect(readdirSync(home)).toEqual([]);
});

test('an account has a name and settings that a server takes', async () => {
  const { home, args, env } = await newcomer();
  for (const [more, words] of [
    [['--account', 'My Account'], 'cannot be the name of an account'],
    [['--setting', 'region=Korea'], 'a region such as kr1'],
  ] as const)
    expect(await setUp(home, ['cursor', ...args, ...more], { env })).toMatchObject({
      ok: false,
      said: expect.stringContaining(words),
    });
  expect(readdirSync(home)).toEqual([]);
});
