import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/define/config-error.js';
import { runInProcess } from '../../support/in-process.js';
import { run } from '../../support/raw.js';
import { freePort } from '../../support/services/redis.js';
import { tokensFor } from '../support/people.js';
import { startHttp } from '../support/start-http.js';

const sandbox = { PGFLEET_SANDBOX: 'nhn' };

function fileOf(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-start-')), 'file.json');
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

const issuer = 'http://127.0.0.1:9';
const policy = {
  rules: [
    { effect: 'forbid', tools: ['nhn_delete_*'] },
    { effect: 'deny', tools: ['nhn_dellete_*'] },
    { effect: 'allow', fourEyes: true },
    { effect: 'deny' },
    { effect: 'human', times: [{ days: ['mon'], zone: 'Mars/Base' }] },
  ],
};

describe('does not start', () => {
  const faults: [string, Record<string, string>, string[], string[]][] = [
    ['for others without sign-in', {}, ['--host', '0.0.0.0'], ['PGFLEET_ISSUER', 'PGFLEET_TOKENS_FILE', '127.0.0.1']],
    ['for others without its address', { PGFLEET_ISSUER: issuer }, ['--host', '0.0.0.0'], ['PGFLEET_PUBLIC_URL']],
    ['as one of several without a store', { PGFLEET_REPLICAS: '2' }, [], ['PGFLEET_STORE=redis://', '2 replicas']],
    ['with a store that is none', { PGFLEET_STORE: 'mongodb://u:s3cret-of-mine@127.0.0.1/' }, [], ['PGFLEET_STORE']],
    ['with a key that is none', { PGFLEET_KEY: 's3cret-of-mine' }, [], ['PGFLEET_KEY', 'openssl']],
    ['with a client id and no issuer', { PGFLEET_CLIENT_ID: 'page' }, [], ['PGFLEET_CLIENT_ID', 'PGFLEET_ISSUER']],
    ['with a policy that is not there', { PGFLEET_POLICY: '/nowhere/policy.json' }, [], ['/nowhere/policy.json']],
    ['with a policy that is no JSON', { PGFLEET_POLICY: fileOf('{"rules":') }, [], ['is not JSON']],
    [
      'with a policy that has faults, all of which it names',
      { PGFLEET_POLICY: fileOf(JSON.stringify(policy)) },
      [],
      ['rule 1', 'forbid', 'rule 2', 'nhn_dellete_*', 'rule 3', 'fourEyes', 'rule 5', 'Mars/Base', 'never reached'],
    ],
    ['with tokens that are not there', { PGFLEET_TOKENS_FILE: '/nowhere/tokens.json' }, [], ['/nowhere/tokens.json']],
    ['with tokens that are no JSON', { PGFLEET_TOKENS_FILE: fileOf('pgf_s3cret-of-mine') }, [], ['is not JSON']],
    [
      'with tokens that have faults, all of which it names',
      { PGFLEET_TOKENS_FILE: fileOf('{"tokens":[{"name":"a b","sha256":"pgf_s3cret-of-mine","scopes":[]}]}') },
      [],
      ['tokens[0].name', 'tokens[0].sha256', 'tokens[0].scopes'],
    ],
    ['on a port that is none', {}, ['--port', '70000'], ['--port', '65535']],
    ['with a limit that is none', { PGFLEET_CALLS_PER_SECOND: '0' }, [], ['PGFLEET_CALLS_PER_SECOND', '1 or more']],
  ];
  test.each(faults)('%s, and says what to do', async (_, env, args, says) => {
    const started = runInProcess({ args: ['http', '--port', '0', ...args], env: { ...sandbox, ...env } });
    const { message, cause } = await started.then(
      () => expect.fail('It starts.'),
      (error: Error) => error,
    );
    expect(cause).toBeInstanceOf(ConfigError);
    for (const each of says) expect(message).toContain(each);
    expect(message).not.toMatch(/s3cret-of-mine|^\s+at /m);
  });

  test('with several faults at once, and names each', async () => {
    const env = { ...sandbox, PGFLEET_REPLICAS: '3', PGFLEET_CLIENT_ID: 'page' };
    const { code, stdout, stderr } = await run(['http', '--host', '0.0.0.0'], env);
    expect(code).toBe(2);
    for (const each of ['PGFLEET_ISSUER', 'PGFLEET_PUBLIC_URL', 'PGFLEET_STORE', 'PGFLEET_CLIENT_ID'])
      expect(stderr).toContain(each);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
  });

  test('when its store cannot be reached, and says where it looked', async () => {
    const port = await freePort();
    const { code, stderr } = await run(['http', '--port', '0'], {
      ...sandbox,
      PGFLEET_STORE: `redis://:s3cret-of-mine@127.0.0.1:${port}`,
    });
    expect(code).not.toBe(0);
    expect(stderr).toContain(String(port));
    expect(stderr).toContain('PGFLEET_STORE');
    expect(stderr).not.toContain('s3cret-of-mine');
  });

  test('on a port that is taken, and says which', async () => {
    const { url } = await startHttp();
    const { port } = new URL(url);
    const { code, stderr } = await run(['http', '--port', port], sandbox);
    expect(code).not.toBe(0);
    expect(stderr).toContain(port);
  });
});

describe('says that sign-in is needed, and how,', () => {
  const { env: tokensFile } = tokensFor({ oncall: {} });
  const issuer = { PGFLEET_ISSUER: 'http://127.0.0.1:1/issuer' };
  const inBrowser = 'Sign-in is needed: the host opens a browser at http://127.0.0.1:1/issuer for it.';
  const byToken = 'Sign-in is needed: put a token made by "pgfleet token"';

  test.each([
    ['at an issuer', issuer, [inBrowser, '&& claude mcp login pgfleet\n', '&& codex mcp login pgfleet\n'], false],
    ['by a token', tokensFile, [byToken, '--header "Authorization: Bearer <token>"\n', ' PGFLEET_TOKEN\n'], true],
    ['by either', { ...issuer, ...tokensFile }, [inBrowser, '"Authorization: Bearer <token>"'], false],
  ])('%s', async (_, env, says, hasHeader) => {
    const { stdout } = await startHttp({ env });
    for (const each of says) expect(stdout()).toContain(each);
    expect(stdout().includes('"Authorization": "Bearer <token>"')).toBe(hasHeader);
  });

  test('and not where it is not', async () => {
    const { stdout } = await startHttp();
    expect(stdout()).not.toContain('Sign-in');
  });
});

test('says where it serves, where to approve and what to paste', async () => {
  const { url, stdout, code } = await startHttp();
  expect(stdout()).toContain(`${url}/approvals`);
  const pasted = JSON.parse(/^\{$.*^\}$/ms.exec(stdout())?.[0] ?? '{}');
  expect(pasted).toMatchObject({
    mcpServers: { pgfleet: { type: 'http', url: expect.stringContaining(`${url}/mcp`) } },
  });
  expect(stdout()).toContain(`\n  claude mcp add --transport http pgfleet ${url}/mcp\n`);
  expect(stdout()).toContain(`\n  codex mcp add pgfleet --url ${url}/mcp\n`);
  expect(code()).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
});
