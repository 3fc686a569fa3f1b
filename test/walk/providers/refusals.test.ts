import { describe, expect, test } from 'vitest';
import { type Answer, keys, startAnswering } from '../../support/answering.js';
import { turningClock } from '../../support/clock.js';
import { connect } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { startFleet } from '../../support/fleet.js';
import { calls, names, type ProviderName } from './calls.js';

const end = endOfFile();

const ofSamsung = (status: number, code: string, detail: string | string[]): Answer => ({
  status,
  body: { errors: [{ code, detail, request_id: 'req-88d48e2d', status, title: code }] },
});
const ofItsGateway = (status: number, error: string): Answer => ({
  status,
  body: {
    timestamp: '2026-06-05T04:44:07.420+00:00',
    path: '/v1/clusters',
    status,
    error,
    requestId: 'd7ad2b51-54171',
  },
});
const ofNaver = (returnCode: string, returnMessage: string): Answer => ({
  status: 400,
  body: { responseError: { returnCode, returnMessage } },
});
const ofNaversGateway = (status: number, errorCode: string | number, message: string, details?: string): Answer => ({
  status,
  body: { error: { errorCode, message, details } },
});
const ofCegedim = (errorDesc: string, errorMessage: string): Answer => ({
  status: 400,
  body: { status: 'BAD_REQUEST', errorCode: 'INVALID_FIELD_VALUE', errorDesc, errorMessage },
});

const now = Date.parse('2026-03-01T12:00:00Z');
const inAMinute = { 'retry-after': new Date(now + 60_000).toUTCString() };

/** What a provider says to a read, and what has to be found in the error: its code, its words, what to do next. */
const refusals: Record<ProviderName, [Answer, string[]][]> = {
  samsung: [
    [ofSamsung(400, 'ValidationError', ['value_error', 'too long']), ['ValidationError', 'value_error; too long']],
    [ofSamsung(404, 'ResourceNotFound', 'No such thing'), ['ResourceNotFound', 'No such thing', 'req-88d48e2d']],
    [
      { status: 400, body: [{ msg: 'field required', loc: ['body', 'subnet_id'], ctx: {}, type_: 'missing' }] },
      ['400', 'body.subnet_id: field required'],
    ],
    [ofSamsung(409, 'ClusterBusy', 'It is EDITING'), ['ClusterBusy', 'It is EDITING', 'nothing was done', 'Try again']],
    [ofSamsung(403, 'Forbidden', 'Not yours'), ['Forbidden', 'postgresql:ListClusters']],
    [ofItsGateway(404, 'Not Found'), ['404', 'Not Found', 'keys or a clock that are wrong', 'base URL']],
    [ofItsGateway(401, 'Unauthorized'), ['401', 'Unauthorized', 'credentials', 'd7ad2b51-54171']],
    [{ status: 403 }, ['403', 'empty answer', 'postgresql:ListClusters']],
  ],
  naver: [
    [ofNaver('1007009', 'The access control group is being changed.'), ['1007009', 'is being changed']],
    [ofNaver('5001017', 'made-up wording'), ['5001017', 'made-up wording']],
    [ofNaversGateway(401, '200', 'Authentication Failed', 'Bad key'), ['200', 'Authentication Failed', 'credentials']],
    [ofNaversGateway(401, 210, 'Permission Denied'), ['210', 'Permission Denied', 'administrator']],
    [ofNaversGateway(404, '300', 'Not Found Exception'), ['300', 'base URL']],
    [{ ...ofNaver('1007009', 'Said with success'), status: 200 }, ['1007009', 'Said with success']],
    [{ ...ofNaver('1007009', 'Too many'), status: 429, headers: inAMinute }, ['1007009', 'Try again in 60 seconds']],
    [{ body: '<responseError/>' }, ['HTML or XML']],
    [{ status: 403 }, ['403', 'empty answer']],
  ],
  cegedim: [
    [ofCegedim('name', "Error on field 'name'"), ['INVALID_FIELD_VALUE', "Error on field 'name'"]],
    [{ status: 401 }, ['401', 'token was not accepted', 'credentials']],
    [{ status: 403 }, ['403', 'not permitted', 'administrator']],
    [{ status: 404 }, ['404', 'no such resource']],
    [{ status: 409 }, ['409', 'another action may still be running']],
    [{ status: 422 }, ['422', 'do not fit together']],
    [{ body: { errorCode: 'QUOTA', errorMessage: 'No room' } }, ['QUOTA', 'No room']],
    [{ status: 429, headers: inAMinute }, ['429', 'Try again in 60 seconds']],
  ],
};

/** The refusal that follows on a signature or a token that is not accepted. */
const distrust: Record<ProviderName, Answer> = {
  samsung: ofItsGateway(401, 'Unauthorized'),
  naver: ofNaversGateway(401, '200', 'Authentication Failed'),
  cegedim: { status: 401 },
};

describe('a provider that says what a test wants', async () => {
  let said: Answer = {};
  const provider = await startAnswering(names, () => said, { end });
  const connection = await connect({ fleet: provider, clock: { ...turningClock(), now: () => now }, end });

  test.each(names)('what %s refuses is told with its code, its words and what to do', async (name) => {
    for (const [answer, words] of refusals[name]) {
      said = answer;
      const [tool, args] = calls[name].read;
      const { isError, text } = await connection.call(tool, { ...args });
      const what = JSON.stringify(answer);
      expect(isError, what).toBe(true);
      for (const word of words) expect(text, what).toContain(word);
      expect(text, what).not.toContain('fault of pgfleet');
    }
    expect(connection.stderr()).toBe('');
  });

  const conflicts: [name: ProviderName, answer: Answer, read: string][] = [
    ['cegedim', { status: 409 }, 'cegedim_get_instance'],
    ['samsung', ofSamsung(409, 'Conflict', 'Not now'), 'samsung_get_cluster'],
  ];
  test.each(conflicts)('a conflict at %s, %j, names the read that shows the state', async (name, answer, read) => {
    said = answer;
    const [tool, args] = calls[name].change;
    const { isError, text } = await connection.call(tool, { ...args });
    expect(isError).toBe(true);
    expect(text).toMatch(new RegExp(`${read}.* shows how it is now`));
  });

  const page = '<!DOCTYPE html><html><body>Blocked</body></html>';
  const gateways: [Answer, string[]][] = [
    [
      { status: 301, headers: { location: 'https://moved.example.test/base' } },
      ['a redirect to https://moved.example'],
    ],
    [{ status: 307, headers: { location: '/elsewhere' }, body: page }, ['a redirect', '307']],
    [{ status: 403, body: page }, ['403', 'HTML']],
    [{ status: 403, body: `<?xml version="1.0"?><!-- blocked -->\n${page}` }, ['403', 'HTML']],
    [{ status: 403, headers: { 'content-type': 'text/html' }, body: '<p>Blocked</p>' }, ['403', 'HTML']],
  ];
  test.each(names)('an answer of a gateway on the way to %s is named as such, and nothing was done', async (name) => {
    for (const [answer, words] of gateways) {
      said = answer;
      const [tool, args] = calls[name].change;
      const { isError, text } = await connection.call(tool, { ...args });
      expect(isError).toBe(true);
      for (const word of [...words, 'a gateway on the way', 'base URL']) expect(text).toContain(word);
      expect(text).not.toMatch(/permission|administrator|not known/);
      expect(connection.audit().at(-1)).toMatchObject({ event: 'outcome', outcome: 'failed' });
    }
  });

  test.each(names)('where %s does not trust the request, a clock that is off is named with how far', async (name) => {
    const refused = async (secondsAhead: number) => {
      const date = new Date(now + secondsAhead * 1000).toUTCString();
      said = { ...distrust[name], headers: { date } };
      return (await connection.call(calls[name].read[0], { ...calls[name].read[1] })).text;
    };
    expect(await refused(0)).not.toContain('clock here');
    expect(await refused(600)).toContain('the clock here is 600 s behind theirs');
    expect(await refused(-600)).toContain('the clock here is 600 s ahead of theirs');
  });
});

const wrongKeys: Record<ProviderName, Record<string, string>> = {
  samsung: { SAMSUNG_SECRET_KEY: keys.secret },
  naver: { NAVER_SECRET_KEY: keys.secret },
  cegedim: { CEGEDIM_CLIENT_SECRET: keys.secret },
};

test('the sandbox refuses a key that is wrong, and the error is about the credentials', async () => {
  const fleet = await startFleet();
  const env = Object.assign({}, ...Object.values(wrongKeys));
  const { call, stderr } = await connect({ fleet, env });
  for (const name of names)
    for (const [tool, args] of [calls[name].read, calls[name].change]) {
      const { isError, text } = await call(tool, { ...args });
      expect(isError).toBe(true);
      expect(text).toContain('credentials');
      expect(text + stderr()).not.toContain(keys.secret);
    }
});

const viewers = {
  SAMSUNG_ACCESS_KEY: 'SANDBOXVIEWERKEY',
  SAMSUNG_SECRET_KEY: 'sandbox-viewer-secret-key',
  NAVER_ACCESS_KEY: 'sandbox-viewer',
  CEGEDIM_CLIENT_ID: 'sandbox-viewer',
};

test('a key that may only look can look, and the refusal of a change is about permission', async () => {
  const fleet = await startFleet();
  const { call } = await connect({ fleet, env: viewers });
  for (const name of names) {
    const [[read, given], [change, args]] = [calls[name].read, calls[name].change];
    expect((await call(read, { ...given })).isError, read).toBe(false);
    const { isError, text } = await call(change, { ...args });
    expect(isError).toBe(true);
    expect(text).toMatch(/permission postgresql:StartCluster|administrator/);
  }
});
