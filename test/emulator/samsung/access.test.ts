import { expect, test } from 'vitest';
import { connect, operator, signed, viewer } from './client.js';

const gateway = (status: number, error: string) => ({
  status,
  answer: {
    status,
    error,
    path: '/v1/clusters',
    timestamp: expect.stringMatching(/\+00:00$/),
    requestId: expect.any(String),
  },
});

test('an unsigned request gets the 404 of the gateway', async () => {
  const { fetch } = connect();
  expect(await fetch('GET', '/v1/clusters', { headers: {} })).toEqual(gateway(404, 'Not Found'));
});

test.each([
  ['a wrong secret', { ...operator, secretKey: 'other' }],
  ['an unknown key', { ...operator, accessKey: 'OTHER' }],
  ['an old timestamp', { ...operator, time: Date.now() - 3_600_000 }],
  ['a timestamp in seconds', { ...operator, time: Math.floor(Date.now() / 1000) }],
])('%s is refused by the gateway', async (_what, key) => {
  expect(await connect().send('GET', '/v1/clusters', undefined, key)).toEqual(gateway(401, 'Unauthorized'));
});

test('the signature covers the query', async () => {
  const { fetch, origin } = connect();
  const headers = signed('GET', `${origin}/v1/clusters?page=0`, operator);
  expect(await fetch('GET', '/v1/clusters?page=0', { headers })).toMatchObject({ status: 200 });
  expect(await fetch('GET', '/v1/clusters?page=1', { headers })).toMatchObject({ status: 401 });
});

test('behind a port the signature is of the URL that the client saw', async () => {
  const { fetch } = connect();
  const url = 'http://127.0.0.1:4010/samsung/v1/engine-versions?product_image_type=PostgreSQL%20Community';
  const headers = { ...signed('GET', url, operator), 'x-sandbox-url': url };
  expect(
    await fetch('GET', '/v1/engine-versions?product_image_type=PostgreSQL%20Community', { headers }),
  ).toMatchObject({ status: 200 });
});

test('a key that may only read gets a bare 403 for a change', async () => {
  const { send } = connect();
  expect(await send('GET', '/v1/clusters', undefined, viewer)).toMatchObject({ status: 200 });
  expect(await send('POST', '/v1/clusters/x/stop', undefined, viewer)).toEqual({ status: 403, answer: '' });
});

test('a key can expire on purpose', async () => {
  const { send, faults } = connect();
  faults.add({ on: 'GET /v1/clusters', kind: 'expired-token', times: 1 });
  expect(await send('GET', '/v1/clusters')).toMatchObject({ status: 401 });
  expect(await send('GET', '/v1/clusters')).toMatchObject({ status: 200 });
});
