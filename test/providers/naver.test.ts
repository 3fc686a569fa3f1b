import { describe, expect, test } from 'vitest';
import { naver } from '../../src/providers/naver.js';
import { type ApiRequest, ProviderError } from '../../src/providers/provider.js';
import type { HttpResponse } from '../../src/providers/wire/http.js';

const now = 1_700_000_000_000;

const made = {
  gateway: 'https://ncloud.apigw.ntruss.com',
  baseUrl: '',
  accessKey: 'MADE-UP-ACCESS-KEY-01',
  secretKey: 'made-up-secret-key-for-this-vector-only',
  now: () => now,
  send: () => Promise.reject(new Error('Signing asks nobody.')),
};
const provider = naver(made);

const request = (facts: Partial<ApiRequest>): ApiRequest => ({
  method: 'GET',
  path: '/getCloudPostgresqlInstanceList',
  query: {},
  contentType: 'application/json',
  repeatable: true,
  ...facts,
});

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The error that an answer becomes. */
function refusalOf(response: HttpResponse): ProviderError {
  try {
    provider.unwrap(response);
  } catch (error) {
    if (error instanceof ProviderError) return error;
  }
  throw new Error('The answer was not refused.');
}

test.each([
  [{ gateway: 'https://ncloud.apigw.gov-ntruss.com/' }, 'https://ncloud.apigw.gov-ntruss.com/vpostgresql/v2/x'],
  [{ baseUrl: 'http://127.0.0.1:8080/other/' }, 'http://127.0.0.1:8080/other/x'],
])('%j leads to the right address', async (place, address) => {
  const { url } = await naver({ ...made, ...place }).sign(request({ path: '/x' }));
  expect(url.split('?')[0]).toBe(address);
});

describe('signing', () => {
  test('a read signs its query as it is sent', async () => {
    const query = { regionCode: 'KR', cloudPostgresqlInstanceNoList: ['1234', '2345'] };
    expect(await provider.sign(request({ query }))).toEqual({
      method: 'GET',
      url:
        'https://ncloud.apigw.ntruss.com/vpostgresql/v2/getCloudPostgresqlInstanceList?regionCode=KR' +
        '&cloudPostgresqlInstanceNoList.1=1234&cloudPostgresqlInstanceNoList.2=2345&responseFormatType=json',
      headers: {
        'x-ncp-apigw-timestamp': '1700000000000',
        'x-ncp-iam-access-key': 'MADE-UP-ACCESS-KEY-01',
        'x-ncp-apigw-signature-v2': 'pG0od4zvUsMBUBGG+z6WaMPwz6VBlDDq52GM9Lwi+aY=',
        accept: 'application/json',
      },
      body: undefined,
      repeatable: true,
    });
  });

  test('the escaped text is signed', async () => {
    const signed = await provider.sign(
      request({
        path: '/changeCloudPostgresqlUserList',
        query: {
          cloudPostgresqlInstanceNo: '1234925',
          cloudPostgresqlUserList: [{ name: 'testuser', clientCidr: '0.0.0.0/0' }],
        },
      }),
    );
    expect(signed.url).toContain('cloudPostgresqlUserList.1.clientCidr=0.0.0.0%2F0');
    expect(signed.headers['x-ncp-apigw-signature-v2']).toBe('4uyYALMH536op5tp5NIq75kFJrITZRlfqNCl+ZmI5Jg=');
  });

  test('a change carries everything in its body, which is not signed', async () => {
    const user = {
      name: 'testuser',
      clientCidr: '0.0.0.0/0',
      password: 'Made-up9!pw',
      isReplicationRole: false,
    };
    const signed = await provider.sign(
      request({
        method: 'POST',
        path: '/changeCloudPostgresqlUserList',
        body: { regionCode: 'KR', cloudPostgresqlInstanceNo: '1234925', cloudPostgresqlUserList: [user] },
        repeatable: false,
      }),
    );
    expect(signed.url).toBe('https://ncloud.apigw.ntruss.com/vpostgresql/v2/changeCloudPostgresqlUserList');
    expect(signed.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(signed.headers['x-ncp-apigw-signature-v2']).toBe('iXYFghS8W13FdcUi0Df30illTTmKV5CaagAaWp5KQ7o=');
    expect(signed.body).toBe(
      'regionCode=KR&cloudPostgresqlInstanceNo=1234925&cloudPostgresqlUserList.1.name=testuser' +
        '&cloudPostgresqlUserList.1.clientCidr=0.0.0.0%2F0&cloudPostgresqlUserList.1.password=Made-up9%21pw' +
        '&cloudPostgresqlUserList.1.isReplicationRole=false&responseFormatType=json',
    );
    expect(signed.repeatable).toBe(false);
  });

  test('a field that one item of a list lacks is left out, and the numbers stay those of the items', async () => {
    const list = [
      { name: 'anna', isReplicationRole: true },
      { name: 'bert', clientCidr: undefined },
    ];
    const signed = await provider.sign(request({ method: 'POST', body: { list } }));
    expect(signed.body).toBe('list.1.name=anna&list.1.isReplicationRole=true&list.2.name=bert&responseFormatType=json');
  });

  test.each([
    ['Größe & mehr', 'Gr%C3%B6%C3%9Fe+%26+mehr'],
    ['가-1', '%EA%B0%80-1'],
    ["a'b*c~", 'a%27b*c%7E'],
  ])('%s survives as %s', async (text, escaped) => {
    const { url } = await provider.sign(request({ query: { text } }));
    expect(url).toContain(`?text=${escaped}&`);
    expect(new URL(url).search).toBe(url.slice(url.indexOf('?')));
  });
});

describe('answers', () => {
  test('lose their wrapper and keep the count of rows', () => {
    const fields = { totalRows: 1, cloudPostgresqlBucketList: [{ bucketName: 'postgresql-backup' }] };
    const envelope = { requestId: 'c345f9b5', returnCode: '0', returnMessage: 'success' };
    const body = { getCloudPostgresqlBucketListResponse: { ...fields, ...envelope } };
    expect(provider.unwrap(answer(200, body))).toEqual(fields);
  });

  test.each([0, '0', undefined])('return code %s is success', (returnCode) => {
    expect(provider.unwrap(answer(200, { addCloudPostgresqlUserListResponse: { returnCode } }))).toEqual({});
  });

  const gateway = (errorCode: string | number, message = 'as the gateway says') => ({ error: { errorCode, message } });
  const service = (returnCode: string | number) => ({ responseError: { returnCode, returnMessage: 'as it says' } });

  test.each([
    [400, gateway('100'), '100', 'refused', false],
    [401, gateway('200'), '200', 'unauthenticated', false],
    [401, gateway(210), '210', 'forbidden', false],
    [404, gateway('300'), '300', 'no_such_path', false],
    [429, gateway('400'), '400', 'too_fast', false],
    [429, gateway('410'), '410', 'too_fast', false],
    [429, gateway('420'), '420', 'too_fast', false],
    [413, gateway('430'), '430', 'refused', false],
    [503, gateway('500'), '500', 'unavailable', false],
    [504, gateway('510'), '510', 'unavailable', true],
    [500, gateway('900'), '900', 'refused', true],
    [200, gateway('510'), '510', 'unavailable', true],
    [403, gateway('999'), '999', 'forbidden', false],
    [400, service('5001017'), '5001017', 'not_found', false],
    [400, service(1007009), '1007009', 'refused', false],
    [200, service('5001017'), '5001017', 'not_found', false],
    [500, service('5000001'), '5000001', 'refused', true],
    [503, service('5000001'), '5000001', 'unavailable', true],
    [503, gateway('999'), '999', 'unavailable', true],
    [503, '<html>upstream</html>', '503', 'unavailable', true],
    [200, { xResponse: { returnCode: '77', returnMessage: 'no' } }, '77', 'refused', false],
    [500, { xResponse: { returnCode: '0' } }, '500', 'unreadable', true],
    [200, '<?xml version="1.0"?><xResponse/>', '200', 'unreadable', true],
    // Looked at in every way in which its comments could end, it would never be done.
    [403, '<!-- -->'.repeat(100), '403', 'forbidden', false],
    [200, '', '200', 'unreadable', true],
    [200, {}, '200', 'unreadable', true],
    [502, '<html>Bad Gateway</html>', '502', 'unavailable', true],
  ])('HTTP %s with %j is %s, %s', (status, body, code, kind, mayHaveActed) => {
    expect(refusalOf(answer(status, body))).toMatchObject({ code, kind, mayHaveActed, status });
  });

  test('a refusal shows the words of the provider', () => {
    const details = 'Invalid authentication information.';
    const body = { error: { errorCode: '200', message: 'Authentication Failed', details } };
    expect(refusalOf(answer(401, body)).message).toBe(`Authentication Failed. ${details}`);
    expect(refusalOf(answer(400, service('1'))).message).toBe('as it says.');
  });

  test('a refused signature tells when the clocks are apart', () => {
    const at = (milliseconds: number) => ({ date: new Date(milliseconds).toUTCString() });
    const refused = (date: Record<string, string>) => refusalOf(answer(401, gateway('200'), date)).message;
    expect(refused(at(now + 400_000))).toContain('400 s behind');
    expect(refused(at(now + 30_000))).toBe('as the gateway says.');
    expect(refused({})).toBe('as the gateway says.');
    expect(refusalOf(answer(401, gateway('210'), at(now + 400_000))).message).toBe('as the gateway says.');
  });

  test('a gateway that is asked too fast tells how long to wait', () => {
    expect(refusalOf(answer(429, gateway('420'), { 'retry-after': '7' })).retryAfterSeconds).toBe(7);
  });
});
