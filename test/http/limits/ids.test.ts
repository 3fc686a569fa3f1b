import { beforeAll, describe, expect, test } from 'vitest';
import { endOfFile } from '../../support/end-of-file.js';
import { saying } from '../../support/raw.js';
import { post, rawHttp } from '../support/raw-http.js';
import { type HttpServer, startHttp } from '../support/start-http.js';

const end = endOfFile();
const long = 'x'.repeat(200_000);

let server: HttpServer;

beforeAll(async () => {
  server = await startHttp({ env: { PGFLEET_CONFIRM: 'human' }, end });
});

describe.each(['2026', '2025'] as const)('in the era of %s', (era) => {
  test.each<[string, string, object]>([
    ['A progress token', 'tools/list', { _meta: { progressToken: long } }],
    ['A progress token', 'notifications/progress', { progressToken: long, progress: 1 }],
    ['The id of a cancelled request', 'notifications/cancelled', { requestId: long }],
    ['A name', 'prompts/get', { name: long }],
    ['The id of a task', 'tasks/get', { taskId: long }],
    ['An address', 'resources/read', { uri: `pgfleet://nhn/instances/${long}` }],
  ])('%s of a %s that is too long is a bad request', async (what, method, params) => {
    const raw = await rawHttp({ url: server.url, era });
    // Names and addresses stand in a header too, which has limits of its own.
    const { status, frame } = await raw.request(method, params, { 'mcp-name': 'x' });
    expect(status).toBe(400);
    expect(frame.error).toMatchObject({ code: -32_600, message: expect.stringContaining(`${what} has at most`) });
  });

  test.each<[string, object]>([
    ['confirm_operation', { confirmation_token: long }],
    ['confirm_operation', { approval_id: long }],
    ['wait_for_job', { job: `nhn:${long}` }],
  ])('%s refuses an id that is too long', async (name, args) => {
    const { call } = await rawHttp({ url: server.url, era });
    const frame = await call(name, args);
    expect(frame.result?.['isError']).toBe(true);
    expect(saying(frame)).toContain('Nothing was sent');
    expect(saying(frame).length).toBeLessThan(1_000);
  });
});

test.each(['/mcp', '/messages?sessionId=x'])(
  'the id of a request to %s that is too long is a bad request',
  async (path) => {
    const body = (id: string) => JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' });
    const answer = await post(`${server.url}${path}`, `[${body('short')},${body(long)}]`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('The id of a request has at most 200 characters');
  },
);

test('a state that is too long is refused', async () => {
  // Where people approve on the page, no answer to a form is looked at.
  const { url } = await startHttp();
  const { call } = await rawHttp({ url });
  const { result } = await call('nhn_list_db_instances', {});
  const listed = result?.['structuredContent'] as { dbInstances: { dbInstanceId: string; dbInstanceName: string }[] };
  const dbInstanceId = listed.dbInstances.find(({ dbInstanceName }) => dbInstanceName === 'analytics')?.dbInstanceId;
  const answered = {
    requestState: long,
    inputResponses: { confirm: { action: 'accept', content: { confirm: true } } },
  };
  expect(saying(await call('nhn_restart_db_instance', { dbInstanceId }, answered))).toContain('too long to be one');
});

test('there is no session of an id that is too long', async () => {
  const raw = await rawHttp({ url: server.url, era: '2025' });
  expect((await raw.request('tools/list')).status).toBe(200);
  raw.session = `${raw.session}${'x'.repeat(10_000)}`;
  expect((await raw.request('tools/list')).status).toBe(404);
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
  expect((await post(`${server.url}/messages?sessionId=${raw.session}`, ping)).status).toBe(404);
});
