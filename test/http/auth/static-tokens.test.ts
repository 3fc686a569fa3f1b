import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../../src/cli/system.js';
import { principalOf } from '../../../src/http/auth/authenticate.js';
import { tokenCommand } from '../../../src/http/auth/tokens.js';
import { startIssuer } from '../../support/issuer.js';
import { audience, door } from './callers.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const ci = { name: 'ci', sha256: sha256('secret-of-ci'), scopes: ['pgfleet:read'], groups: ['ops'] };
const oncall = { name: 'oncall', sha256: sha256('secret-of-oncall'), scopes: ['pgfleet:read', 'pgfleet:write'] };

/** A tokens file that only its owner can read. */
function tokensFile(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'pgfleet-tokens-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'tokens.json');
  write(path, content);
  return path;
}

const write = (path: string, content: unknown) =>
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });

test('a token of the file says who calls, and is not kept', async () => {
  const { verifyAccessToken, told } = door({ tokensFile: tokensFile({ tokens: [oncall, ci] }), now: () => 1_000_000 });
  const info = await verifyAccessToken('secret-of-ci');
  expect(principalOf(info)).toEqual({ id: 'token:ci', name: 'ci', groups: ['ops'], scopes: ['pgfleet:read'] });
  expect(info).toMatchObject({ token: '', clientId: 'ci', scopes: ['pgfleet:read'] });
  expect(info.expiresAt).toBe(1_000 + 3_600);
  expect(told).toEqual([]);
});

test.each(['secret-of-c', 'Secret-of-ci', '', ci.sha256, 'a.b.c'])('the token "%s" is not known', async (token) => {
  const { refusal } = door({ tokensFile: tokensFile({ tokens: [oncall, ci] }) });
  expect(await refusal(token)).toEqual({ code: 'invalid_token', message: 'The access token is not known here.' });
});

test('a byte order mark before the file is skipped', async () => {
  const { verifyAccessToken } = door({ tokensFile: tokensFile(`\uFEFF${JSON.stringify({ tokens: [ci] })}`) });
  expect(principalOf(await verifyAccessToken('secret-of-ci')).name).toBe('ci');
});

test('a token ends when its entry says so', async () => {
  const expires = new Date(Date.now() + 60_000).toISOString();
  const { verifyAccessToken, refusal, wait } = door({ tokensFile: tokensFile({ tokens: [{ ...ci, expires }] }) });
  const info = await verifyAccessToken('secret-of-ci');
  expect(info.expiresAt).toBe(Math.floor(Date.parse(expires) / 1_000));
  wait(61);
  expect(await refusal('secret-of-ci')).toMatchObject({
    code: 'invalid_token',
    message: expect.stringContaining('expired'),
  });
});

test('a token taken out of the file stops working while the server runs, and a new one works', async () => {
  const path = tokensFile({ tokens: [oncall, ci] });
  const { verifyAccessToken, refusal, wait } = door({ tokensFile: path });
  await verifyAccessToken('secret-of-ci');
  write(`${path}.new`, { tokens: [oncall, { ...ci, name: 'new', sha256: sha256('secret-of-new') }] });
  renameSync(`${path}.new`, path);
  wait(2);
  expect(await refusal('secret-of-ci')).toMatchObject({ code: 'invalid_token' });
  expect(principalOf(await verifyAccessToken('secret-of-new')).id).toBe('token:new');
});

test.each([
  { name: 'is no JSON any more', change: (path: string) => write(path, 'secret-of-ci') },
  { name: 'has a fault', change: (path: string) => write(path, { tokens: [{ ...ci, scopes: ['pgfleet:all'] }] }) },
  { name: 'is gone', change: (path: string) => rmSync(path) },
])('a file that $name changes nothing, and the operator is told once', async ({ change }) => {
  const path = tokensFile({ tokens: [ci] });
  const { verifyAccessToken, told, wait } = door({ tokensFile: path });
  change(path);
  for (let look = 0; look < 3; look += 1) {
    wait(2);
    expect(principalOf(await verifyAccessToken('secret-of-ci')).name).toBe('ci');
  }
  expect(told).toEqual([expect.stringContaining('the tokens read last go on to count')]);
  expect(told.join()).not.toContain('secret-of-ci');
});

test('a file that others can read is used, with a warning', async () => {
  const path = tokensFile({ tokens: [ci] });
  chmodSync(path, 0o644);
  const { verifyAccessToken, told } = door({ tokensFile: path });
  await verifyAccessToken('secret-of-ci');
  expect(told).toEqual([expect.stringContaining('chmod 600')]);
});

test.each([
  { name: 'not JSON', content: 'pgf_oops', says: ['is not JSON'] },
  { name: 'a list', content: [], says: ['the file'] },
  {
    name: 'an unknown scope',
    content: { tokens: [{ ...ci, scopes: ['pgfleet:all'] }] },
    says: ['tokens[0].scopes[0]', 'pgfleet:read'],
  },
  { name: 'no scope', content: { tokens: [{ ...ci, scopes: [] }] }, says: ['tokens[0].scopes'] },
  {
    name: 'a token where its hash belongs',
    content: { tokens: [{ ...ci, sha256: 'pgf_oops' }] },
    says: ['tokens[0].sha256'],
  },
  { name: 'a name with spaces', content: { tokens: [{ ...ci, name: 'c i' }] }, says: ['tokens[0].name'] },
  { name: 'a time that is none', content: { tokens: [{ ...ci, expires: 'soon' }] }, says: ['tokens[0].expires'] },
  { name: 'a slip in a key', content: { tokens: [{ ...ci, expire: '' }] }, says: ['tokens[0] does not know expire'] },
  { name: 'a name twice', content: { tokens: [ci, { ...oncall, name: 'ci' }] }, says: ['the name ci'] },
  {
    name: 'a token twice',
    content: { tokens: [ci, { ...oncall, sha256: ci.sha256.toUpperCase() }] },
    says: ['ci and oncall'],
  },
  {
    name: 'several faults',
    content: {
      tokens: [
        { ...ci, name: '' },
        { ...oncall, sha256: '1' },
      ],
    },
    says: ['tokens[0].name', 'tokens[1].sha256'],
  },
])('a file with $name is refused at start, saying where', ({ content, says }) => {
  const path = tokensFile(content);
  let message = '';
  try {
    door({ tokensFile: path });
  } catch (error) {
    message = error instanceof Error ? `${error.constructor.name}: ${error.message}` : '';
  }
  expect(message).toContain('ConfigError');
  expect(message).toContain(path);
  for (const each of says) expect(message).toContain(each);
  expect(message).not.toContain('pgf_oops');
});

test('a file that is not there is refused at start', () => {
  expect(() => door({ tokensFile: '/nowhere/tokens.json' })).toThrow('cannot be read');
});

test('a new token works once its entry is in the file, and the file does not hold it', async () => {
  const wanted = { name: 'ci', scopes: ['pgfleet:read'], expires: '2999-01-01T00:00:00Z' };
  const { token, entry } = tokenCommand(wanted, systemRandom);
  const { verifyAccessToken } = door({ tokensFile: tokensFile({ tokens: [JSON.parse(entry)] }) });
  expect(principalOf(await verifyAccessToken(token))).toMatchObject({ id: 'token:ci', scopes: ['pgfleet:read'] });
  expect(token).toMatch(/^pgf_[\w-]{43}$/);
  expect(entry).not.toContain(token);
  expect(tokenCommand(wanted, systemRandom).token).not.toBe(token);
});

test('a new token with an unknown scope and an impossible name is refused with both faults', () => {
  expect(() => tokenCommand({ name: 'c i', scopes: ['all'] }, systemRandom)).toThrow(/name.*\n.*scopes\[0\]/);
});

test('with an issuer and a file, each token goes to its own judge', async () => {
  const issuer = await startIssuer();
  const { verifyAccessToken } = door({ issuer: issuer.url, tokensFile: tokensFile({ tokens: [ci] }) });
  expect(principalOf(await verifyAccessToken('secret-of-ci')).id).toBe('token:ci');
  expect(issuer.requests).toEqual([]);
  expect(principalOf(await verifyAccessToken(await issuer.token({ aud: audience }))).id).toBe(`${issuer.url}#oncall`);
});

test('nobody signed in by the issuer can pass for a token of the file', async () => {
  const issuer = await startIssuer();
  const { verifyAccessToken } = door({ issuer: issuer.url, tokensFile: tokensFile({ tokens: [ci] }) });
  const info = await verifyAccessToken(await issuer.token({ aud: audience, sub: 'token:ci', name: 'ci' }));
  expect(principalOf(info).id).toBe(`${issuer.url}#token:ci`);
});
