import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireBearerAuth } from '@modelcontextprotocol/server';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../../src/define/config-error.js';
import { principalOf } from '../../../src/http/auth/authenticate.js';
import { startIssuer } from '../../support/issuer.js';
import { audience, door } from './callers.js';

test.each([
  { path: '', metadata: 'oauth' },
  { path: '', metadata: 'openid' },
  { path: '/realms/ops', metadata: 'oauth' },
  { path: '/realms/ops', metadata: 'openid' },
] as const)('an issuer at "$path" with $metadata metadata is found', async (settings) => {
  const issuer = await startIssuer(settings);
  const { ready, verifyAccessToken } = door({ issuer: issuer.url });
  await ready();
  const info = await verifyAccessToken(await issuer.token({ aud: audience }));
  expect(principalOf(info).id).toBe(`${issuer.url}#oncall`);
});

test('the issuer is asked once, however many call at the same time', async () => {
  const issuer = await startIssuer();
  const { verifyAccessToken } = door({ issuer: issuer.url });
  const token = await issuer.token({ aud: audience });
  await Promise.all(Array.from({ length: 20 }, () => verifyAccessToken(token)));
  expect(issuer.requests).toEqual(['GET /.well-known/oauth-authorization-server', 'GET /keys']);
});

test('while the issuer is down nobody can say whether a token holds; once it is up, it does', async () => {
  const issuer = await startIssuer();
  const token = await issuer.token({ aud: audience });
  await issuer.stop();
  const { ready, refusal, verifyAccessToken, told, wait } = door({ issuer: issuer.url });

  await expect(ready()).rejects.toMatchObject({ code: 'server_error' });
  const down = await refusal(token);
  await issuer.start();
  const soonAfter = await refusal(token);
  wait(5);
  const info = await verifyAccessToken(token);

  expect(down).toMatchObject({ code: 'server_error' });
  expect(down.message).not.toContain(issuer.url);
  expect(soonAfter).toEqual(down);
  expect(told).toEqual([expect.stringContaining('ECONNREFUSED')]);
  expect(principalOf(info).name).toBe('oncall');
});

test('an issuer that goes down keeps those working whose key is known', async () => {
  const issuer = await startIssuer();
  const { ready, refusal, verifyAccessToken } = door({ issuer: issuer.url });
  await ready();
  const token = await issuer.token({ aud: audience });
  await issuer.stop();
  expect(principalOf(await verifyAccessToken(token)).name).toBe('oncall');
  expect(await refusal(await issuer.token({ aud: 'other' }))).toMatchObject({ code: 'invalid_token' });
  await expect(ready()).resolves.toBeUndefined();
});

test('an issuer whose keys cannot be read is no fault of the token', async () => {
  const issuer = await startIssuer();
  const token = await issuer.token({ aud: audience });
  const { discover, refusal, told } = door({ issuer: issuer.url });
  await discover?.();
  await issuer.stop();
  expect(await refusal(token)).toMatchObject({ code: 'server_error' });
  expect(await refusal(token)).toMatchObject({ code: 'server_error' });
  expect(told).toEqual([expect.stringContaining(`The keys of the issuer ${issuer.url} cannot be used`)]);
});

const document = {
  issuer: '',
  authorization_endpoint: 'https://sso.example.test/authorize',
  token_endpoint: 'https://sso.example.test/token',
  jwks_uri: 'https://sso.example.test/keys',
};

test.each([
  { name: 'calls itself otherwise', body: { ...document, issuer: 'https://sso.example.test' }, says: 'calls itself' },
  {
    name: 'has its keys where anybody can exchange them',
    body: { jwks_uri: 'http://sso.example.test/keys' },
    says: 'jwks_uri',
  },
  { name: 'has no keys', body: { jwks_uri: undefined }, says: 'jwks_uri' },
  { name: 'answers with a page', body: '<html>', says: 'document' },
  { name: 'sends elsewhere', status: 302, body: document, says: 'status 302' },
])('an issuer is not used that $name', async ({ status = 200, body, says }) => {
  const url = await serve((own) => ({
    status,
    body: typeof body === 'string' ? body : JSON.stringify({ ...document, issuer: own, ...body }),
  }));
  const { ready, told } = door({ issuer: url });
  await expect(ready()).rejects.toMatchObject({ code: 'server_error' });
  expect(told.join()).toContain(says);
});

test.each([
  'http://sso.example.test',
  'ftp://sso.example.test',
  'sso.example.test',
  'https://sso.example.test?tenant=1',
  'https://sso.example.test#a',
])('the issuer %s is refused at start', (issuer) => {
  expect(() => door({ issuer })).toThrow(ConfigError);
});

test('the bearer gate of the SDK lets a good token in and tells others where to sign in', async () => {
  const issuer = await startIssuer();
  const auth = door({ issuer: issuer.url });
  const gate = requireBearerAuth({
    verifier: auth,
    requiredScopes: ['pgfleet:read'],
    resourceMetadataUrl: 'https://db.example.test/.well-known/oauth-protected-resource/mcp',
  });
  const knock = async (token?: string) =>
    gate(new Request(audience, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } }));

  const inside = await knock(await issuer.token({ aud: audience, scope: 'pgfleet:read' }));
  const without = await knock();
  const narrow = await knock(await issuer.token({ aud: audience, scope: 'pgfleet:approve' }));

  expect(inside).toMatchObject({ scopes: ['pgfleet:read'] });
  expect(without).toMatchObject({ status: 401 });
  expect(narrow).toMatchObject({ status: 403 });
  expect(without instanceof Response && without.headers.get('www-authenticate')).toContain('resource_metadata="https');
});

/** A server that gives one answer to everything. */
async function serve(answer: (url: string) => { status: number; body: string }): Promise<string> {
  const server = createServer((_, response) => {
    const { status, body } = answer(url);
    response.writeHead(status, { location: '/elsewhere' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return url;
}
