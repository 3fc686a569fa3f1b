import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { post, rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();

let server: HttpServer;

beforeAll(async () => {
  server = await startHttp({ args: ['--sandbox'], env: { PGFLEET_REQUEST_BYTES: '2000000' }, end });
});

/** Whatever was sent: the server still answers, and has not noted a fault of its own. */
afterEach(async () => {
  const raw = await rawHttp({ url: server.url });
  expect((await raw.request('tools/list')).status).toBe(200);
  expect(server.stderr()).not.toMatch(/unexpected|TypeError|RangeError/i);
});

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const call = (args: string, name = '"nhn_list_db_instances"') =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":${name},"arguments":${args}}}`;
const listen = (filter: string) =>
  `{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":${filter}}}`;

const paths = ['/mcp', '/mcp/readonly', '/messages'];

describe.each(paths)('%s', (path) => {
  test('does not read a body that is too large', async () => {
    const { status, headers } = await post(`${server.url}${path}`, call(`{"x":"${'x'.repeat(2_000_000)}"}`));
    expect(status).toBe(413);
    expect(headers.get('connection')).toBe('close');
  });

  test.each([
    ['is no JSON', '{"jsonrpc":'],
    ['is empty', ''],
    ['is only space', ' \n '],
    ['is a megabyte of nonsense', randomBytes(700_000).toString('base64')],
    ['is a megabyte of brackets', '['.repeat(1_000_000)],
  ])('answers a body that %s with a parse error', async (_, body) => {
    const response = await post(`${server.url}${path}`, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32700 } });
  });

  test.each([
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"tools/list"'],
    ['an empty list', '[]'],
    ['a list of everything', '[null,7,"x",{},[]]'],
    ['an empty object', '{}'],
    ['another version', '{"jsonrpc":"1.0","id":1,"method":"tools/list"}'],
    ['an answer to nothing', '{"jsonrpc":"2.0","id":99,"result":{}}'],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":{}}'],
    ['parameters that are none', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":7}'],
    ['a name that is no text', call('{}', '{"toString":1}')],
    ['a name that is a list', call('{}', '["nhn_list_db_instances"]')],
    ['a filter that is none', listen('7')],
    ['a filter of nothing', listen('{"resourceSubscriptions":null}')],
    ['a filter of other things', listen('{"resourceSubscriptions":[7,{},null]}')],
    ['very deep lists', nested(500_000)],
    ['very deep arguments', call(nested(400_000))],
    ['a call in a list', `[${call('{}')}]`],
    ['a prototype', '{"__proto__":{"method":"tools/list"},"constructor":{"prototype":{}}}'],
  ])('refuses %s as the fault of the client', async (_, body) => {
    const { status } = await post(`${server.url}${path}`, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml'])(
    'refuses a body of the type %s',
    async (type) => {
      const { status } = await post(`${server.url}${path}`, call('{}'), { 'content-type': type });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  test.each(['PUT', 'PATCH', 'TRACE-NOT', 'GET', 'DELETE'])('refuses the method %s', async (method) => {
    const { status } = await fetch(`${server.url}${path}`, { method });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

describe.each(['2026', '2025'] as const)('in the era of %s', (era) => {
  test.each([
    ['very deep', nested(400_000)],
    ['very many', `{${Array.from({ length: 50_000 }, (_, index) => `"x${index}":${index}`).join(',')}}`],
    ['very long', `{"dbInstanceName":"${'x'.repeat(1_000_000)}"}`],
    ['named very long', `{"${'x'.repeat(1_000_000)}":1}`],
    ['no object', '[]'],
    ['other things', '{"__proto__":7,"constructor":{"name":"x"},"dbInstanceId":[]}'],
  ])('arguments that are %s are refused, and answered', async (_, args) => {
    const raw = await rawHttp({ url: server.url, era, altered: (body) => body.replace('"@"', args) });
    const { status, frame } = await raw.request('tools/call', { name: 'nhn_get_db_instance', arguments: '@' });
    expect(status).toBeLessThan(500);
    expect(frame.result?.['isError'] === true || frame.error !== undefined).toBe(true);
    expect(JSON.stringify(frame).length).toBeLessThan(20_000);
  });
});

test('a stream listens to a bounded number of addresses', async () => {
  const raw = await rawHttp({ url: server.url });
  const resourceSubscriptions = Array.from({ length: 101 }, (_, index) => `pgfleet://nhn/jobs/${index}`);
  const { frame } = await raw.request('subscriptions/listen', { notifications: { resourceSubscriptions } });
  expect(frame.error).toMatchObject({ code: -32602, message: expect.stringContaining('100 resources at most') });
});

test.each([
  7,
  null,
  [],
  { resourceSubscriptions: null },
  { resourceSubscriptions: [7, {}] },
  { resourcesListChanged: 7 },
])('a filter of subscriptions that is none (%j) is refused', async (notifications) => {
  const raw = await rawHttp({ url: server.url });
  const { status, frame } = await raw.request('subscriptions/listen', { notifications });
  expect(status).toBeLessThan(500);
  expect(frame.error?.code).toBe(-32602);
  expect(await server.metric('pgfleet_subscriptions_open')).toBe(0);
});
