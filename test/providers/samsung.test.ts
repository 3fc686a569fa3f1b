import { describe, expect, test } from 'vitest';
import { ProviderError } from '../../src/providers/provider.js';
import { samsung } from '../../src/providers/samsung.js';
import type { HttpResponse } from '../../src/providers/wire/http.js';
import { type Values } from '../../src/values/values.js';

const signedAt = 1_605_290_625_682;
const wholeSecond = 1_605_290_625_000;
const host = 'https://postgresql.kr-west1.e.samsungsdscloud.com';

const made = {
  accessKey: 'EXAMPLEACCESSKEY00000001',
  secretKey: 'example-secret-key-not-real-0001',
  baseUrl: '',
  region: 'kr-west1',
  environment: 'e',
  apiVersion: 'postgresql 1.0',
  now: () => signedAt,
  send: () => Promise.reject(new Error('Nothing is sent here.')),
};
const provider = samsung(made);

const request = { contentType: 'application/json', query: {}, repeatable: true };
const cluster = '109a585ae67b4e8482fdafc8a4a5be74';

describe('signing', () => {
  test.each([
    {
      method: 'POST',
      path: `/v1/clusters/${cluster}/restart`,
      query: {},
      url: `${host}/v1/clusters/${cluster}/restart`,
      signature: 'iKNpSBRjtpNzle+IUef1S5Jo6ghY6JuYV2RsBgcOg9Q=',
    },
    {
      method: 'GET',
      path: '/v1/clusters',
      query: { page: 0, size: 20, sort: 'created_at:desc' },
      url: `${host}/v1/clusters?page=0&size=20&sort=created_at%3Adesc`,
      signature: 'N0ZkZB66ADVor/yg5f5mbqFvRicsxkbgJRZGxxfe2Ww=',
    },
    {
      method: 'GET',
      path: '/v1/engine-versions',
      query: { eos_included: false, product_image_type: 'PostgreSQL Community' },
      url: `${host}/v1/engine-versions?eos_included=false&product_image_type=PostgreSQL%20Community`,
      signature: 'uVf0vAH6kCqyhu5s/dBT+eMG9z445NJXPw2NNlPAii0=',
    },
  ])('$method $url', async ({ method, path, query, url, signature }) => {
    const signed = await provider.sign({ ...request, method, path, query });
    expect(signed).toMatchObject({ method, url, repeatable: true });
    expect(signed.headers).toMatchObject({
      'scp-accesskey': made.accessKey,
      'scp-signature': signature,
      'scp-timestamp': '1605290625682',
      'scp-clienttype': 'Openapi',
      'scp-api-version': 'postgresql 1.0',
    });
  });

  test('every character is sent as it was signed', async () => {
    const { url } = await provider.sign({
      ...request,
      method: 'GET',
      path: '/v1/clusters',
      query: { name: "a'b+c &%é" },
    });
    expect(url).toBe(`${host}/v1/clusters?name=a%27b%2Bc%20%26%25%C3%A9`);
    expect(new URL(url).href).toBe(url);
  });

  test('a change without fields has no body', async () => {
    const restart = { ...request, method: 'POST', path: '/v1/clusters/1/restart', body: {}, repeatable: false };
    const signed = await provider.sign(restart);
    expect(signed.body).toBeUndefined();
    expect(signed.headers).not.toHaveProperty('content-type');
  });

  test('a change with fields has them as JSON', async () => {
    const change = { ...request, method: 'PUT', path: '/v1/clusters/1/audit-log', body: { use_audit_log: true } };
    const signed = await provider.sign(change);
    expect(signed.body).toBe('{"use_audit_log":true}');
    expect(signed.headers['content-type']).toBe('application/json');
  });

  test.each([
    [{ region: 'kr-south1', environment: 'g' }, 'https://postgresql.kr-south1.g.samsungsdscloud.com/v1/clusters'],
    [{ baseUrl: 'http://127.0.0.1:8080/' }, 'http://127.0.0.1:8080/v1/clusters'],
  ])('%o leads to %s', async (given, url) => {
    const signed = await samsung({ ...made, ...given }).sign({ ...request, method: 'GET', path: '/v1/clusters' });
    expect(signed.url).toBe(url);
  });

  test('the version that is asked for can be set', async () => {
    const newer = samsung({ ...made, apiVersion: 'postgresql 1.1' });
    const { headers } = await newer.sign({ ...request, method: 'GET', path: '/v1/clusters' });
    expect(headers['scp-api-version']).toBe('postgresql 1.1');
  });
});

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

function refusalOf(response: HttpResponse): ProviderError {
  try {
    samsung({ ...made, now: () => wholeSecond }).unwrap(response);
  } catch (error) {
    if (error instanceof ProviderError) return error;
  }
  throw new Error('It was not refused.');
}

const errors = (code: string, detail: unknown) => ({ errors: [{ code, detail, request_id: 'req-1', title: code }] });
const gateway = (status: number, error: string) => ({
  timestamp: '',
  path: '/v1',
  status,
  error,
  requestId: 'd7ad2b51',
});

describe('answers', () => {
  test('a success is its fields', () => {
    expect(provider.unwrap(answer(202, { request_id: 'req-1', resource: { id: cluster } }))).toEqual({
      request_id: 'req-1',
      resource: { id: cluster },
    });
  });

  test.each([
    [400, errors('ValidationError', ['value_error', 'missing']), 'refused', 'ValidationError', false],
    [400, errors('NotFound', 'Request does not exist.'), 'not_found', 'NotFound', false],
    [401, errors('Unauthorized', 'Bad signature'), 'unauthenticated', 'Unauthorized', false],
    [403, errors('Forbidden', 'No permission'), 'forbidden', 'Forbidden', false],
    [403, '', 'forbidden', '403', false],
    [404, errors('NotFound', 'No such cluster'), 'not_found', 'NotFound', false],
    [404, gateway(404, 'Not Found'), 'no_such_path', '404', false],
    [409, errors('ClusterBusy', 'It is EDITING'), 'busy', 'ClusterBusy', false],
    [400, [{ msg: 'no', loc: ['body', 'name'] }], 'refused', '400', false],
    [500, [{ msg: 'no', loc: ['body', 'name'] }], 'refused', '500', true],
    [409, errors('Conflict', 'Being edited'), 'refused', 'Conflict', false],
    [429, gateway(429, 'Too Many Requests'), 'too_fast', '429', false],
    [500, errors('InternalError', 'Broken'), 'refused', 'InternalError', true],
    [503, gateway(503, 'Service Unavailable'), 'unavailable', '503', true],
    [503, errors('Unavailable', 'Try later'), 'unavailable', 'Unavailable', true],
    [503, '<html>upstream</html>', 'unavailable', '503', true],
    [504, gateway(504, 'Gateway Timeout'), 'unavailable', '504', true],
    [502, '<html>Bad Gateway</html>', 'unavailable', '502', true],
    [202, '{"request_id":', 'unreadable', '202', true],
    [202, '', 'unreadable', '202', true],
    [200, { errors: [] }, 'refused', '200', true],
  ])('%i %j is %s', (status, body, kind, code, mayHaveActed) => {
    expect(refusalOf(answer(status, body))).toMatchObject({ kind, code, mayHaveActed, status });
  });

  test('details and the id of the request are kept', () => {
    const error = refusalOf(answer(400, errors('ValidationError', ['value_error', 'missing'])));
    expect(error.message).toBe('value_error; missing (request req-1)');
  });

  test.each([
    ['a path', [{ msg: 'too long', loc: ['body', 'name'] }], 'body.name: too long'],
    ['a path with a place in a list', [{ msg: 'no', loc: ['body', 'ips', 0] }], 'body.ips.0: no'],
    ['a text', [{ msg: 'no', loc: 'name' }, { msg: 'none' }], 'name: no; none'],
  ])('faults of values, with %s, are told with their places', (_, faults, message) => {
    expect(refusalOf(answer(400, faults)).message).toBe(message);
    expect(refusalOf(answer(400, errors('ValidationError', faults))).message).toBe(`${message} (request req-1)`);
  });

  test('the wait that the provider asks for is kept', () => {
    const busy = answer(429, gateway(429, 'Too Many Requests'), { 'retry-after': '7' });
    expect(refusalOf(busy).retryAfterSeconds).toBe(7);
  });

  test.each([
    [300, 401, errors('Unauthorized', 'Bad signature'), 'the clock here is 300 s behind theirs'],
    [-300, 404, gateway(404, 'Not Found'), 'the clock here is 300 s ahead of theirs'],
    [-120, 401, '', 'the clock here is 120 s ahead of theirs'],
  ])('a clock %i s away is named when a signature is refused', (seconds, status, body, hint) => {
    const date = new Date(wholeSecond + seconds * 1000).toUTCString();
    expect(refusalOf(answer(status, body, { date })).message).toContain(hint);
  });

  test.each([
    [401, new Date(wholeSecond + 30_000).toUTCString()],
    [401, 'yesterday'],
    [403, new Date(wholeSecond + 300_000).toUTCString()],
  ])('nothing is said of the clock with %i and %s', (status, date) => {
    expect(refusalOf(answer(status, errors('X', 'no'), { date })).message).toBe('no (request req-1)');
  });
});

describe('jobs', () => {
  const { jobs } = provider;
  const started = { request_id: 'req-1', resource: { id: 'new-1' } };

  test.each([
    ['samsung_create_cluster', {}, 'req-1/new-1/RUNNING'],
    ['samsung_create_replica', { cluster_id: 'c-1' }, 'req-1/new-1/RUNNING'],
    ['samsung_create_restore_cluster', { cluster_id: 'c-1' }, 'req-1/new-1/RUNNING'],
    ['samsung_create_other_region_replica', { cluster_id: 'c-1' }, 'req-1/new-1/RUNNING'],
    ['samsung_sync_cluster_state', { cluster_id: 'c-1' }, 'req-1/c-1/SETTLED'],
    ['samsung_restart_cluster', { cluster_id: 'c-1' }, 'req-1/c-1/RUNNING'],
    ['samsung_stop_cluster', { cluster_id: 'c-1' }, 'req-1/c-1/STOPPED'],
    ['samsung_terminate_cluster', { cluster_id: 'c-1' }, 'req-1/c-1/TERMINATED'],
    ['samsung_reset_replica', { replica_cluster_id: 'c-2' }, 'req-1/c-2/RUNNING'],
    ['samsung_sync_replica_state', { origin_cluster_id: 'c-1' }, 'req-1/c-1/RUNNING'],
    ['samsung_resize_block_storage', { block_storage_group_id: 'b-1' }, 'req-1/new-1/RUNNING'],
  ])('%s %j is job %s', (tool, input, id) => {
    expect(jobs.idOf({ tool, input, answer: started })).toBe(id);
  });

  test('an answer without a request id is no job', () => {
    expect(jobs.idOf({ tool: 'samsung_stop_cluster', input: { cluster_id: 'c-1' }, answer: {} })).toBeUndefined();
  });

  test('request and cluster are read', () => {
    expect(jobs.reads('req-1/c-1/STOPPED')).toEqual([
      { tool: 'samsung_get_request', input: { request_id: 'req-1' } },
      { tool: 'samsung_get_cluster', input: { cluster_id: 'c-1' } },
    ]);
    expect(jobs.reads('req-1')).toEqual([{ tool: 'samsung_get_request', input: { request_id: 'req-1' } }]);
  });

  const gone = new ProviderError('not_found', 'No such cluster', { status: 404, mayHaveActed: false });
  const denied = new ProviderError('forbidden', 'No permission', { status: 403, mayHaveActed: false });
  const asked = (state: string): Values => ({ state });
  const is = (state: string): Values => ({ service_state: state });

  test.each([
    ['RUNNING', asked('X'), is('RUNNING'), 'succeeded', 'cluster RUNNING, request X'],
    ['RUNNING', asked('X'), is('RESTARTING'), 'running', 'cluster RESTARTING, request X'],
    ['RUNNING', asked('X'), is('ERROR'), 'failed', 'cluster ERROR, request X'],
    ['RUNNING', asked('X'), is('TERMINATED'), 'failed', 'cluster TERMINATED, request X'],
    ['RUNNING', asked('X'), is('STOPPED'), 'unknown', 'cluster STOPPED, request X'],
    ['RUNNING', asked('X'), is('NEW_WORD'), 'unknown', 'cluster NEW_WORD, request X'],
    ['RUNNING', asked('X'), gone, 'unknown', 'cluster unreadable (404), request X'],
    ['RUNNING', denied, is('RUNNING'), 'succeeded', 'cluster RUNNING'],
    ['RUNNING', asked('IN_PROGRESS'), is('RUNNING'), 'running', 'cluster RUNNING, request IN_PROGRESS'],
    ['RUNNING', asked('FAILED'), is('RUNNING'), 'failed', 'cluster RUNNING, request FAILED'],
    ['STOPPED', asked('X'), is('RUNNING'), 'running', 'cluster RUNNING, request X'],
    ['STOPPED', asked('X'), is('STOPPED'), 'succeeded', 'cluster STOPPED, request X'],
    ['SETTLED', asked('X'), is('STOPPED'), 'succeeded', 'cluster STOPPED, request X'],
    ['SETTLED', asked('X'), is('SYNCHRONIZING'), 'running', 'cluster SYNCHRONIZING, request X'],
    ['TERMINATED', asked('X'), is('TERMINATED'), 'succeeded', 'cluster TERMINATED, request X'],
    ['TERMINATED', asked('X'), gone, 'succeeded', 'cluster gone, request X'],
    ['TERMINATED', gone, gone, 'succeeded', 'cluster gone'],
  ])('towards %s, %j and %j is %s', (goal, request, cluster, state, word) => {
    expect(jobs.stateOf([request, cluster], { id: `req-1/c-1/${goal}` })).toMatchObject({ state, word });
  });

  test.each([
    ['a request of an unknown word that is new', 'X', { ageSeconds: 3 }, 'running'],
    ['one that is old', 'X', { ageSeconds: 10 }, 'succeeded'],
    ['one that was seen at work', 'X', { ageSeconds: 3, hasBegun: true }, 'succeeded'],
    ['one that says that it is done', 'COMPLETED', { ageSeconds: 3 }, 'succeeded'],
    ['one that says that it is not', 'INCOMPLETE', { ageSeconds: 3 }, 'running'],
    ['one that says that it was without success', 'UNSUCCESSFUL', { ageSeconds: 3 }, 'failed'],
    ['one that was aborted', 'ABORTED', { ageSeconds: 600 }, 'failed'],
    ['one that is accepted', 'ACCEPTED', { ageSeconds: 600 }, 'running'],
    ['one that is requested', 'REQUESTED', { ageSeconds: 600 }, 'running'],
    ['one that waits', 'QUEUED', { ageSeconds: 600 }, 'running'],
  ])('a cluster that runs beside %s: %s', (_what, said, look, state) => {
    const id = 'req-1/c-1/RUNNING';
    expect(jobs.stateOf([asked(said), is('RUNNING')], { id, ...look })).toMatchObject({ state });
  });

  test.each([
    ['ERROR', 'ACCEPTED', { ageSeconds: 600 }, 'running'],
    ['STOPPED', 'ACCEPTED', { ageSeconds: 600 }, 'running'],
    ['ERROR', 'X', { ageSeconds: 3 }, 'running'],
    ['ERROR', 'PROCESSING', { ageSeconds: 600 }, 'failed'],
    ['UNKNOWN', 'PROCESSING', { ageSeconds: 600 }, 'unknown'],
    ['RESTARTING', 'X', { ageSeconds: 3 }, 'running'],
  ])('a cluster in %s beside %s, %j, is %s', (word, said, look, state) => {
    const id = 'req-1/c-1/RUNNING';
    const seen = jobs.stateOf([asked(said), is(word)], { id, ...look });
    expect(seen.state).toBe(state);
    expect(seen.hasBegun).toBe(word === 'RESTARTING' ? true : undefined);
  });

  test('a request alone tells its word and no more', () => {
    expect(jobs.stateOf([asked('COMPLETED')], { id: 'req-1' })).toEqual({ state: 'unknown', word: 'COMPLETED' });
  });

  test('when nothing can be read, that is the error', () => {
    expect(() => jobs.stateOf([denied, denied], { id: 'req-1/c-1/RUNNING' })).toThrow(denied);
    expect(() => jobs.stateOf([denied], { id: 'req-1' })).toThrow(denied);
  });
});
