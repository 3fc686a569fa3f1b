import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { principalOf } from '../../../src/http/auth/authenticate.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type SignOptions, startIssuer, type TestIssuer, type TokenOptions } from '../../support/issuer.js';
import { audience, door } from './callers.js';

const end = endOfFile();
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer({ end });
});

/** When all of this happens: however slow the machine, nothing expires while the tests run. */
const start = Date.now();
const now = () => start;
const inSeconds = (seconds: number) => Math.floor(start / 1_000) + seconds;

test('a token of the issuer says who calls, what they may do and to which groups they belong', async () => {
  const { verifyAccessToken } = door({ issuer: issuer.url, now });
  const scope = 'openid pgfleet:read pgfleet:destructive pgfleet:unheard-of';
  const claims = {
    aud: audience,
    sub: 'u-1',
    preferred_username: 'oncall',
    groups: ['dba'],
    scope,
    exp: inSeconds(60),
  };
  const token = await issuer.token(claims);

  const info = await verifyAccessToken(token);

  expect(principalOf(info)).toEqual({
    id: `${issuer.url}#u-1`,
    name: 'oncall',
    groups: ['dba'],
    scopes: ['pgfleet:read', 'pgfleet:destructive'],
  });
  expect(info).toMatchObject({ clientId: 'agent', scopes: ['pgfleet:read', 'pgfleet:destructive'] });
  expect(info.expiresAt).toBe(claims.exp + 5);
  expect(JSON.stringify(info)).not.toContain(token);
});

interface Case {
  name: string;
  claims?: TokenOptions;
  how?: SignOptions;
}

const good: (Case & { principal: object })[] = [
  {
    name: 'one of several audiences is this server',
    claims: { aud: ['account', audience] },
    principal: { groups: [], scopes: [] },
  },
  {
    name: 'scopes come as a list in scp',
    claims: { scp: ['pgfleet:write', 3] },
    principal: { scopes: ['pgfleet:write'] },
  },
  {
    name: 'scopes come as a text in scp',
    claims: { scp: 'a pgfleet:write' },
    principal: { scopes: ['pgfleet:write'] },
  },
  { name: 'one group comes as a text', claims: { groups: 'ops' }, principal: { groups: ['ops'] } },
  { name: 'the token is a plain JWT', how: { header: { typ: 'JWT' } }, principal: { name: 'oncall' } },
  { name: 'the token does not say what it is', how: { header: { typ: undefined } }, principal: { name: 'oncall' } },
  { name: 'the token names no key', how: { header: { kid: undefined } }, principal: { name: 'oncall' } },
  {
    name: 'an access token with a nonce is marked as one',
    claims: { nonce: 'n', typ: 'Bearer' },
    how: { header: { typ: 'JWT' } },
    principal: { name: 'oncall' },
  },
  { name: 'the clocks are three seconds apart', claims: { exp: inSeconds(-3) }, principal: { name: 'oncall' } },
  {
    name: 'a name is not a text',
    claims: { preferred_username: 7, email: 'a@b.test' },
    principal: { name: 'a@b.test' },
  },
  {
    name: 'a name has control characters',
    claims: { name: 'A\u202Eda\r\n`<b>`' },
    principal: { name: 'A da b' },
  },
  { name: 'a name is endless', claims: { name: 'a'.repeat(5_000) }, principal: { name: `${'a'.repeat(99)}…` } },
  {
    name: 'every name is empty of anything to show',
    claims: { preferred_username: '\u0000', name: '' },
    principal: { name: 'oncall' },
  },
];

test.each(good)('accepted: $name', async ({ claims, how, principal }) => {
  const { verifyAccessToken } = door({ issuer: issuer.url, now });
  const info = await verifyAccessToken(await issuer.token({ aud: audience, ...claims }, how));
  expect(principalOf(info)).toMatchObject(principal);
});

const bad: (Case & { says: string })[] = [
  { name: 'expired', claims: { exp: inSeconds(-6) }, says: 'has expired' },
  { name: 'not yet good', claims: { nbf: inSeconds(60) }, says: '(nbf)' },
  { name: 'without an end', claims: { exp: undefined }, says: '(exp)' },
  { name: 'whose end is no number', claims: { exp: 'never' }, says: 'malformed' },
  { name: 'without a subject', claims: { sub: undefined }, says: '(sub)' },
  { name: 'with an empty subject', claims: { sub: '' }, says: '(sub)' },
  { name: 'whose subject is no text', claims: { sub: 7 }, says: '(sub)' },
  { name: 'whose subject breaks a line', claims: { sub: 'oncall\ncharles' }, says: '(sub)' },
  { name: 'whose subject is endless', claims: { sub: 'a'.repeat(256) }, says: '(sub)' },
  { name: 'for another audience', claims: { aud: 'https://other.example.test/mcp' }, says: '(aud)' },
  { name: 'for an audience that begins like this one', claims: { aud: `${audience}/x` }, says: '(aud)' },
  { name: 'without an audience', claims: { aud: undefined }, says: '(aud)' },
  { name: 'of another issuer', claims: { iss: 'https://other.example.test' }, says: '(iss)' },
  { name: 'without an issuer', claims: { iss: undefined }, says: '(iss)' },
  { name: 'signed with a key of somebody else', how: { foreign: true }, says: 'not signed with a key' },
  { name: 'naming a key that is not there', how: { header: { kid: 'k' } }, says: 'not signed with a key' },
  { name: 'not signed', how: { alg: 'none' }, says: 'in a way that is not accepted' },
  { name: 'signed with the public key as a secret', how: { alg: 'HS256' }, says: 'in a way that is not accepted' },
  { name: 'of the kind for signing in', how: { header: { typ: 'id+jwt' } }, says: 'another kind' },
  { name: 'of the kind for signing out', how: { header: { typ: 'logout+jwt' } }, says: 'another kind' },
  {
    name: 'with the nonce of an ID token',
    claims: { nonce: 'n' },
    how: { header: { typ: 'JWT' } },
    says: 'another kind',
  },
  { name: 'that its issuer calls an ID token', claims: { typ: 'ID' }, says: 'another kind' },
  { name: 'that is endless', claims: { pad: 'a'.repeat(20_000) }, says: 'too long' },
  { name: 'bound to a key', claims: { cnf: { jkt: 'x' } }, says: 'bound to a key' },
  { name: 'whose groups are no texts', claims: { groups: [{ name: 'dba' }] }, says: 'groups' },
  {
    name: 'whose groups were too many',
    claims: { _claim_names: { groups: 'src1' } },
    says: 'too many',
  },
];

test.each(bad)('refused: a token $name', async ({ claims, how, says }) => {
  const { refusal } = door({ issuer: issuer.url, now });
  const { code, message } = await refusal(await issuer.token({ aud: audience, ...claims }, how));
  expect(code).toBe('invalid_token');
  expect(message).toContain(says);
  expect(message).toMatch(/^[\x20-\x7e]+$/);
  expect(message).not.toMatch(/["\\]/);
});

test('a token cannot bring its own key', async () => {
  const { refusal } = door({ issuer: issuer.url, now });
  const own = await generateKeyPair('ES256', { extractable: true });
  const token = await new SignJWT({ iss: issuer.url, aud: audience, sub: 'oncall', exp: inSeconds(60) })
    .setProtectedHeader({ alg: 'ES256', jwk: await exportJWK(own.publicKey) })
    .sign(own.privateKey);
  expect(await refusal(token)).toMatchObject({ code: 'invalid_token', message: expect.stringContaining('signed') });
});

test.each([
  { name: 'three parts of nothing', text: '..' },
  { name: 'three parts that are no JSON', text: 'a.b.c' },
  { name: 'an empty header', text: 'e30.e30.' },
  { name: 'something that is no JWT', text: 'pgf_abc' },
  { name: 'an empty text', text: '' },
])('refused: $name', async ({ text }) => {
  const { refusal } = door({ issuer: issuer.url });
  expect(await refusal(text)).toMatchObject({ code: 'invalid_token' });
});

test.each(['RS256', 'PS512', 'ES384', 'EdDSA', 'Ed25519'])('%s signatures are accepted', async (alg) => {
  const issuer = await startIssuer({ alg });
  const { verifyAccessToken } = door({ issuer: issuer.url, now });
  const info = await verifyAccessToken(await issuer.token({ aud: audience }));
  expect(principalOf(info).id).toBe(`${issuer.url}#oncall`);
});

test('groups may come from a claim of another name', async () => {
  const { verifyAccessToken } = door({ issuer: issuer.url, now, groupsClaim: 'https://example.test/roles' });
  const token = await issuer.token({ aud: audience, groups: ['no'], 'https://example.test/roles': ['yes'] });
  expect(principalOf(await verifyAccessToken(token)).groups).toEqual(['yes']);
});

test('a new key of the issuer is found without a restart, and an old one counts no more', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const issuer = await startIssuer();
  const { verifyAccessToken, refusal } = door({ issuer: issuer.url, now });
  const old = await issuer.token({ aud: audience });
  await verifyAccessToken(old);

  await issuer.rotate();
  vi.setSystemTime(Date.now() + 31_000);

  const info = await verifyAccessToken(await issuer.token({ aud: audience }));
  expect(principalOf(info).name).toBe('oncall');
  expect(await refusal(old)).toMatchObject({ code: 'invalid_token' });
});

test('strange keys in tokens do not make the server ask the issuer each time', async () => {
  const issuer = await startIssuer();
  const { verifyAccessToken, refusal } = door({ issuer: issuer.url, now });
  await verifyAccessToken(await issuer.token({ aud: audience }));
  const before = issuer.requests.length;
  for (const kid of ['a', 'b', 'c']) await refusal(await issuer.token({ aud: audience }, { header: { kid } }));
  expect(issuer.requests.length).toBe(before);
});
