import type { AuthMetadataOptions } from '@modelcontextprotocol/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { protectedResources } from '../../../src/http/auth/protected-resources.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startIssuer, type TestIssuer } from '../../support/issuer.js';
import { post, rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

let issuer: TestIssuer;
let server: HttpServer;
/** It has reads alone, other first scopes, and names of its own at the issuer. */
let named: HttpServer;

beforeAll(async () => {
  issuer = await startIssuer({ end });
  const env = { PGFLEET_ISSUER: issuer.url, PGFLEET_PROXY_HOPS: '1' };
  server = await startHttp({ env, end });
  named = await startHttp({
    env: { ...env, PGFLEET_AUDIENCE: 'databases, https://db.example.test/any', PGFLEET_CHALLENGE_SCOPES: 'disruptive' },
    end,
  });
});

let callers = 0;

/** Says hello at an address. Each caller comes from an address of its own, since wrong tokens of one are counted. */
async function hello(url: string, token?: string): Promise<Response> {
  callers += 1;
  const headers = { 'x-forwarded-for': `198.51.100.${callers}`, ...(token && { authorization: `Bearer ${token}` }) };
  const isSse = new URL(url).pathname === '/sse';
  if (isSse) return fetch(url, { headers, signal: AbortSignal.timeout(60_000) });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  return post(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }), headers);
}

const challengeAt = async (url: string): Promise<string> => (await hello(url)).headers.get('www-authenticate') ?? '';

describe('a token', () => {
  const addresses = ['/mcp', '/mcp/readonly', '/mcp/x/core', '/mcp/x/core,backups', '/mcp/x/core/readonly', '/sse'];
  const all = addresses.join(' ');
  const ofMcp = all.replace(' /sse', '');
  test.each([
    ['', all],
    ['/', all],
    ['/mcp', ofMcp],
    ['/mcp/', ofMcp],
    ['/mcp/readonly', '/mcp/readonly /mcp/x/core/readonly'],
    ['/mcp/x/full', '/mcp/x/core /mcp/x/core,backups /mcp/x/core/readonly'],
    ['/mcp/x/backups,core', '/mcp/x/core /mcp/x/core,backups /mcp/x/core/readonly'],
    ['/mcp/x/core%2Cbackups', '/mcp/x/core /mcp/x/core,backups /mcp/x/core/readonly'],
    ['/mcp/x/core', '/mcp/x/core /mcp/x/core/readonly'],
    ['/mcp/x/core+', '/mcp/x/core /mcp/x/core,backups /mcp/x/core/readonly'],
    ['/mcp/x/core/readonly', '/mcp/x/core/readonly'],
    ['/mcp/x/backups', ''],
    ['/mcp/x/full,nonsense', ''],
    ['/sse', '/sse'],
    ['/messages', ''],
    ['/approvals', ''],
    ['/mcpx', ''],
    ['/mcp?all', ''],
    ['/mcp#all', ''],
  ])('for "%s" is good at %s', async (audience, good) => {
    const token = await issuer.token({ aud: `${server.url}${audience}`, scope: 'pgfleet:read' });
    const found: string[] = [];
    for (const path of addresses) {
      const { status, body } = await hello(`${server.url}${path}`, token);
      await body?.cancel();
      if (status === 200) found.push(path);
      else expect(status).toBe(401);
    }
    expect(found.join(' ')).toBe(good);
  });

  test('for a group of all providers is good for that group of one, and not the other way round', async () => {
    const statusAt = async (path: string, audience: string) => {
      const token = await issuer.token({ aud: `${server.url}${audience}`, scope: 'pgfleet:read' });
      return (await hello(`${server.url}${path}`, token)).status;
    };
    expect(await statusAt('/mcp/x/nhn:backups', '/mcp/x/backups')).toBe(200);
    expect(await statusAt('/mcp/x/backups', '/mcp/x/nhn:backups')).toBe(401);
    expect(await statusAt('/mcp/x/core+', '/mcp/x/core')).toBe(401);
  });

  test.each(['http://localhost', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'for the same path at %s is good nowhere',
    async (origin) => {
      const token = await issuer.token({ aud: `${origin}/mcp`, scope: 'pgfleet:read' });
      expect((await hello(`${server.url}/mcp`, token)).status).toBe(401);
    },
  );

  test.each(['databases', 'https://db.example.test/any'])(
    'for the name %s that the operator gave is good everywhere',
    async (aud) => {
      const token = await issuer.token({ aud, scope: 'pgfleet:read' });
      for (const path of addresses) {
        const { status, body } = await hello(`${named.url}${path}`, token);
        await body?.cancel();
        expect(status).toBe(200);
      }
      expect((await hello(`${server.url}/mcp`, token)).status).toBe(401);
    },
  );

  test('for a narrower address neither reads the metrics nor opens the page', async () => {
    const token = await issuer.token({ aud: `${server.url}/mcp/readonly`, scope: 'pgfleet:read pgfleet:approve' });
    const headers = { authorization: `Bearer ${token}` };
    for (const path of ['/metrics', '/approvals/api'])
      expect((await fetch(`${server.url}${path}`, { headers })).status).toBe(401);
  });
});

describe('the first challenge', () => {
  test.each([
    ['/mcp', 'pgfleet:read pgfleet:write'],
    ['/mcp/', 'pgfleet:read pgfleet:write'],
    ['/mcp/x/core', 'pgfleet:read pgfleet:write'],
    ['/sse', 'pgfleet:read pgfleet:write'],
    ['/mcp/readonly', 'pgfleet:read'],
    ['/mcp/x/core/readonly', 'pgfleet:read'],
  ])('at %s asks for %s', async (path, scope) => {
    expect(await challengeAt(`${server.url}${path}`)).toContain(`scope="${scope}"`);
  });

  test('asks for what the operator has set, and never for less than to read', async () => {
    expect(await challengeAt(`${named.url}/mcp`)).toContain('scope="pgfleet:read pgfleet:disruptive"');
    expect(await challengeAt(`${named.url}/mcp/readonly`)).toContain('scope="pgfleet:read"');
  });

  test('asks for reads alone where the server has no others', async () => {
    const env = { PGFLEET_ISSUER: issuer.url, PGFLEET_READ_ONLY: '1' };
    const { url } = await startHttp({ env });
    expect(await challengeAt(`${url}/mcp`)).toContain('scope="pgfleet:read"');
    expect(await metadataOf(url, '/mcp')).toMatchObject({ scopes_supported: ['pgfleet:read'] });
  });

  test.each(['approve', 'read,everything'])('cannot ask for %s', async (scopes) => {
    const env = { PGFLEET_ISSUER: issuer.url, PGFLEET_CHALLENGE_SCOPES: scopes };
    await expect(startHttp({ env })).rejects.toThrow('PGFLEET_CHALLENGE_SCOPES');
  });
});

test('a token without the scope to read is told what it has and what is needed', async () => {
  const token = await issuer.token({ aud: server.url, scope: 'pgfleet:exposing' });
  const { status, headers } = await hello(`${server.url}/mcp/readonly`, token);
  expect(status).toBe(403);
  const challenge = headers.get('www-authenticate');
  expect(challenge).toContain('error="insufficient_scope"');
  expect(challenge).toContain('scope="pgfleet:read pgfleet:exposing"');
  expect(challenge).toContain('/.well-known/oauth-protected-resource/mcp/readonly"');
});

test.each(['/mcp/x/nhn:instances', '/sse'])('whoever needs more at %s is sent to its own metadata', async (path) => {
  const token = await issuer.token({ aud: server.url, scope: 'pgfleet:read' });
  const raw = await rawHttp({ url: server.url, token, path: path === '/sse' ? '/messages' : path });
  const { status, headers } = await raw.request('tools/call', { name: 'nhn_start_db_instance', arguments: {} });
  expect(status).toBe(403);
  expect(headers.get('www-authenticate')).toContain(`/.well-known/oauth-protected-resource${path}"`);
});

const metadataOf = async (url: string, path: string) => {
  const response = await fetch(`${url}/.well-known/oauth-protected-resource${path}`);
  return { status: response.status, ...(response.ok && ((await response.json()) as Record<string, unknown>)) };
};

describe('the metadata', () => {
  const reads = ['pgfleet:read'];
  const changing = ['pgfleet:write', 'pgfleet:disruptive', 'pgfleet:exposing', 'pgfleet:destructive'];
  const scopes = [...reads, ...changing, 'pgfleet:inspect'];

  test.each([
    ['', '/', scopes],
    ['/', '/', scopes],
    ['/mcp', '/mcp', scopes],
    ['/mcp/', '/mcp', scopes],
    ['/mcp/x/core,backups', '/mcp/x/core,backups', scopes],
    ['/sse', '/sse', scopes],
    ['/mcp/readonly', '/mcp/readonly', reads],
    ['/mcp/x/core/readonly', '/mcp/x/core/readonly', reads],
  ])('at "%s" is about %s', async (path, resource, scopes_supported) => {
    expect(await metadataOf(server.url, path)).toMatchObject({
      status: 200,
      resource: `${server.url}${resource}`,
      authorization_servers: [issuer.url],
      scopes_supported,
    });
  });

  test.each(['/mcp/x/nonsense', '/mcp/else', '/messages', '/approvals', 'x'])('is not at %s', async (path) => {
    expect(await metadataOf(server.url, path)).toEqual({ status: 404 });
  });

  test('is not known while the issuer is away, and a client is told when to ask again', async () => {
    const away = await startIssuer();
    await away.stop();
    const { url } = await startHttp({ env: { PGFLEET_ISSUER: away.url } });
    const { status, headers } = await fetch(`${url}/.well-known/oauth-protected-resource/mcp`);
    expect([status, headers.get('retry-after')]).toEqual([503, '10']);
  });

  test('of the issuer is passed on', async () => {
    const response = await fetch(`${server.url}/.well-known/oauth-authorization-server`);
    expect(await response.json()).toMatchObject({ issuer: issuer.url });
  });
});

test('a public address with a path of its own is a part of every resource', async () => {
  const publicUrl = new URL('https://ops.example.test/db/');
  const isServed = (path: string) => path === '/mcp';
  const { at, metadata } = protectedResources({ publicUrl, audiences: [], readOnly: false, isServed });
  const { url, metadataUrl, accepts } = at('/mcp');
  expect(url().href).toBe('https://ops.example.test/db/mcp');
  expect(metadataUrl()).toBe('https://ops.example.test/.well-known/oauth-protected-resource/db/mcp');
  const audiences = ['/db', '/db/', '/db/mcp', '', '/', '/mcp', '/dbmcp', '/db/sse'];
  expect(audiences.filter((each) => accepts(`https://ops.example.test${each}`))).toEqual(['/db', '/db/', '/db/mcp']);
  const oauthMetadata = { issuer: issuer.url } as AuthMetadataOptions['oauthMetadata'];
  const found = (path: string) =>
    metadata(new Request(`https://ops.example.test/.well-known/oauth-protected-resource${path}`), oauthMetadata);
  expect(await found('/db/mcp')?.json()).toMatchObject({ resource: 'https://ops.example.test/db/mcp' });
  expect(await found('/db')?.json()).toMatchObject({ resource: 'https://ops.example.test/db' });
  for (const path of ['', '/mcp', '/db/sse']) expect(found(path)).toBeUndefined();
});
