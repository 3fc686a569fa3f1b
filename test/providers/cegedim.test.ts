import { describe, expect, test } from 'vitest';
import { cegedim } from '../../src/providers/cegedim.js';
import { type ApiRequest, ProviderError } from '../../src/providers/provider.js';
import type { HttpRequest, HttpResponse } from '../../src/providers/wire/http.js';

const now = Date.parse('2026-03-01T12:00:00Z');

/** A provider whose token service counts its tokens; its clock is moved by hand. */
function connect() {
  const asked: HttpRequest[] = [];
  const clock = { now };
  const provider = cegedim({
    baseUrl: 'https://api.example.test/',
    tokenUrl: 'https://accounts.example.test/token',
    clientId: 'client',
    clientSecret: 'very-secret',
    now: () => clock.now,
    send: async (request) => {
      asked.push(request);
      return answer(200, { access_token: `token-${asked.length}`, expires_in: 1200, token_type: 'bearer' });
    },
  });
  return { provider, asked, clock };
}

const answer = (status: number, body?: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
});

const request = (facts: Partial<ApiRequest>): ApiRequest => ({
  method: 'GET',
  path: '/itcare/actions',
  query: {},
  contentType: 'application/json',
  repeatable: true,
  ...facts,
});

/** The error that an answer becomes. */
function refusalOf(response: HttpResponse): ProviderError {
  try {
    connect().provider.unwrap(response);
  } catch (error) {
    if (error instanceof ProviderError) return error;
  }
  throw new Error('The answer was not refused.');
}

describe('signing', () => {
  test('a token is asked for once with Basic authentication, and carried by every request', async () => {
    const { provider, asked } = connect();
    const signed = await Promise.all([provider.sign(request({})), provider.sign(request({}))]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: 'https://accounts.example.test/token',
      headers: { authorization: `Basic ${Buffer.from('client:very-secret').toString('base64')}` },
      body: 'grant_type=client_credentials',
    });
    expect(signed.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-1']);
  });

  test('a token is renewed before its 20 minutes are over', async () => {
    const { provider, asked, clock } = connect();
    await provider.sign(request({}));
    clock.now += 18 * 60_000;
    await provider.sign(request({}));
    expect(asked).toHaveLength(1);
    clock.now += 90_000;
    expect((await provider.sign(request({}))).headers['authorization']).toBe('Bearer token-2');
  });

  test('a refused token is dropped, unless it was replaced already', async () => {
    const { provider, asked } = connect();
    const first = await provider.sign(request({}));
    expect(provider.invalidateToken(first)).toBe(true);
    await provider.sign(request({}));
    provider.invalidateToken(first);
    await provider.sign(request({}));
    expect(asked).toHaveLength(2);
    expect(provider.secrets()).toEqual(expect.arrayContaining(['very-secret', 'token-2']));
  });

  test('lists repeat their key in the query, and a read has no body', async () => {
    const { provider } = connect();
    const query = { resourceName: 'a&b c', statuses: ['SUCCESS', 'ERROR'] };
    const signed = await provider.sign(request({ query }));
    expect(signed.url).toBe(
      'https://api.example.test/itcare/actions?resourceName=a%26b+c&statuses=SUCCESS&statuses=ERROR',
    );
    expect(signed.body).toBeUndefined();
    expect(signed.headers['content-type']).toBeUndefined();
  });

  test.each(['application/json', 'application/vnd.cegedim-it.v1+json'])(
    'a body goes out as %s',
    async (contentType) => {
      const { provider } = connect();
      const body = { operation: 'start' };
      const signed = await provider.sign(request({ method: 'PATCH', body, contentType, repeatable: false }));
      expect(signed).toMatchObject({ body: '{"operation":"start"}', repeatable: false });
      expect(signed.headers['content-type']).toBe(contentType);
    },
  );
});

test('ids that are too long for a number stay exact, and go out as the numbers that they are', async () => {
  const { provider } = connect();
  const { jobs } = provider;
  const started = '{"id":9007199254740993,"status":"IN_PROGRESS"}';
  const answered = provider.unwrap({ status: 202, headers: {}, body: started });
  expect(answered).toEqual({ id: '9007199254740993', status: 'IN_PROGRESS' });
  expect(jobs.idOf({ tool: 'cegedim_stop_instance', input: {}, answer: answered })).toBe('9007199254740993');
  const body = { name: '9007199254740993', serviceId: '9007199254740993', options: { sourceId: '9007199254740995' } };
  const signed = await provider.sign(request({ method: 'POST', body, repeatable: false }));
  expect(signed.body).toBe(
    '{"name":"9007199254740993","serviceId":9007199254740993,"options":{"sourceId":9007199254740995}}',
  );
});

describe('answers', () => {
  test.each([
    ['an object', 200, { id: 1, status: 'ACTIVE' }, { id: 1, status: 'ACTIVE' }],
    ['an accepted change', 202, { id: 7, status: 'IN_PROGRESS' }, { id: 7, status: 'IN_PROGRESS' }],
    ['a list of objects', 200, [{ name: 'app' }], { items: [{ name: 'app' }] }],
    ['a list of numbers', 200, [15, 16], { items: [15, 16] }],
    ['an empty list', 200, [], { items: [] }],
  ])('%s', (_, status, body, fields) => {
    expect(connect().provider.unwrap(answer(status, body))).toEqual(fields);
  });

  test.each([
    ['an error code that is null', { id: 1, errorCode: null }],
    ['an error code of an item', { content: [{ errorCode: 'QUOTA' }] }],
  ])('%s is no failure', (_, body) => {
    expect(connect().provider.unwrap(answer(200, body))).toEqual(body);
    expect(connect().provider.unwrap(answer(200, [body]))).toEqual({ items: [body] });
  });

  test('an error code in a success is a failure, after which the outcome is unknown', () => {
    const body = { id: 7, errorCode: 'QUOTA', errorMessage: 'No room' };
    expect(refusalOf(answer(202, body))).toMatchObject({ kind: 'refused', code: 'QUOTA', mayHaveActed: true });
  });

  test.each([
    ['nothing', ''],
    ['a page', '<html>maintenance</html>'],
    ['cut JSON', '[{"name":'],
    ['a bare text', '"done"'],
  ])('%s with HTTP 200 is no answer, and a change may have been made', (_, body) => {
    expect(refusalOf(answer(200, body))).toMatchObject({ kind: 'unreadable', mayHaveActed: true });
  });
});

describe('refusals', () => {
  test('the documented body gives code and message', () => {
    const body = {
      status: 'BAD_REQUEST',
      errorCode: 'INVALID_FIELD_VALUE',
      errorDesc: 'name',
      errorMessage: "Error on field 'name'",
    };
    expect(refusalOf(answer(400, body))).toMatchObject({
      kind: 'refused',
      code: 'INVALID_FIELD_VALUE',
      status: 400,
      message: "Error on field 'name'",
      mayHaveActed: false,
    });
  });

  test.each([
    ['a description that says more', { errorMessage: 'Refused', errorDesc: 'quota' }, 'Refused (quota)'],
    ['no message', { errorCode: 'QUOTA', errorDesc: 'quota used up' }, 'quota used up'],
    ['a code alone', { errorCode: 'QUOTA', errorMessage: null }, 'it conflicts with the present state'],
  ])('%s', (_, body, message) => {
    expect(refusalOf(answer(409, body)).message).toContain(message);
  });

  test.each([
    [400, 'refused', false, /not acceptable/],
    [401, 'unauthenticated', false, /token/],
    [403, 'forbidden', false, /not permitted/],
    [404, 'not_found', false, /no such resource/],
    [409, 'refused', false, /conflicts/],
    [422, 'refused', false, /do not fit/],
    [429, 'too_fast', false, /empty answer/],
    [500, 'refused', true, /failed with 500/],
    [502, 'unavailable', true, /empty answer/],
    [503, 'unavailable', true, /temporarily/],
  ])('HTTP %i without a body', (status, kind, mayHaveActed, message) => {
    const error = refusalOf(answer(status));
    expect(error).toMatchObject({ kind, mayHaveActed, status, code: String(status) });
    expect(error.message).toMatch(message);
  });

  test('a failure that may have changed something names its code', () => {
    const error = refusalOf(answer(500, { errorCode: 'FATAL', errorMessage: 'Something broke.' }));
    expect(error).toMatchObject({ kind: 'refused', code: 'FATAL', mayHaveActed: true });
    expect(error.message).toMatch(/failed with FATAL: Something broke\.$/);
  });

  test('a page of a gateway is not the provider speaking', () => {
    expect(refusalOf(answer(404, '<html>404</html>'))).toMatchObject({ kind: 'no_such_path', mayHaveActed: false });
    expect(refusalOf(answer(302, '<html>sign in</html>'))).toMatchObject({ kind: 'unreadable', mayHaveActed: true });
  });

  test('it tells when it wants to be asked again', () => {
    expect(refusalOf(answer(429, { errorMessage: 'slower' }, { 'retry-after': '9' }))).toMatchObject({
      kind: 'too_fast',
      retryAfterSeconds: 9,
    });
  });

  test('a refused token and a clock that is wrong by minutes are named together', () => {
    const date = new Date(now - 300_000).toUTCString();
    expect(refusalOf(answer(401, undefined, { date })).message).toMatch(/token was not accepted.*clock here .* ahead/);
    expect(refusalOf(answer(401, undefined, { date: new Date(now).toUTCString() })).message).not.toMatch(/clock/);
    expect(refusalOf(answer(403, undefined, { date })).message).not.toMatch(/clock/);
  });
});

describe('actions', () => {
  const { jobs } = connect().provider;

  test.each([
    ['a number', { id: 88, internalId: 4 }, '88'],
    ['a text', { id: '88' }, '88'],
    ['none', { status: 'SUCCESS' }, undefined],
  ])('the handle is %s', (_, fields, id) => {
    expect(jobs.idOf({ tool: 'cegedim_stop_instance', input: {}, answer: fields })).toBe(id);
  });

  test('an action is read by its id', () => {
    expect(jobs.reads('88')).toEqual([{ tool: 'cegedim_get_action', input: { actionId: '88' } }]);
  });

  test.each([
    ['IN_PROGRESS', 'running'],
    ['SUCCESS', 'succeeded'],
    ['ERROR', 'failed'],
    ['POSTPONED', 'unknown'],
  ])('%s is %s', (word, state) => {
    expect(jobs.stateOf([{ status: word }], { id: '88' })).toMatchObject({ state, word });
  });

  test('an action that cannot be read has no state', () => {
    const refusal = refusalOf(answer(404));
    expect(() => jobs.stateOf([refusal], { id: '88' })).toThrow(refusal);
    expect(jobs.stateOf([{}], { id: '88' })).toEqual({ state: 'unknown', word: 'none given' });
  });
});
