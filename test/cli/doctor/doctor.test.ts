import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { providerNames } from '../../../src/providers/settings.js';
import { keys, startAnswering } from '../../support/answering.js';
import { startFleet } from '../../support/fleet.js';
import { runInProcess } from '../../support/in-process.js';
import { examined, runDoctor, troubles } from './run-doctor.js';
import { startUnknownPlace } from './unknown-place.js';

test('a healthy fleet of all providers has nothing to mend', async () => {
  const { environment } = await startFleet();
  const found = await examined([], environment);
  expect(troubles(found)).toEqual([]);
  expect(found.failed).toBe(false);
  for (const name of providerNames) {
    const own = found.lines.filter(({ account }) => account === name);
    expect(own.map(({ check }) => check)).toEqual(expect.arrayContaining(['endpoint', 'clock', 'credentials', 'read']));
  }
});

test('the sandbox has nothing to mend, and its text ends with the counts', async () => {
  const { text, failed } = await runDoctor(['--sandbox']);
  expect(failed).toBe(false);
  expect(text).toMatch(/\d+ ok, 0 warnings, 0 faults\n$/);
});

test('only reads are sent', async () => {
  const fleet = await startFleet();
  await examined([], fleet.environment);
  expect(fleet.sent.length).toBeGreaterThan(60);
  expect(fleet.changes()).toEqual([]);
});

test('settings with a fault are told, and the other accounts are looked at all the same', async () => {
  const { environment } = await startFleet({ providers: ['nhn'] });
  const unexpanded = ['$', '{SAMSUNG_ACCESS_KEY}'].join('');
  const more = {
    SAMSUNG_ACCESS_KEY: unexpanded,
    SAMSUNG_SECRET_KEY: '열쇠',
    PGFLEET_CONFRIM: 'off',
  };
  const found = await examined([], { ...environment, ...more });
  expect(troubles(found)).toEqual(['fault settings', 'fault settings', 'fault settings']);
  expect(found.lines.filter(({ account, check }) => account === 'nhn' && check === 'read').length).toBeGreaterThan(30);
  expect(found.failed).toBe(true);
});

test('without any account the doctor says what to set', async () => {
  const found = await examined([]);
  expect(troubles(found)).toEqual(['fault settings']);
  expect(found.lines[0]?.says).toContain('NHN_APP_KEY');
  expect(found.lines.map(({ check }) => check)).toContain('audit');
});

test('a read that the key may not make is named with its permission', async () => {
  const refused = { header: { resultCode: 80403, resultMessage: 'Forbidden', isSuccessful: false } };
  const { environment } = await startFleet({
    providers: ['nhn'],
    between: (send) => async (request, signal) => {
      const answer = await send(request, signal);
      return request.url.endsWith('/user-groups') ? { ...answer, body: JSON.stringify(refused) } : answer;
    },
  });
  const found = await examined([], environment);
  expect(troubles(found)).toEqual(['fault permission nhn_list_user_groups']);
  expect(JSON.stringify(found.lines)).toContain('RDSforPostgreSQL:UserGroup.List');
});

test('keys that are refused end the look at an account', async () => {
  const { environment } = await startFleet({ providers: ['naver'] });
  const found = await examined([], { ...environment, NAVER_SECRET_KEY: 'another-one' });
  expect(troubles(found)).toEqual(['fault credentials']);
  expect(JSON.stringify(found)).not.toContain('another-one');
});

test('an endpoint that nobody listens at is one fault', async () => {
  const { environment } = await startFleet({ providers: ['naver'] });
  const found = await examined([], { ...environment, NAVER_BASE_URL: 'http://127.0.0.1:9' });
  expect(troubles(found)).toEqual(['fault endpoint']);
});

test('a host that is not known is not blamed on a proxy where there is none', async () => {
  const { environment } = await startFleet({ providers: ['naver'] });
  const found = await examined([], { ...environment, NAVER_BASE_URL: 'https://provider.invalid' });
  expect(troubles(found)).toEqual(['fault endpoint']);
  expect(found.lines.find(({ check }) => check === 'endpoint')?.mend).toContain('the name service');
});

test('a proxy that refuses the way is named, without its password', async () => {
  const proxy = createServer().on('connect', (_, socket) =>
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
  );
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const { port } = proxy.address() as AddressInfo;
  const found = await examined([], {
    NAVER_ACCESS_KEY: 'key',
    NAVER_SECRET_KEY: 'secret-of-naver',
    HTTPS_PROXY: `http://somebody:pass-of-proxy@127.0.0.1:${port}`,
  });
  expect(troubles(found)).toEqual(['fault endpoint']);
  expect(JSON.stringify(found)).toContain('HTTPS_PROXY');
  expect(JSON.stringify(found)).toContain('Ask who runs the proxy');
  expect(JSON.stringify(found)).not.toContain('pass-of-proxy');
});

test('where the only account has a fault, that is all that is told', async () => {
  const found = await examined([], { NAVER_ACCESS_KEY: ['$', '{KEY}'].join(''), NAVER_SECRET_KEY: 'secret-of-naver' });
  expect(troubles(found)).toEqual(['fault settings']);
});

test('a certificate of an authority that is not known here is told as such', async () => {
  const found = await examined([], {
    NAVER_ACCESS_KEY: 'key',
    NAVER_SECRET_KEY: 'secret-of-naver',
    NAVER_BASE_URL: await startUnknownPlace(),
  });
  expect(troubles(found)).toEqual(['fault tls']);
  expect(JSON.stringify(found)).toContain('NODE_EXTRA_CA_CERTS');
});

test('a clock that is off is told with its distance', async () => {
  const late = new Date(Date.now() + 420_000).toUTCString();
  const empty = {
    getCloudPostgresqlInstanceListResponse: { returnCode: '0', totalRows: 0, cloudPostgresqlInstanceList: [] },
  };
  const provider = await startAnswering(['naver'], () => ({ headers: { date: late }, body: empty }));
  const { lines } = await examined([], provider.environment);
  expect(lines.find(({ check }) => check === 'clock')).toMatchObject({
    status: 'fault',
    says: expect.stringMatching(/4\d\d s behind/),
  });
});

test('a provider that limits its callers is told once', async () => {
  const { environment } = await startFleet({
    providers: ['cegedim'],
    faults: [{ on: 'GET /itcare/actions', kind: 'status', value: 429, times: 1 }],
  });
  expect(troubles(await examined([], environment))).toEqual(['warning limits']);
});

test('what is wrong on this machine is told beside the accounts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-doctor-'));
  chmodSync(folder, 0o755);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const found = await examined(['--sandbox', 'naver'], {
    PGFLEET_STORE: 'redis://127.0.0.1:9',
    PGFLEET_POLICY: file('policy.json', '{ "rules": [ { "tols": ["*"] } ] }'),
    PGFLEET_TOKENS_FILE: file('tokens.json', '{ "tokens": [ { "name": "ci" } ] }'),
    PGFLEET_AUDIT_LOG: file('audit.sandbox.jsonl', 'no line\n').replace('.sandbox', ''),
    PGFLEET_SECRETS_DIR: folder,
    PGFLEET_PUBLIC_URL: 'http://127.0.0.1:9',
  });
  const checks = new Set(troubles(found));
  expect(checks).toEqual(
    new Set(['fault store', 'fault audit', 'warning secrets', 'fault policy', 'fault tokens', 'warning page']),
  );
});

test('a port that a server of pgfleet has is well, and one that another program has is told', async () => {
  const server = await runInProcess({ args: ['http', '--sandbox', 'naver', '--port', '0'] });
  onTestFinished(server.close);
  const own = /127\.0\.0\.1:(\d+)/.exec(server.stdout())?.[1] ?? '';
  expect(troubles(await examined(['--sandbox', 'naver'], { PGFLEET_PORT: own }))).toEqual([]);
  const other = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  expect(troubles(await examined(['--sandbox', 'naver'], { PGFLEET_PORT: String(port) }))).toEqual(['warning page']);
});

test('no key and no token stands in what is printed', async () => {
  const provider = await startAnswering([...providerNames], () => ({
    status: 403,
    body: { keys: Object.values(keys) },
  }));
  const { text } = await runDoctor([], provider.environment);
  for (const key of Object.values(keys)) expect(text).not.toContain(key);
});

test.each(['audit.jsonl', 'secrets'])(
  'what cannot be made because a file stands above it is a fault: %s',
  async (name) => {
    const file = join(mkdtempSync(join(tmpdir(), 'pgfleet-doctor-')), 'file');
    writeFileSync(file, '');
    const setting = name === 'secrets' ? 'PGFLEET_SECRETS_DIR' : 'PGFLEET_AUDIT_LOG';
    const found = await examined(['--sandbox', 'naver'], { [setting]: join(file, name) });
    expect(troubles(found)).toEqual([name === 'secrets' ? 'fault secrets' : 'fault audit']);
  },
);
