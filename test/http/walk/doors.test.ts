import { request } from 'node:http';
import { connect as connectTo } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { handClock } from '../../support/clock.js';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type SignOptions, startIssuer, type TestIssuer } from '../../support/issuer.js';
import { post, rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

let issuer: TestIssuer;
/** Everybody on this machine may come in. */
let open: HttpServer;
/** Only those with a token. */
let guarded: HttpServer;

beforeAll(async () => {
  issuer = await startIssuer({ end });
  open = await startHttp({ end });
  // On a clock that stands still, nobody loses patience with the issuer.
  const env = { PGFLEET_ISSUER: issuer.url, PGFLEET_PROXY_HOPS: '1' };
  guarded = await startHttp({ env, clock: handClock(), end });
});

const scope = 'pgfleet:read';
const resource = () => `${guarded.url}/mcp`;
const metadataUrl = (path = '/mcp') => `${guarded.url}/.well-known/oauth-protected-resource${path}`;
const hello = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

/** Status of a GET whose `Host` is what the test says. */
const statusFor = (host: string, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${open.url}${path}`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

/** The first line that comes over a connection on which nothing but this is sent, once the server has closed it. */
const firstLineFor = async (url: string, head: string): Promise<string | undefined> => {
  const { hostname, port } = new URL(url);
  const socket = connectTo({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.write(head);
  const [line] = (await text(socket)).split('\r\n');
  socket.end();
  return line;
};

test('a connection stays open for longer than the minute after which clients and balancers close theirs', async () => {
  const { headers } = await fetch(`${open.url}/healthz`);
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
});

describe('the name of the host', () => {
  const foreign = ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', 'evil.example:8765', '[::2]'];
  test.each(foreign)('%s is turned away', async (host) => {
    const paths = ['/mcp', '/mcp/readonly', '/sse', '/metrics', '/approvals', '/'];
    for (const path of paths) expect(await statusFor(host, path)).toBe(403);
  });

  test.each(['localhost', 'localhost:1', '127.0.0.1:9', '[::1]:8765'])('%s may come in', async (host) => {
    expect(await statusFor(host, '/metrics')).toBe(200);
  });
});

describe('a head that two readers could understand differently', () => {
  const headOf = (line: string, ...headers: string[]) => [`${line} HTTP/1.1`, ...headers, '', ''].join('\r\n');
  type Head = [string, (method: string, path: string) => string];
  const heads: Head[] = [
    ['a host with a name before it', (...to) => headOf(to.join(' '), 'Host: 127.0.0.1@evil.example')],
    ['a host with a path behind it', (...to) => headOf(to.join(' '), 'Host: 127.0.0.1/evil.example')],
    ['two hosts', (...to) => headOf(to.join(' '), 'Host: 127.0.0.1', 'Host: evil.example')],
    ['one host twice', (...to) => headOf(to.join(' '), 'Host: 127.0.0.1', 'host: 127.0.0.1')],
    ...['Origin: http://localhost', 'Authorization: Bearer x', 'Mcp-Session-Id: x', 'Mcp-Name: x'].map(
      (header): Head => [
        `twice ${header}`,
        (...to) => headOf(to.join(' '), 'Host: 127.0.0.1', header, header.toLowerCase()),
      ],
    ),
    ['a host in a list', (...to) => headOf(to.join(' '), 'Host: 127.0.0.1, evil.example')],
    ['a host in two lines', (...to) => headOf(to.join(' '), 'Host: 127.0.0.1', ' evil.example')],
    ['a port that is none', (...to) => headOf(to.join(' '), 'Host: 127.0.0.1:99999')],
    ['no host', (...to) => headOf(to.join(' '))],
    [
      'a whole address as the target',
      (method, path) => headOf(`${method} http://evil.example${path}`, 'Host: 127.0.0.1'),
    ],
    ['the own address as the target', (method, path) => headOf(`${method} ${open.url}${path}`, 'Host: 127.0.0.1')],
    ['a target without its slash', (method, path) => headOf(`${method} ${path.slice(1)}`, 'Host: 127.0.0.1')],
  ];

  test.each(heads)('%s is a bad request at every door', async (_, headFor) => {
    const doors = [
      'GET /metrics',
      'POST /mcp',
      'GET /mcp',
      'GET /sse',
      'POST /messages',
      'GET /approvals',
      'GET /healthz',
    ];
    for (const door of doors) {
      const [method = '', path = ''] = door.split(' ');
      expect(await firstLineFor(open.url, headFor(method, path)), door).toBe('HTTP/1.1 400 Bad Request');
    }
  });

  test.each(heads)('%s is a bad request at the approval page of a server over stdio', async (_, headFor) => {
    const { stderr } = await connect({ env: { PGFLEET_CONFIRM: 'human' } });
    const page = /approval page: (http:\S+)\/approvals/.exec(stderr())?.[1] ?? '';
    expect(await firstLineFor(page, headFor('GET', '/approvals'))).toBe('HTTP/1.1 400 Bad Request');
  });
});

describe('a client that is too slow', () => {
  test('and sends nothing, or a part of a head, is waited for as long as the setting says', async () => {
    const { url } = await startHttp({ env: { PGFLEET_HEADER_SECONDS: '1' } });
    expect(await firstLineFor(url, '')).toMatch(/^(HTTP\/1.1 408 Request Timeout)?$/);
    expect(await firstLineFor(url, 'GET /metrics HTTP/1.1\r\nHost: 127')).toBe('HTTP/1.1 408 Request Timeout');
  });

  test.each([
    ['/mcp', 'Content-Length: 100', '{"jsonrpc":"2.0",'],
    ['/mcp', 'Transfer-Encoding: chunked', '5\r\n{"jso\r\n'],
    ['/messages?sessionId=x', 'Content-Length: 100', '{'],
    ['/approvals/api/session', 'Content-Length: 100', '{'],
  ])('and sends a part of a body for %s (%s) is waited for as long as the setting says', async (path, how, begun) => {
    const { url, stderr } = await startHttp({ env: { PGFLEET_REQUEST_SECONDS: '1' } });
    const head = [`POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Type: application/json', how];
    expect(await firstLineFor(url, [...head, '', begun].join('\r\n'))).toBe('HTTP/1.1 408 Request Timeout');
    expect(stderr()).toBe('');
  });
});

describe('a page in a browser', () => {
  test.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://evil.example:8765',
    'null',
    'file://',
    'chrome-extension://abc',
  ])('of %s is turned away', async (origin) => {
    for (const path of ['/mcp', '/mcp/readonly', '/messages', '/approvals/api/session']) {
      const { status, headers } = await post(`${open.url}${path}`, hello, { origin });
      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test.each(['http://localhost:5173', 'http://127.0.0.1', 'https://localhost'])('of %s may call', async (origin) => {
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'mcp-session-id' };
    const before = await fetch(`${open.url}/mcp`, { method: 'OPTIONS', headers: { origin, ...asked } });
    expect(before.status).toBe(204);
    expect(before.headers.get('access-control-allow-origin')).toBe(origin);
    expect(before.headers.get('access-control-allow-headers')).toContain('mcp-session-id');
    expect(before.headers.get('access-control-allow-credentials')).toBeNull();
    const raw = await rawHttp({ url: open.url });
    const { status, headers } = await raw.request('tools/list', {}, { origin });
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toContain('Mcp-Session-Id');
  });
});

describe('without a token that holds', () => {
  const wrong: [string, Record<string, unknown>, SignOptions?][] = [
    ['has expired', { exp: 1_700_000_000 }],
    ['never expires', { exp: undefined }],
    ['is for another audience', { aud: 'https://other.example/mcp' }],
    ['is for nobody', { aud: undefined }],
    ['is of another issuer', { iss: 'https://issuer.example' }],
    ['has no subject', { sub: undefined }],
    ['holds only from next year on', { nbf: 4_102_444_800 }],
    ['is signed with a foreign key', {}, { foreign: true }],
    ['is not signed', {}, { alg: 'none' }],
    ['is signed with the public key as a secret', {}, { alg: 'HS256' }],
  ];
  test.each(wrong)('a caller whose token %s is turned away', async (_, claims, how) => {
    const given = await issuer.token({ aud: resource(), scope, ...claims }, how);
    await expectChallenge('/mcp', { authorization: `Bearer ${given}` });
  });

  test.each([
    ['nothing', undefined],
    ['no token', 'Bearer'],
    ['a text', 'Bearer let-me-in'],
    ['a password', `Basic ${Buffer.from('admin:admin').toString('base64')}`],
    ['far too much', `Bearer ${'x'.repeat(10_000)}`],
  ])('a caller who shows %s is turned away', async (_, authorization) => {
    const headers = authorization === undefined ? undefined : { authorization };
    for (const path of ['/mcp', '/mcp/readonly', '/mcp/x/core', '/mcp/x/core/readonly'])
      await expectChallenge(path, headers, { resource: path });
    await expectChallenge('/mcp/', headers);
    await expectChallenge('/mcp/no/such/address', headers);
    await expectChallenge('/messages?sessionId=x', headers, { resource: '/sse' });
    for (const path of ['/mcp', '/metrics']) await expectChallenge(path, headers, { method: 'GET' });
    await expectChallenge('/sse', headers, { method: 'GET', resource: '/sse' });
  });

  test('a token in the address counts for nothing', async () => {
    const given = await issuer.token({ aud: resource(), scope });
    await expectChallenge(`/mcp?access_token=${given}`);
  });

  let callers = 0;

  /** Each request comes from an address of its own, since wrong tokens of one address are counted. */
  async function expectChallenge(
    path: string,
    shown: Record<string, string> = {},
    { method = 'POST', resource = '/mcp' } = {},
  ): Promise<void> {
    const url = `${guarded.url}${path}`;
    callers += 1;
    const headers = { ...shown, 'x-forwarded-for': `198.51.100.${callers}` };
    const response = method === 'POST' ? await post(url, hello, headers) : await fetch(url, { method, headers });
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toMatch(/^Bearer /);
    expect(challenge).toContain(`resource_metadata="${metadataUrl(resource)}"`);
    const text = await response.text();
    expect(text).not.toContain('result');
  }
});

describe('with a token of the issuer', () => {
  test('a caller comes in, and the metadata says where tokens are to be had', async () => {
    const { status, ...found } = await fetch(metadataUrl()).then(async (response) => ({
      status: response.status,
      ...((await response.json()) as object),
    }));
    expect(status).toBe(200);
    expect(found).toMatchObject({ resource: resource(), authorization_servers: [issuer.url] });
    const token = await issuer.token({ aud: resource(), scope });
    const raw = await rawHttp({ url: guarded.url, token });
    expect((await raw.request('tools/list')).frame.result?.['tools']).not.toEqual([]);
  });

  test('a caller without the scope to read is turned away, and told which it is', async () => {
    const token = await issuer.token({ aud: resource(), scope: 'pgfleet:write' });
    const { status, headers } = await (await rawHttp({ url: guarded.url, token })).request('tools/list');
    expect(status).toBe(403);
    expect(headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="pgfleet:read pgfleet:write"/);
  });

  test('whoever only wants to know whether it lives needs no token', async () => {
    expect((await fetch(`${guarded.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${guarded.url}/readyz`)).status).toBe(200);
  });
});
