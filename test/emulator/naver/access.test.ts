import { expect, test } from 'vitest';
import { signatureOf } from '../../../src/emulator/naver/access.js';
import { serveEmulator } from '../../../src/emulator/serve.js';
import { connect, type Sending } from './client.js';

const minutes = 60_000;
const listing = 'getCloudPostgresqlInstanceList';
const path = '/vpostgresql/v2';

test.each([
  [
    'GET',
    `${path}/${listing}?regionCode=KR&cloudPostgresqlInstanceNoList.1=1234&cloudPostgresqlInstanceNoList.2=2345` +
      '&responseFormatType=json',
    'pG0od4zvUsMBUBGG+z6WaMPwz6VBlDDq52GM9Lwi+aY=',
  ],
  [
    'GET',
    `${path}/changeCloudPostgresqlUserList?cloudPostgresqlInstanceNo=1234925&cloudPostgresqlUserList.1.name=testuser` +
      '&cloudPostgresqlUserList.1.clientCidr=0.0.0.0%2F0&responseFormatType=json',
    '4uyYALMH536op5tp5NIq75kFJrITZRlfqNCl+ZmI5Jg=',
  ],
  ['POST', `${path}/changeCloudPostgresqlUserList`, 'iXYFghS8W13FdcUi0Df30illTTmKV5CaagAaWp5KQ7o='],
])('%s %s has the known signature', (method, target, signature) => {
  const signed = { method, target, timestamp: '1700000000000', accessKey: 'MADE-UP-ACCESS-KEY-01' };
  expect(signatureOf(signed, 'made-up-secret-key-for-this-vector-only')).toBe(signature);
});

test.each<[string, () => Sending]>([
  ['an unknown access key', () => ({ accessKey: 'somebody' })],
  ['a wrong secret key', () => ({ secretKey: 'guessed' })],
  ['a timestamp of six minutes ago', () => ({ timestamp: Date.now() - 6 * minutes })],
  ['a timestamp of six minutes ahead', () => ({ timestamp: Date.now() + 6 * minutes })],
])('the gateway refuses %s', async (_what, sending) => {
  const response = await connect().send(listing, {}, sending());
  expect(response.status).toBe(401);
  expect(response.headers.get('date')).toBeTruthy();
  expect(await response.json()).toMatchObject({ error: { errorCode: '200', message: 'Authentication Failed' } });
});

test('the timestamp counts by real time, wherever the emulated clock stands', async () => {
  const { world, call } = connect();
  world.advance(600 * minutes);
  expect(await call(listing, {}, { timestamp: Date.now() - 4 * minutes })).toMatchObject({ returnCode: '0' });
});

test('the query is signed too', async () => {
  const { send } = connect();
  const sending = { method: 'GET', signedTarget: `${path}/${listing}?vpcNo=5087` } as const;
  expect((await send(listing, { vpcNo: '5087' }, sending)).status).toBe(200);
  expect((await send(listing, { vpcNo: '5102' }, sending)).status).toBe(401);
});

test('a signature can be made to look expired', async () => {
  const { faults, call } = connect();
  faults.add({ on: `GET ${path}/${listing}`, kind: 'expired-token', times: 1 });
  expect(await call(listing, {}, { method: 'GET' })).toMatchObject({ errorCode: '200' });
  expect(await call(listing, {}, { method: 'GET' })).toMatchObject({ returnCode: '0' });
});

test('a viewer reads and changes nothing', async () => {
  const { call, send } = connect();
  const viewer = { accessKey: 'sandbox-viewer' };
  expect(await call(listing, {}, viewer)).toMatchObject({ returnCode: '0' });
  const refused = await send('deleteCloudPostgresqlInstance', { cloudPostgresqlInstanceNo: '1235310' }, viewer);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ error: { errorCode: '210', message: 'Permission Denied' } });
});

test('behind the served emulator the signature covers the URL that the client sees', async () => {
  const served = await serveEmulator(connect().emulator);
  expect(served.environment).toMatchObject({ NAVER_BASE_URL: `${served.origin}/naver${path}` });
  const timestamp = String(Date.now());
  const ask = (target: string) =>
    fetch(`${served.origin}/naver${path}/${listing}`, {
      headers: {
        'x-ncp-apigw-timestamp': timestamp,
        'x-ncp-iam-access-key': 'sandbox-access-key',
        'x-ncp-apigw-signature-v2': signatureOf(
          { method: 'GET', target, timestamp, accessKey: 'sandbox-access-key' },
          'sandbox-secret-key',
        ),
      },
    });
  try {
    expect((await ask(`/naver${path}/${listing}`)).status).toBe(200);
    expect((await ask(`${path}/${listing}`)).status).toBe(401);
  } finally {
    await served.close();
  }
});
